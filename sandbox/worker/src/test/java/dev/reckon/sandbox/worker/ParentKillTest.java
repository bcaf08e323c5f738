package dev.reckon.sandbox.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGKILL to the parent of real workers: all of them go with it, and nothing is left behind. */
@Timeout(500)
class ParentKillTest {
  @TempDir Path directory;

  @ParameterizedTest(name = "while it is {0}")
  @ValueSource(strings = {"opened", "busy"})
  void aKilledParentLeavesNoProcessAndNoFile(String moment) throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    Path scratch = Files.createDirectory(directory.resolve("scratch"));
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary,
                "-Dreckon.root=" + System.getProperty("reckon.root"),
                "-cp",
                System.getProperty("java.class.path"),
                DoomedParent.class.getName(),
                scratch.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = parent.inputReader()) {
      for (String line = lines.readLine(); !moment.equals(line); line = lines.readLine()) {
        assertTrue(line != null, "it ended before it was " + moment);
      }
      List<ProcessHandle> workers = parent.descendants().toList();
      while (workers.isEmpty()) {
        Thread.onSpinWait();
        workers = parent.descendants().toList();
      }
      parent.destroyForcibly();
      for (ProcessHandle worker : workers) {
        while (!isGone(worker)) {
          Thread.sleep(5);
        }
      }
    } finally {
      parent.destroyForcibly();
    }
    assertEquals(List.of(), below(temporary));
    assertEquals(List.of(scratch.resolve("modules.txt")), below(scratch));
  }

  /** Also when nobody has asked yet how it ended: a killed parent's children may have no heir. */
  private static boolean isGone(ProcessHandle process) {
    try {
      String status = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      return status.charAt(status.lastIndexOf(')') + 2) == 'Z';
    } catch (IOException noSuchProcess) {
      return !process.isAlive();
    }
  }

  private static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(path -> !path.equals(folder)).toList();
    }
  }
}
