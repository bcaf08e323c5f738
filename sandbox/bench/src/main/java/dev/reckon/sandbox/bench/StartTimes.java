package dev.reckon.sandbox.bench;

import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.pool.PoolSettings;
import dev.reckon.sandbox.pool.WarmPool;
import dev.reckon.sandbox.pool.WorkerJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** From nothing to the first result, and from a kill to the next. */
final class StartTimes {
  private static final int COLD = 5;
  private static final int SLOW = 2;
  private static final int KILLS = 15;
  private static final double COLD_GOAL_MS = 3000;
  private static final double KILL_GOAL_MS = 50;

  private StartTimes() {}

  static Section measure(BenchSetup workshop) throws Exception {
    Times prepared = new Times();
    for (int i = 0; i < COLD; i++) {
      prepared.add(firstResult(workshop.settings(1)));
    }
    Path home = unpacked(workshop);
    Times unprepared = new Times();
    for (int i = 0; i < SLOW; i++) {
      unprepared.add(firstResult(workshop.unprepared(home)));
    }
    Times afterKill = new Times();
    Times respawn = new Times();
    try (Sandbox pool = workshop.open(workshop.settings(2))) {
      for (int i = 0; i < KILLS; i++) {
        BenchSetup.awaitReady(pool, 2);
        kill(pool);
        long begun = System.nanoTime();
        afterKill.add(BenchSetup.run(pool, "print(1+1)"));
        BenchSetup.awaitReady(pool, 2);
        respawn.add(System.nanoTime() - begun);
      }
    }
    String text =
        """
        ## Starting, and starting again

        | | median | worst |
        |---|---|---|
        | a pool of one worker to its first result, prepared (%d times) | %.1f s | %.1f s |
        | the same with nothing prepared (%d times) | %.1f s | %.1f s |
        | a script right after another one's worker was killed, a spare being ready (%d times) | %.0f ms | %.0f ms |
        | until the killed worker's successor is ready | %.1f s | %.1f s |
        """
            .formatted(
                COLD,
                prepared.median() / 1000,
                prepared.ms(1) / 1000,
                SLOW,
                unprepared.median() / 1000,
                unprepared.ms(1) / 1000,
                KILLS,
                afterKill.median(),
                afterKill.ms(1),
                respawn.median() / 1000,
                respawn.ms(1) / 1000);
    return new Section(
        List.of(
            new Goal(
                "cold start to the first result, prepared",
                "under 3 s",
                "%.1f s".formatted(prepared.median() / 1000),
                prepared.median() < COLD_GOAL_MS),
            new Goal(
                "the next script after a kill",
                "under 50 ms",
                "%.0f ms".formatted(afterKill.median()),
                afterKill.median() < KILL_GOAL_MS)),
        text);
  }

  private static long firstResult(PoolSettings settings) throws Exception {
    long begun = System.nanoTime();
    try (Sandbox pool = WarmPool.open(settings)) {
      var _ = BenchSetup.run(pool, "print(1+1)");
      return System.nanoTime() - begun;
    }
  }

  /** Runs what only a kill ends. */
  private static void kill(Sandbox pool) throws Exception {
    RunResult result =
        pool.submit(
                new Script(
                    "bench",
                    "team",
                    "queue",
                    "sum(range(10**18))",
                    List.of(),
                    Limits.DEFAULT.withWallTime(Duration.ofMillis(300))))
            .get();
    if (!(result instanceof RunResult.TimeLimit)) {
      throw new IOException("an endless script ended as " + result);
    }
  }

  /** The language home as GraalPy's jars hold it, nothing compiled. */
  private static Path unpacked(BenchSetup workshop) throws Exception {
    Path home = Files.createTempDirectory(workshop.root().resolve("sandbox/bench/target"), "home-");
    WorkerJvm jvm = workshop.jvm();
    Process unpacking =
        new ProcessBuilder(
                jvm.home().resolve("bin/java").toString(),
                "-cp",
                jvm.classPath().stream()
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator)),
                "dev.reckon.sandbox.worker.prepare.LanguageHome",
                home.toString(),
                "plain")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (unpacking.waitFor() != 0) {
      throw new IOException("GraalPy's resources could not be unpacked");
    }
    return home;
  }
}
