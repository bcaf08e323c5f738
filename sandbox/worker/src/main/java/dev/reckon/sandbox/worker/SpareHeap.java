package dev.reckon.sandbox.worker;

import java.lang.management.ManagementFactory;

/**
 * Gives back to the system what a large script has made the heap grow to. That collects everything
 * and takes a tenth of a second, so it is done while nothing waits, and only after much growth:
 * what a collection has left is not worth another. Safe for any thread.
 */
final class SpareHeap {
  private static final long MUCH = 48L * 1024 * 1024;

  private long kept = committed();

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
