package dev.reckon.core.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a task on a thread of its own until it is closed. Whatever its body throws, an {@link
 * Error} too, is counted, logged once until it works again, and followed by another try. Safe for
 * use by any number of threads.
 */
public final class SupervisedLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SupervisedLoop.class);
  private static final Duration UNASKED = Duration.ofMillis(200);
  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  /** What is done each time. */
  @FunctionalInterface
  public interface Body {
    /** Does it once, and returns the pause before the next time. */
    Duration run() throws Exception;
  }

  /**
   * When it is done.
   *
   * @param name short and public: it is in the log, in the metrics and in what readiness answers
   * @param first the pause before the first time
   * @param stalledAfter without a success for that long the loop counts as stalled; longer than the
   *     longest pause of the body
   * @param retry the pauses after failures
   */
  public record Schedule(String name, Duration first, Duration stalledAfter, Backoff retry) {}

  private final Schedule schedule;
  private final Body body;
  private final InstantSource clock;
  private final Thread thread;

  // Guarded by this.
  private Instant lastSuccess;
  private long failures;
  private int streak;
  private boolean closed;
  private boolean woken;

  /** A loop that is not started yet. */
  public SupervisedLoop(Schedule schedule, Body body, InstantSource clock) {
    this.schedule = schedule;
    this.body = body;
    this.clock = clock;
    this.lastSuccess = clock.instant();
    this.thread = Thread.ofPlatform().name(schedule.name()).daemon().unstarted(this::run);
  }

  /** Begins; call once. */
  public SupervisedLoop start() {
    synchronized (this) {
      lastSuccess = clock.instant();
    }
    thread.start();
    return this;
  }

  /** There may be something to do: the pause ends now. */
  public synchronized void wake() {
    woken = true;
    notifyAll();
  }

  public String name() {
    return schedule.name();
  }

  /** When the body last ended well; the start, before it did. */
  public synchronized Instant lastSuccess() {
    return lastSuccess;
  }

  /** How long ago the body last ended well. */
  public Duration sinceSuccess() {
    return Duration.between(lastSuccess(), clock.instant());
  }

  /** How often the body failed since the start. */
  public synchronized long failures() {
    return failures;
  }

  /** Whether it has not ended well for too long: it fails each time, hangs, or its thread died. */
  public boolean isStalled() {
    return sinceSuccess().compareTo(schedule.stalledAfter()) > 0;
  }

  private void run() {
    Duration pause = schedule.first();
    while (await(pause)) {
      try {
        pause = body.run();
        succeeded();
      } catch (Throwable fault) { // whatever it is, the next try may work
        pause = failed(fault);
      }
    }
  }

  private void succeeded() {
    int before;
    synchronized (this) {
      lastSuccess = clock.instant();
      before = streak;
      streak = 0;
    }
    if (before > 0) {
      LOG.info("{} works again after {} failures", name(), before);
    }
  }

  private Duration failed(Throwable fault) {
    int before;
    synchronized (this) {
      if (closed) {
        return Duration.ZERO;
      }
      failures++;
      before = streak++;
    }
    if (before == 0) {
      LOG.error("{} failed; it is tried again until it works", name(), fault);
    } else {
      LOG.debug("{} failed again", name(), fault);
    }
    return fault instanceof RetryAfter asking
        ? schedule.retry().after(before, asking.retryAfter())
        : schedule.retry().after(before);
  }

  /** Waits for the next time; false when there is none. */
  private synchronized boolean await(Duration pause) {
    long until = System.nanoTime() + pause.toNanos();
    for (long left = pause.toNanos(); !woken && !closed && left > 0; ) {
      try {
        wait(Math.max(1, left / 1_000_000));
      } catch (InterruptedException e) {
        // Only closing ends it.
      }
      left = until - System.nanoTime();
    }
    woken = false;
    return !closed;
  }

  /** Ends the loop: after what it does now, which is interrupted if it takes longer. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      if (thread.isAlive() && !thread.join(UNASKED)) {
        thread.interrupt();
        thread.join(LONGEST_END);
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
