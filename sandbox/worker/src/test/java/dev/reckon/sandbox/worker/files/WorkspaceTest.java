package dev.reckon.sandbox.worker.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.sandbox.Limits;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
    workspace = new SharedMounts(host.resolve("mounted"), Optional.empty()).workspace();
    workspace.lay(List.of(), Limits.DEFAULT);
  }

  @Test
  void aMountIsReadAndNotWritten() throws IOException {
    Path module = workspace.parsePath(SharedMounts.LANGUAGE_HOME + "/lib/module.py");
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
      Path path = workspace.parsePath(SharedMounts.LANGUAGE_HOME + "/lib/" + name);
      assertThrows(IOException.class, () -> workspace.readAttributes(path, "size"), name);
      assertThrows(
          IOException.class,
          () -> workspace.newByteChannel(path, Set.of(StandardOpenOption.READ)),
          name);
    }
  }

  @Test
  void aTreeIsNotMovedToWhereItWouldBeTooDeep() throws IOException {
    String deep = "a/a/a/a/a/a/a/a/a/a";
    for (String tree : List.of(deep, "b/b/b/b/b/b/b/b/b/b", "c/c")) {
      Path path = workspace.parsePath("");
      for (Path part : Path.of(tree)) {
        path = path.resolve(part.toString());
        workspace.createDirectory(path);
      }
    }
    IOException refused =
        assertThrows(
            IOException.class,
            () -> workspace.move(workspace.parsePath("b"), workspace.parsePath(deep + "/b")));
    assertTrue(String.valueOf(refused.getMessage()).contains("too long"), refused.getMessage());
    workspace.move(workspace.parsePath("c"), workspace.parsePath(deep + "/c"));
    workspace.checkAccess(workspace.parsePath(deep + "/c/c"), Set.of());
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
            workspace.parsePath(SharedMounts.LANGUAGE_HOME), "unix:uid,gid,ino,dev,mode");
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

  @Test
  void whateverIsDoneWithFilesTheQuotaCountsWhatIsThere() throws IOException {
    Random random = new Random(13);
    int done = 0;
    int refused = 0;
    for (int round = 0; round < 10_000; round++) {
      Path one = workspace.parsePath(name(random));
      Path other = workspace.parsePath(name(random));
      try {
        switch (random.nextInt(6)) {
          case 0 -> workspace.createDirectory(one);
          case 1 -> workspace.delete(one);
          case 2 -> workspace.move(one, other, moving(random));
          case 3 -> workspace.copy(one, other, moving(random));
          case 4 -> workspace.setCurrentWorkingDirectory(one);
          default ->
              workspace
                  .newByteChannel(one, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE))
                  .close();
        }
        done++;
      } catch (IOException | IllegalArgumentException e) {
        refused++;
      }
    }
    assertTrue(done > 1000 && refused > 1000, done + " " + refused);
    int fresh = 0;
    while (creates("/tmp/fresh" + fresh)) {
      fresh++;
    }
    assertEquals(
        Limits.DEFAULT.fileCount(), entries(Workspace.HOME) + entries("/tmp"), "files and folders");
  }

  private static String name(Random random) {
    String[] parts = {"..", ".", "a", "b", "c", "/tmp", "/home/sandbox", "/usr/lib/python"};
    StringBuilder name = new StringBuilder(parts[random.nextInt(parts.length)]);
    for (int i = random.nextInt(4); i > 0; i--) {
      name.append('/').append(parts[random.nextInt(5)]);
    }
    return name.toString();
  }

  private static CopyOption[] moving(Random random) {
    return random.nextBoolean()
        ? new CopyOption[] {StandardCopyOption.REPLACE_EXISTING}
        : new CopyOption[0];
  }

  private boolean creates(String name) throws IOException {
    try {
      workspace
          .newByteChannel(
              workspace.parsePath(name),
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))
          .close();
      return true;
    } catch (IOException full) {
      assertTrue(full.toString().contains("No space left"), full.toString());
      return false;
    }
  }

  private long entries(String folder) throws IOException {
    try (var found = Files.walk(workspace.parsePath(folder))) {
      return found.count() - 1;
    }
  }
}
