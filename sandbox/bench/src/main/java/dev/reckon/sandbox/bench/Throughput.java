package dev.reckon.sandbox.bench;

import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.pool.PoolSettings;
import dev.reckon.sandbox.pool.WorkerReuse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs per second while the queue is never empty, refill included, and what reuse costs. */
final class Throughput {
  private static final Duration LONG = Duration.ofSeconds(40);
  private static final Duration SHORT = Duration.ofSeconds(25);
  private static final double GOAL = 20;
  private static final String SMALL = "print(1+1)";

  private Throughput() {}

  static Section measure(BenchSetup workshop) throws Exception {
    double any = perSecond(workshop, workshop.settings(BenchSetup.CORES), LONG, 1);
    double processes = processesPerSecond(workshop);
    double team =
        perSecond(
            workshop, workshop.settings(BenchSetup.CORES).withReuse(WorkerReuse.TEAM), SHORT, 3);
    double never =
        perSecond(
            workshop, workshop.settings(BenchSetup.CORES).withReuse(WorkerReuse.NEVER), SHORT, 1);
    String text =
        """
        ## Many scripts

        `%s`, as many at once as there are workers and some more waiting, %d workers on %d processors, for %d s
        (the others for %d s). A context is made for each run and thrown away after it.

        | | runs per second | per processor |
        |---|---|---|
        | `sandbox.reuse = "any"` | %s |
        | `sandbox.reuse = "team"`, three teams in turns | %s |
        | `sandbox.reuse = "never"`, a process for each run | %s |
        | CPython, %d at once | %s |
        """
            .formatted(
                SMALL,
                BenchSetup.CORES,
                BenchSetup.CORES,
                LONG.toSeconds(),
                SHORT.toSeconds(),
                cells(any),
                cells(team),
                cells(never),
                BenchSetup.CORES,
                cells(processes));
    double perCore = any / BenchSetup.CORES;
    return new Section(
        List.of(
            new Goal(
                "sustained runs per second and processor",
                "20",
                String.format(Locale.ROOT, "%.1f", perCore),
                perCore >= GOAL)),
        text);
  }

  private static String cells(double perSecond) {
    return String.format(Locale.ROOT, "%.1f | %.1f", perSecond, perSecond / BenchSetup.CORES);
  }

  private static double perSecond(
      BenchSetup workshop, PoolSettings settings, Duration time, int teams) throws Exception {
    try (Sandbox pool = workshop.open(settings)) {
      Semaphore room = new Semaphore(3 * settings.workers());
      AtomicInteger lost = new AtomicInteger();
      List<CompletableFuture<?>> all = new ArrayList<>();
      long begun = System.nanoTime();
      while (System.nanoTime() - begun < time.toNanos()) {
        room.acquire();
        String team = "team " + all.size() % teams;
        all.add(
            pool.submit(new Script("bench", team, team, SMALL, List.of(), Limits.DEFAULT))
                .whenComplete(
                    (result, fault) -> {
                      room.release();
                      if (!(result instanceof RunResult.Completed)) {
                        lost.incrementAndGet();
                      }
                    }));
      }
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
      if (lost.get() > 0) {
        throw new IOException(lost + " of " + all.size() + " runs did not complete");
      }
      return all.size() / ((System.nanoTime() - begun) / 1e9);
    }
  }

  private static double processesPerSecond(BenchSetup workshop) throws InterruptedException {
    AtomicInteger runs = new AtomicInteger();
    long begun = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < BenchSetup.CORES; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      while (System.nanoTime() - begun < SHORT.toNanos() / 2) {
                        var _ = workshop.cpython().run(SMALL);
                        runs.incrementAndGet();
                      }
                    } catch (IOException | InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return runs.get() / ((System.nanoTime() - begun) / 1e9);
  }
}
