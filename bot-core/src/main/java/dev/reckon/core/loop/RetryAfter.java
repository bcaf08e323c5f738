package dev.reckon.core.loop;

import java.time.Duration;

/** A failure that states the least pause before the next try. */
public interface RetryAfter {
  /** The pause that is asked for; zero when none is. */
  Duration retryAfter();
}
