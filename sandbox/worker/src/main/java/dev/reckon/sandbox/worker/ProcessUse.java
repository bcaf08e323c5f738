package dev.reckon.sandbox.worker;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;

/** What this process uses of the machine. */
final class ProcessUse {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ProcessUse() {}

  /**
   * CPU time of one thread since it began: a script has no other. What the JVM does besides, such
   * as compiling, is not the script's to pay for.
   */
  static long cpuNanos(Thread thread) {
    return Math.max(0, THREADS.getThreadCpuTime(thread.threadId()));
  }

  /** Heap that was still used after the last collection of each of its parts. */
  static long heapBytes() {
    long bytes = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage use = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
      bytes += use == null ? 0 : use.getUsed();
    }
    return bytes;
  }
}
