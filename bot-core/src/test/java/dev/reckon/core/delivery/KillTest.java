package dev.reckon.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.store.jdbi.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real process, killed in the middle of a turn with SIGKILL, and a second one on the same store.
 */
class KillTest {
  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  private Process start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                MortalService.class.getName(),
                folder.toString())
            .redirectOutput(folder.resolve("out.txt").toFile())
            .redirectErrorStream(true)
            .start();
    started.add(process);
    return process;
  }

  private List<String> steps() throws IOException {
    Path log = folder.resolve("steps");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  private void awaitStep(Process process, String step) throws Exception {
    long until = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (!steps().contains(step)) {
      assertTrue(System.nanoTime() < until, () -> "waited in vain for " + step);
      assertTrue(process.isAlive() || steps().contains(step), "the process ended by itself");
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
  }

  @Test
  void aKilledTurnGoesOnFromItsLastSavedStepAndItsReplyIsSent() throws Exception {
    try (JdbiStore store =
        JdbiStore.open("jdbc:sqlite:" + folder.resolve("reckon.db"), Clock.systemUTC())) {
      store.deliveries().add(Samples.words("1", "a long question"));
      store.deliveries().add(Samples.words("2", "hello"));
    }
    Process process = start();
    awaitStep(process, "executing 1");
    process.destroyForcibly().waitFor();
    assertEquals(137, process.exitValue());
    Files.createFile(folder.resolve("go"));
    awaitStep(start(), "sent Hello.");
    assertEquals(
        List.of(
            "generating 1", "executing 1", "executing 1", "done 1", "sent Because.", "sent Hello."),
        steps().stream().filter(step -> !step.contains("…")).toList());
    try (JdbiStore store =
        JdbiStore.open("jdbc:sqlite:" + folder.resolve("reckon.db"), Clock.systemUTC())) {
      assertEquals(1, store.turns().recent(Samples.TALK, 10).size());
      assertTrue(store.turns().running(Samples.TALK).isEmpty());
      assertTrue(store.deliveries().next(Samples.TALK).isEmpty());
    }
  }
}
