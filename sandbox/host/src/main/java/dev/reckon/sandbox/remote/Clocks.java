package dev.reckon.sandbox.remote;

import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Timers that close connections; what they run never blocks. */
final class Clocks {
  private Clocks() {}

  static ScheduledThreadPoolExecutor daemon(String name) {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
    clock.setRemoveOnCancelPolicy(true);
    clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return clock;
  }
}
