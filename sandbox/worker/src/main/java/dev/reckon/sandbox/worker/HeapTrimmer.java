package dev.reckon.sandbox.worker;

import java.lang.management.ManagementFactory;

/**
 * Gives back to the system what scripts have made the heap grow to. Left alone, the JVM collects
 * everything only when the heap cannot grow any more. That takes a tenth of a second or two, so it
 * is done between scripts, and only after much growth: of ordinary scripts a few in a thousand are
 * followed by it. Safe for any thread.
 */
final class HeapTrimmer {
  private static final long MUCH = 16L * 1024 * 1024;

  private long kept = committed();

  /** To be called when nothing is left of a script. */
  synchronized void giveBack() {
    if (committed() > kept + MUCH) {
      System.gc();
      kept = committed();
    }
  }

  private static long committed() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
  }
}
