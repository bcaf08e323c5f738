package dev.reckon.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition; the time only bounds how long a failing test takes. */
public final class Until {
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private Until() {}

  /**
   * Returns once the condition holds, which is checked every 5 ms.
   *
   * @param what names the condition in the failure
   * @throws AssertionError if it does not hold within two minutes
   */
  public static void holds(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + LONGEST.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}
