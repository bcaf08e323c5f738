package dev.reckon.core.loop;

import java.time.Duration;

/**
 * How long to wait before the next try.
 *
 * @param first after the first failure; doubled with each further one
 * @param longest never more
 * @param giveUpAfter how old a reply may be and still be tried
 */
public record Backoff(Duration first, Duration longest, Duration giveUpAfter) {
  /** A second, doubling up to five minutes, for a day. */
  public static final Backoff DEFAULT =
      new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofDays(1));

  /** Half a second, doubling up to half a minute: for calls that a person or a start waits for. */
  public static final Backoff IMPATIENT =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofDays(1));

  /** The pause after that many failures before this one. */
  public Duration after(int failures) {
    Duration pause = first.multipliedBy(1L << Math.min(failures, 20));
    return pause.compareTo(longest) > 0 ? longest : pause;
  }

  /** The same, or the pause that the platform asks for where that is longer. */
  public Duration after(int failures, Duration asked) {
    Duration pause = after(failures);
    return pause.compareTo(asked) > 0 ? pause : asked;
  }
}
