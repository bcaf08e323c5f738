package dev.reckon.adapters.telegram;

import java.time.Duration;

/**
 * How many messages Telegram takes. The figures of {@link #TELEGRAM} are those of the Bot API's FAQ
 * ("My bot is hitting limits"): one a second in a chat, twenty a minute in a group, thirty a second
 * in all.
 *
 * @param perChat the shortest time between two in one chat
 * @param perGroupAndMinute the most in one group in any minute
 * @param overall the shortest time between any two
 */
record TelegramRateLimits(Duration perChat, int perGroupAndMinute, Duration overall) {
  static final TelegramRateLimits TELEGRAM =
      new TelegramRateLimits(Duration.ofSeconds(1), 20, Duration.ofMillis(34));
}
