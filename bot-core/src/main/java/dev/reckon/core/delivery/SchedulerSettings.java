package dev.reckon.core.delivery;

import java.time.Duration;

/**
 * How conversations are worked off.
 *
 * @param atOnce conversations side by side
 * @param poll how often the database is asked for work that nobody announced
 * @param heartbeat how often work in progress says that it lives; after four that are missed it is
 *     taken up by whoever looks
 * @param sweep how often deliveries are looked for that were kept and never scheduled
 * @param grace how long closing waits for running turns before they are left as they were saved
 */
public record SchedulerSettings(
    int atOnce, Duration poll, Duration heartbeat, Duration sweep, Duration grace) {
  /** Sixteen, half a second, three seconds, five seconds, a minute. */
  public static final SchedulerSettings DEFAULT =
      new SchedulerSettings(
          16,
          Duration.ofMillis(500),
          Duration.ofSeconds(3),
          Duration.ofSeconds(5),
          Duration.ofMinutes(1));
}
