package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.process.Spawner;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The lock that guards all of a pool's state, and timers that run under it. */
final class PoolLock implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("reckon-pool-clock").factory());

  /**
   * Its thread starts here: one that a confined thread started would be confined with it, so this
   * comes before a {@link Spawner}.
   */
  PoolLock() {
    clock.setRemoveOnCancelPolicy(true);
    clock.prestartAllCoreThreads();
  }

  void run(Runnable task) {
    lock.lock();
    try {
      task.run();
    } finally {
      lock.unlock();
    }
  }

  <T> T ask(Supplier<T> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }

  /** Runs a task under the lock, later. */
  ScheduledFuture<?> after(Duration delay, Runnable task) {
    return clock.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Runs tasks on the clock's thread, without the lock. */
  Executor thread() {
    return clock;
  }

  /** What waits is dropped. */
  @Override
  public void close() {
    clock.shutdownNow();
  }
}
