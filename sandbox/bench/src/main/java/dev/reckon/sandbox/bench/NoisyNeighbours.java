package dev.reckon.sandbox.bench;

import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Six honest scripts, alone and beside an endless loop and a memory bomb. */
final class NoisyNeighbours {
  private static final String HONEST =
      "counts = {}\nfor i in range(60_000):\n    k = i % 97\n    counts[k] = counts.get(k, 0) + i\n"
          + "print(sum(counts.values()))";
  private static final String LOOP = "while True: pass";
  private static final String BOMB = "x = []\nwhile True: x.append(bytearray(10**6))";
  private static final int ROUNDS = 4;

  private NoisyNeighbours() {}

  static Section measure(BenchSetup workshop) throws Exception {
    Times alone = new Times();
    Times beside = new Times();
    int lost = 0;
    try (Sandbox pool = workshop.open(workshop.settings(8))) {
      for (int i = 0; i < ROUNDS; i++) {
        BenchSetup.awaitReady(pool, 8);
        lost += six(pool, alone);
        BenchSetup.awaitReady(pool, 8);
        CompletableFuture<RunResult> loop = pool.submit(hostile(LOOP));
        CompletableFuture<RunResult> bomb = pool.submit(hostile(BOMB));
        lost += six(pool, beside);
        loop.get();
        bomb.get();
      }
    }
    double slower = beside.median() / alone.median();
    String text =
        """
        ## Neighbours

        Six honest scripts at once on eight workers, alone and beside an endless loop and a memory bomb (3 s each),
        %d rounds on %d processors: the bad two take their share of the processors until their time is over, and
        nothing more.

        | milliseconds until a script was done | p50 | p95 | p99 |
        |---|---|---|---|
        | six alone | %s |
        | beside the two | %s |

        Honest scripts lost: %d of %d.
        """
            .formatted(
                ROUNDS, BenchSetup.CORES, alone.cells(), beside.cells(), lost, 2 * 6 * ROUNDS);
    return new Section(
        List.of(
            new Goal(
                "six scripts beside a loop and a bomb",
                "none lost, at most 2.5 times as long",
                lost + " lost, " + Ratio.shown(slower) + " as long",
                lost == 0 && slower <= 2.5)),
        text);
  }

  private static Script hostile(String code) {
    return new Script(
        "bench",
        "team",
        "hostile",
        code,
        List.of(),
        Limits.DEFAULT.withWallTime(Duration.ofSeconds(3)));
  }

  /** Runs six honest scripts at once; returns how many did not complete. */
  private static int six(Sandbox pool, Times times) {
    long begun = System.nanoTime();
    List<CompletableFuture<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      all.add(
          pool.submit(BenchSetup.script(HONEST))
              .thenApply(
                  result -> {
                    synchronized (times) {
                      times.add(System.nanoTime() - begun);
                    }
                    return result instanceof RunResult.Completed;
                  }));
    }
    return (int) all.stream().filter(done -> !done.join()).count();
  }
}
