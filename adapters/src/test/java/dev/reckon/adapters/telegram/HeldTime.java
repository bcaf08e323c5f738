package dev.reckon.adapters.telegram;

import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Nanoseconds that can be held, so that a pause ends when a test says so and not when a busy
 * machine has taken its time.
 */
final class HeldTime implements LongSupplier {
  private final Set<Thread> asked = new HashSet<>();
  private int awaited;
  private long held;

  /** Holds the time until {@link #release()}. */
  void hold() {
    holdUntilAskedBy(Integer.MAX_VALUE);
  }

  /** Holds the time until that many threads have asked for it. */
  synchronized void holdUntilAskedBy(int threads) {
    asked.clear();
    awaited = threads;
    held = System.nanoTime();
  }

  synchronized void release() {
    awaited = 0;
  }

  @Override
  public synchronized long getAsLong() {
    asked.add(Thread.currentThread());
    return asked.size() < awaited ? held : System.nanoTime();
  }
}
