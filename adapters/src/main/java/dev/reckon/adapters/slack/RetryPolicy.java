package dev.reckon.adapters.slack;

import dev.reckon.core.surface.Backoff;
import dev.reckon.core.surface.DeliveryException;

/**
 * Asks again where the core asks only once: for what a turn needs before it begins. Waits as long
 * as Slack wants it to, within reason; what is refused is refused at once.
 */
final class RetryPolicy {
  private static final int ATTEMPTS = 4;

  private RetryPolicy() {}

  /**
   * Carries it out.
   *
   * @throws SlackFailure the last one, when all attempts met a passing failure; any other at once
   */
  static <T> T of(Question<T> question)
      throws SlackFailure, DeliveryException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return question.ask();
      } catch (SlackFailure e) {
        DeliveryException meaning = e.meaning();
        boolean passes =
            switch (meaning.kind()) {
              case RATE_LIMITED, TRANSIENT ->
                  meaning.retryAfter().compareTo(Backoff.IMPATIENT.longest()) <= 0;
              default -> false;
            };
        if (attempt == ATTEMPTS || !passes) {
          throw e;
        }
        Thread.sleep(Backoff.IMPATIENT.after(attempt - 1, meaning.retryAfter()));
      }
    }
  }

  /** What is asked of Slack. */
  @FunctionalInterface
  interface Question<T> {
    T ask() throws SlackFailure, DeliveryException;
  }
}
