package dev.reckon.sandbox.bench;

import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** What processes hold in memory when they are ready, and after ten thousand runs. */
final class Memory {
  private static final int RUNS = 10_000;
  private static final int PARTS = 5;
  private static final String LARGE = "x = [i for i in range(2_500_000)]\nprint(len(x))";
  private static final long GOAL_MIB = 350;
  private static final double FLAT = 1.15;

  private Memory() {}

  static Section measure(BenchSetup workshop) throws Exception {
    StringBuilder text = new StringBuilder("## Memory\n\n");
    text.append(
        """
        Resident, as the kernel counts it, with a heap of 256 MiB a worker and workers replaced after %d runs. The
        parent is the measuring JVM with the pool in it. Figures are taken in the middle of the work; the last line is
        that of a pool whose workers have each just run scripts that fill half of the heap, two seconds later. Beside
        them is the most that one of those workers ever held, for the moment in which the JVM compiled its largest
        methods (some 90 MiB, returned within two seconds) or a large script ran.

        | runs | largest worker, MiB | the most of one, at any moment | all workers | parent |
        |---|---|---|---|---|
        """
            .formatted(workshop.settings(1).maxRuns()));
    long most = 0;
    long parentFirst = 0;
    long parentLast = 0;
    try (Sandbox pool = workshop.open(workshop.settings(BenchSetup.CORES))) {
      for (int part = 0; part <= PARTS; part++) {
        if (part > 0) {
          work(pool, RUNS / PARTS);
          BenchSetup.say("  " + part * RUNS / PARTS + " runs");
        }
        List<Long> workers = workers();
        long largest = workers.stream().mapToLong(mib -> mib).max().orElse(0);
        System.gc();
        long parent = BenchSetup.residentMib(ProcessHandle.current().pid());
        most = Math.max(most, largest);
        parentFirst = part == 1 ? parent : parentFirst;
        parentLast = parent;
        text.append(
            "| %d | %d | %d | %d | %d |\n"
                .formatted(
                    part * RUNS / PARTS,
                    largest,
                    highest(),
                    workers.stream().mapToLong(mib -> mib).sum(),
                    parent));
      }
      for (int i = 0; i < 4 * BenchSetup.CORES; i++) {
        BenchSetup.awaitReady(pool, 1);
        var _ = BenchSetup.run(pool, LARGE);
      }
      Thread.sleep(2_000);
      List<Long> rested = workers();
      text.append(
          "| large ones, then rest | %d | %d | %d | %d |\n"
              .formatted(
                  rested.stream().mapToLong(mib -> mib).max().orElse(0),
                  highest(),
                  rested.stream().mapToLong(mib -> mib).sum(),
                  BenchSetup.residentMib(ProcessHandle.current().pid())));
    }
    boolean flat = parentLast <= parentFirst * FLAT;
    return new Section(
        List.of(
            new Goal("a worker's memory, at most", "350 MiB", most + " MiB", most <= GOAL_MIB),
            new Goal(
                "the parent's after " + RUNS + " runs, against 2000",
                "flat",
                "%d MiB, %d MiB".formatted(parentLast, parentFirst),
                flat)),
        text.toString());
  }

  private static List<Long> workers() throws IOException {
    List<Long> resident = new ArrayList<>();
    for (ProcessHandle child : ProcessHandle.current().children().toList()) {
      resident.add(BenchSetup.residentMib(child.pid()));
    }
    return resident;
  }

  private static long highest() throws IOException {
    long most = 0;
    for (ProcessHandle child : ProcessHandle.current().children().toList()) {
      most = Math.max(most, BenchSetup.highestMib(child.pid()));
    }
    return most;
  }

  private static void work(Sandbox pool, int runs) throws InterruptedException, IOException {
    Semaphore room = new Semaphore(2 * BenchSetup.CORES);
    AtomicInteger failed = new AtomicInteger();
    for (int i = 0; i < runs; i++) {
      room.acquire();
      var _ =
          pool.submit(
                  BenchSetup.script(
                      "import csv, io\nx = [i * i for i in range(2000)]\nprint(sum(x))"))
              .whenComplete(
                  (result, fault) -> {
                    room.release();
                    if (!(result instanceof RunResult.Completed)) {
                      failed.incrementAndGet();
                    }
                  });
    }
    room.acquire(2 * BenchSetup.CORES);
    if (failed.get() > 0) {
      throw new IOException(failed + " runs of " + runs + " did not complete");
    }
  }
}
