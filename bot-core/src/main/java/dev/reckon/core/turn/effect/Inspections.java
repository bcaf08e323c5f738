package dev.reckon.core.turn.effect;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.reckon.core.loop.WaitListener;
import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.Sandbox;

/**
 * What the sandbox says about sources. A saved computation runs the same source again and again,
 * and reading one takes a worker as long as running it, so what was read is kept. Safe for use by
 * any number of threads.
 */
final class Inspections {
  /** Of all sources that are kept together. */
  private static final long MOST_CHARACTERS = 4L << 20;

  private static final int FIXED_WEIGHT = 1_000;

  private final Sandbox sandbox;
  private final Cache<String, Inspection.Read> known =
      Caffeine.newBuilder()
          .maximumWeight(MOST_CHARACTERS)
          .weigher((String source, Inspection.Read read) -> FIXED_WEIGHT + source.length())
          .build();

  Inspections(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /** Reads a source, unless it was read before. That one could not be read is not kept. */
  Inspection of(String source, WaitListener waits) throws InterruptedException {
    Inspection.Read before = known.getIfPresent(source);
    if (before != null) {
      return before;
    }
    Inspection inspection = SandboxWait.await(sandbox.inspect(source), waits);
    if (inspection instanceof Inspection.Read read) {
      known.put(source, read);
    }
    return inspection;
  }
}
