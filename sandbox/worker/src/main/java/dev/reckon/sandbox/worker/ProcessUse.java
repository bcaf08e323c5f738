package dev.reckon.sandbox.worker;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;

/** What this process uses of the machine. */
final class ProcessUse {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private ProcessUse() {}

  /** CPU time of all threads since the process began. */
  static long cpuNanos() {
    return SYSTEM.getProcessCpuTime();
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
