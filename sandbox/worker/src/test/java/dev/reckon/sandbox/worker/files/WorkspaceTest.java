package dev.reckon.sandbox.worker.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.sandbox.Limits;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workspace by itself, without a worker: nothing leads out of it. */
class WorkspaceTest {
  @TempDir Path host;
  private Workspace workspace;

  @BeforeEach
  void layHostFiles() throws IOException {
    Path mounted = Files.createDirectories(host.resolve("mounted/lib"));
    Files.writeString(mounted.resolve("module.py"), "x = 1\n");
    Files.writeString(host.resolve("secret.txt"), "secret");
    Files.createSymbolicLink(mounted.resolve("out.py"), host.resolve("secret.txt"));
    Files.createSymbolicLink(mounted.resolve("up"), host);
    workspace = new Trees(host.resolve("mounted"), Optional.empty()).workspace();
    workspace.lay(List.of(), Limits.DEFAULT);
  }

  @Test
  void aMountIsReadAndNotWritten() throws IOException {
    Path module = workspace.parsePath(Trees.LANGUAGE_HOME + "/lib/module.py");
    try (SeekableByteChannel channel =
        workspace.newByteChannel(module, Set.of(StandardOpenOption.READ))) {
      assertEquals(6, channel.size());
    }
    assertThrows(
        IOException.class,
        () -> workspace.newByteChannel(module, Set.of(StandardOpenOption.WRITE)));
    assertThrows(IOException.class, () -> workspace.delete(module));
    assertThrows(IOException.class, () -> workspace.move(module, workspace.parsePath("/tmp/x")));
    assertEquals("x = 1\n", Files.readString(host.resolve("mounted/lib/module.py")));
  }

  @Test
  void symbolicLinksOfTheHostThatLeadOutAreNotThere() {
    for (String name :
        List.of("out.py", "up", "up/secret.txt", "up/mounted/lib/module.py/../../x")) {
      Path path = workspace.parsePath(Trees.LANGUAGE_HOME + "/lib/" + name);
      assertThrows(IOException.class, () -> workspace.readAttributes(path, "size"), name);
      assertThrows(
          IOException.class,
          () -> workspace.newByteChannel(path, Set.of(StandardOpenOption.READ)),
          name);
    }
  }

  @Test
  void thereAreNoLinks() {
    Path link = workspace.parsePath("link");
    assertThrows(
        IOException.class,
        () -> workspace.createSymbolicLink(link, workspace.parsePath("/etc/passwd")));
    assertThrows(
        IOException.class, () -> workspace.createLink(link, workspace.parsePath("/etc/passwd")));
  }

  @Test
  void attributesShowNothingOfTheHost() throws IOException {
    Map<String, Object> found =
        workspace.readAttributes(
            workspace.parsePath(Trees.LANGUAGE_HOME), "unix:uid,gid,ino,dev,mode");
    assertEquals(1000, found.get("uid"));
    assertEquals(1L, found.get("dev"));
  }

  @Test
  void randomPathsNeverReachTheHost() throws IOException {
    Random random = new Random(7);
    String[] parts = {
      "..",
      ".",
      "",
      "/",
      "home",
      "sandbox",
      "tmp",
      "usr",
      "lib",
      "python",
      "up",
      "out.py",
      "secret.txt",
      "etc",
      "passwd",
      "proc",
      "self",
      "environ",
      "a",
      "\u202e",
      "%2e%2e",
      "\\",
      "~",
      "C:",
      "\0"
    };
    int opened = 0;
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      StringBuilder name = new StringBuilder(random.nextBoolean() ? "/" : "");
      for (int i = random.nextInt(8); i >= 0; i--) {
        name.append(parts[random.nextInt(parts.length)]).append(random.nextInt(4) == 0 ? "" : "/");
      }
      try {
        Path path = workspace.parsePath(name.toString());
        workspace.toRealPath(path);
        opened++;
        Path absolute = workspace.toAbsolutePath(path).normalize();
        assertFalse(absolute.startsWith(host.toString()), name::toString);
        if (Boolean.TRUE.equals(
            workspace.readAttributes(path, "isRegularFile").get("isRegularFile"))) {
          try (SeekableByteChannel channel =
              workspace.newByteChannel(path, Set.of(StandardOpenOption.READ))) {
            // The secret is six bytes; the only host file that may be read is the module.
            assertTrue(absolute.endsWith("module.py"), absolute.toString());
            assertEquals(6, channel.size());
          }
        }
      } catch (IOException | InvalidPathException e) {
        refused++;
        String message = e.getMessage() == null ? "" : e.getMessage();
        assertFalse(message.contains(host.toString()), message);
      }
      try {
        workspace.createDirectory(workspace.parsePath(name.toString()));
      } catch (IOException | InvalidPathException e) {
        refused++;
      }
    }
    assertTrue(opened > 500 && refused > 500, opened + " " + refused);
    assertEquals("secret", Files.readString(host.resolve("secret.txt")));
    try (var names = Files.list(host)) {
      assertEquals(2, names.count());
    }
  }
}
