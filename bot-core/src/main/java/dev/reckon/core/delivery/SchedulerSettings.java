package dev.reckon.core.delivery;

import dev.reckon.core.loop.Backoff;
import java.time.Duration;

/**
 * How conversations are worked off.
 *
 * @param atOnce conversations side by side
 * @param mostOpen deliveries that may wait or be worked on before further requests are refused
 * @param sweep how often the store is asked for deliveries that can be processed and that nothing
 *     announced
 * @param retry pauses between the tries of a stage that failed
 * @param mostTries of one stage, before the delivery is given up
 * @param grace how long closing waits for running turns before they are left as they were saved
 * @param lease how long a process may be silent before other replicas take over its work
 */
public record SchedulerSettings(
    int atOnce,
    int mostOpen,
    Duration sweep,
    Backoff retry,
    int mostTries,
    Duration grace,
    Duration lease) {
  /**
   * A thousand conversations, ten thousand deliveries, a look every two seconds, six tries within a
   * minute, a minute for closing, six seconds of silence.
   */
  public static final SchedulerSettings DEFAULT =
      new SchedulerSettings(
          1_000,
          10_000,
          Duration.ofSeconds(2),
          new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofDays(1)),
          6,
          Duration.ofMinutes(1),
          Duration.ofSeconds(6));
}
