package dev.reckon.core.turn.effect;

import dev.reckon.core.loop.WaitListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Measures how long something is worked on, without the time that it waits for what is busy. One
 * thread awaits its end; any number of others report.
 */
final class Stopwatch implements WaitListener {
  /** A wait that is over sooner is not mentioned. */
  private static final Duration REPORTED_AFTER = Duration.ofSeconds(1);

  /** As {@link Object#wait(long)} takes it. */
  private static final long UNTIL_NOTIFIED = 0;

  /** Why {@link #await} returned. */
  enum Event {
    /** The work has ended. */
    FINISHED,
    /** It has worked as long as it may. */
    OUT_OF_TIME,
    /** It has begun to wait, or continues after a wait that was reported. */
    CHANGED
  }

  private final InstantSource clock;
  private final Instant begun;
  private Duration waited = Duration.ZERO;
  private boolean waiting;
  private boolean reported;
  private Instant waitingSince;
  private String reason = "";
  private boolean finished;

  Stopwatch(InstantSource clock) {
    this.clock = clock;
    this.begun = clock.instant();
    this.waitingSince = begun;
  }

  @Override
  public synchronized void waiting(String what, int ahead) {
    if (!waiting) {
      waiting = true;
      waitingSince = clock.instant();
    }
    reason =
        switch (ahead) {
          case UNKNOWN -> what;
          case 0 -> what + ", next in line";
          default -> "%s, %,d ahead".formatted(what, ahead);
        };
    notifyAll();
  }

  @Override
  public synchronized void working() {
    if (waiting) {
      waited = waited.plus(Duration.between(waitingSince, clock.instant()));
      waiting = false;
      notifyAll();
    }
  }

  /** The work has ended. */
  synchronized void finished() {
    finished = true;
    notifyAll();
  }

  /** The time worked until now. */
  synchronized Duration worked() {
    Instant now = clock.instant();
    Duration all = Duration.between(begun, now).minus(waited);
    return waiting ? all.minus(Duration.between(waitingSince, now)) : all;
  }

  /** What it waits for at this moment, in words; empty while it is worked on. */
  synchronized String waitsFor() {
    return waiting ? reason : "";
  }

  /** Blocks until something is to be done about it. */
  synchronized Event await(Duration limit) throws InterruptedException {
    while (!finished) {
      if (waiting == reported) {
        long left = limit.minus(worked()).toMillis();
        if (!waiting && left <= 0) {
          return Event.OUT_OF_TIME;
        }
        wait(waiting ? UNTIL_NOTIFIED : Math.max(1, left));
      } else if (reported || waitedFor(REPORTED_AFTER)) {
        reported = waiting;
        return Event.CHANGED;
      } else {
        wait(REPORTED_AFTER.toMillis());
      }
    }
    return Event.FINISHED;
  }

  private boolean waitedFor(Duration time) {
    return Duration.between(waitingSince, clock.instant()).compareTo(time) >= 0;
  }
}
