package dev.reckon.sandbox.pool;

import java.time.Duration;

/**
 * Decides when the next worker may start: one at a time on a small machine, with pauses that double
 * while starts fail. Guarded by the pool's lock.
 */
final class StartThrottle {
  /** After this many failures in a row scripts are refused instead of waiting. */
  private static final int BROKEN_AFTER = 3;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final int atOnce = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  private int spawning;
  private int failures;
  private String lastFailure = "";
  private long notBeforeNanos = System.nanoTime();

  /** How long to wait before the next start; zero when it may be now. */
  Duration pause() {
    return Duration.ofNanos(Math.max(0, notBeforeNanos - System.nanoTime()));
  }

  boolean room(int starting) {
    return starting + spawning < atOnce;
  }

  int spawning() {
    return spawning;
  }

  void began() {
    spawning++;
  }

  /** The process has started, or could not be started. */
  void spawned() {
    spawning--;
  }

  void succeeded() {
    failures = 0;
    lastFailure = "";
  }

  void failed(String reason) {
    failures++;
    lastFailure = reason;
    long pause = FIRST_PAUSE.toMillis() << Math.min(failures - 1, 10);
    notBeforeNanos =
        System.nanoTime() + Duration.ofMillis(Math.min(pause, LONGEST_PAUSE.toMillis())).toNanos();
  }

  /** Delays the next start. */
  void rest(Duration pause) {
    notBeforeNanos = Math.max(notBeforeNanos, System.nanoTime() + pause.toNanos());
  }

  boolean broken() {
    return failures >= BROKEN_AFTER;
  }

  String reason() {
    return "the sandbox's worker does not start: " + lastFailure;
  }
}
