package dev.reckon.sandbox.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.cpython.ForkServer;
import dev.reckon.sandbox.cpython.PythonInstallation;
import dev.reckon.sandbox.pool.PoolSettings;
import dev.reckon.sandbox.pool.WarmPool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A virtual environment as {@code sandbox.python}. */
@Timeout(500)
class VirtualEnvironmentTest {
  private static final long PATIENCE_SECONDS = 400;
  private static final Path VAR_TMP = Path.of("/var/tmp");

  private static Path made(Path folder) throws Exception {
    PythonInstallation system = PythonInstallation.find().orElse(null);
    assumeTrue(system != null, "no Python with packages; install python3-pandas");
    Path environment = folder.resolve("venv");
    Process process =
        new ProcessBuilder(
                system.path().toString(),
                "-m",
                "venv",
                "--system-site-packages",
                "--without-pip",
                environment.toString())
            .inheritIO()
            .start();
    assumeTrue(process.waitFor() == 0, "no virtual environment could be made");
    return environment.resolve("bin/python");
  }

  @Test
  void itsOwnModulesAndThoseBelowItAreThere() throws Exception {
    assumeTrue(Files.isWritable(VAR_TMP), "a folder outside of /tmp is needed");
    Path folder = Files.createTempDirectory(VAR_TMP, "reckon-venv");
    try {
      itsOwnModulesAreThere(folder);
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  private static void itsOwnModulesAreThere(Path folder) throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path python = made(folder);
    PythonInstallation found = PythonInstallation.at(python).orElseThrow();
    assertTrue(found.isUseful(), found.toString());
    String site = "lib/python" + found.version().replaceAll("\\.\\d+$", "") + "/site-packages";
    Files.writeString(folder.resolve("venv").resolve(site).resolve("inhere.py"), "WORD = 'own'\n");
    try (WarmPool pool = WarmPool.open(PoolSettings.of(ForkServer.of(python)).withWorkers(1))) {
      RunResult result =
          pool.submit(script("import inhere, numpy\nprint(inhere.WORD, numpy.arange(3).sum())"))
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertEquals("own 3\n", result.produced().stdout(), result::toString);
    }
  }

  @Test
  void oneThatProgramsCannotReadSaysWhichFolderAndWhatToDo(@TempDir Path folder) throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "programs are this user's");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    String words = refusal(made(folder));
    assertTrue(words.contains(folder.toString()), words);
    assertTrue(words.contains("allow others to read it, or move it"), words);
  }

  @Test
  void oneBelowTheFolderForTemporaryFilesIsRefusedInWords(@TempDir Path folder) throws Exception {
    assumeTrue(folder.startsWith("/tmp"), "temporary files are elsewhere");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    String words = refusal(made(folder));
    assumeTrue(!words.isEmpty(), "without namespaces nothing is covered");
    assertTrue(words.contains("programs have a /tmp of their own"), words);
  }

  /** Why no worker starts on it; empty when one does. */
  private static String refusal(Path python) throws Exception {
    try (WarmPool pool = WarmPool.open(PoolSettings.of(ForkServer.of(python)).withWorkers(1))) {
      pool.environment().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return "";
    } catch (ExecutionException refused) {
      return String.valueOf(refused.getCause());
    }
  }

  private static Script script(String source) {
    return new Script("id", "tenant", "queue", source, List.of(), Limits.DEFAULT);
  }
}
