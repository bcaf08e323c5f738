package dev.reckon.core.store;

import java.time.Duration;

/**
 * What waits at one moment.
 *
 * @param deliveries that arrived and are not handled, those of running turns included
 * @param oldestDelivery how long the oldest of them has waited; zero when none waits
 * @param replies that are to be sent
 * @param oldestReply how long the oldest of them has waited; zero when none waits
 */
public record Backlog(int deliveries, Duration oldestDelivery, int replies, Duration oldestReply) {
  public static final Backlog NONE = new Backlog(0, Duration.ZERO, 0, Duration.ZERO);
}
