package dev.reckon.core.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a task on a thread of its own until it is closed. Whatever its body throws, an {@link
 * Error} too, is counted, logged once until it works again, and followed by another try. A body
 * that hangs is ended by whoever calls {@link #restartIfStuck} from time to time. Safe for use by
 * any number of threads.
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

  /** What is done each time, if the pauses between the times do not depend on it. */
  @FunctionalInterface
  public interface Task {
    /** Does it once. */
    void run() throws Exception;
  }

  /**
   * When it is done.
   *
   * @param name short and public: it is in the log, in the metrics and in what readiness answers
   * @param first the pause before the first time
   * @param stalledAfter without a success for that long the loop counts as stalled, and a body that
   *     runs for that long as stuck; longer than the longest pause of the body
   * @param retry the pauses after failures
   */
  public record Schedule(String name, Duration first, Duration stalledAfter, Backoff retry) {}

  private final Schedule schedule;
  private final Body body;
  private final InstantSource clock;

  // Guarded by this.
  private Thread thread;
  private Instant lastSuccess;

  /** When the body began; null while the loop waits for the next time. */
  private @Nullable Instant begun;

  private boolean started;
  private boolean interrupted;
  private long failures;
  private long restarts;
  private int streak;

  /** Its restarts when it last ended well. */
  private long restartsAtSuccess;

  private boolean closed;
  private boolean woken;

  /** A loop that is not started yet. */
  public SupervisedLoop(Schedule schedule, Body body, InstantSource clock) {
    this.schedule = schedule;
    this.body = body;
    this.clock = clock;
    this.lastSuccess = clock.instant();
    this.thread = thread(schedule.first());
  }

  /** A loop, not started yet, that makes the same pause after each success of its task. */
  public static SupervisedLoop every(
      Duration pause, Schedule schedule, Task task, InstantSource clock) {
    return new SupervisedLoop(
        schedule,
        () -> {
          task.run();
          return pause;
        },
        clock);
  }

  private Thread thread(Duration first) {
    return Thread.ofPlatform().name(schedule.name()).daemon().unstarted(() -> run(first));
  }

  /** Begins; call once. */
  public synchronized SupervisedLoop start() {
    lastSuccess = clock.instant();
    started = true;
    thread.start();
    return this;
  }

  /**
   * Restarts the loop if its body has run for too long or its thread has died. The thread is
   * interrupted first. If that has no effect for as long again, another thread takes its place, and
   * the old one does nothing more when its body comes back. A body that only fails is left alone:
   * it is tried again anyway. Logged once until the loop works again.
   */
  public void restartIfStuck() {
    boolean first;
    synchronized (this) {
      if (!hangs()) {
        return;
      }
      if (thread.isAlive() && !interrupted) {
        interrupted = true;
        begun = clock.instant();
        thread.interrupt();
      } else {
        thread = thread(Duration.ZERO);
        begun = null;
        interrupted = false;
        thread.start();
      }
      first = restarts == restartsAtSuccess;
      restarts++;
    }
    if (first) {
      LOG.error("{} has hung for {} s and is restarted", name(), sinceSuccess().toSeconds());
    } else {
      LOG.debug("{} still hangs and is restarted", name());
    }
  }

  /** Whether {@link #restartIfStuck} would restart it. */
  public synchronized boolean hangs() {
    return started && !closed && (!thread.isAlive() || isStuck());
  }

  // Called under the lock.
  private boolean isStuck() {
    return begun != null
        && Duration.between(begun, clock.instant()).compareTo(schedule.stalledAfter()) > 0;
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

  /** How often it was restarted since the start because its body hung or its thread died. */
  public synchronized long restarts() {
    return restarts;
  }

  /** Whether it has not ended well for too long: it fails each time, hangs, or its thread died. */
  public boolean isStalled() {
    return sinceSuccess().compareTo(schedule.stalledAfter()) > 0;
  }

  private void run(Duration first) {
    Duration pause = first;
    while (await(pause)) {
      try {
        pause = body.run();
        succeeded();
      } catch (Throwable fault) { // whatever it is, the next try may work
        pause = failed(fault);
      }
    }
  }

  // Called under the lock. Another thread has taken its place when this one was stuck.
  private boolean isReplaced() {
    return thread != Thread.currentThread();
  }

  private void succeeded() {
    int before;
    synchronized (this) {
      if (isReplaced()) {
        return;
      }
      begun = null;
      restartsAtSuccess = restarts;
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
      if (closed || isReplaced()) {
        return Duration.ZERO;
      }
      begun = null;
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
    for (long left = pause.toNanos(); !woken && !closed && !isReplaced() && left > 0; ) {
      try {
        wait(Math.max(1, left / 1_000_000));
      } catch (InterruptedException e) {
        // Only closing ends it.
      }
      left = until - System.nanoTime();
    }
    if (closed || isReplaced()) {
      return false;
    }
    woken = false;
    interrupted = false;
    Thread.interrupted(); // it was meant for the body that has come back
    begun = clock.instant();
    return true;
  }

  /** Ends the loop: after what it does now, which is interrupted if it takes longer. */
  @Override
  public void close() {
    Thread last;
    synchronized (this) {
      closed = true;
      notifyAll();
      last = thread;
    }
    try {
      if (last.isAlive() && !last.join(UNASKED)) {
        last.interrupt();
        last.join(LONGEST_END);
      }
    } catch (InterruptedException e) {
      last.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
