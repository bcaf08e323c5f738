package dev.reckon.adapters.telegram;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.reckon.core.surface.DeliveryException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * Keeps within Telegram's limits where one reply is several messages, which the core cannot see.
 * Short waits are waited here; a long one is told to the core. Safe for any threads.
 */
final class ChatRateLimiter {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);
  private static final Duration WINDOW = Duration.ofSeconds(60);

  private final TelegramRateLimits limits;
  private final LongSupplier nanoTime;
  private final Cache<Long, Recent> chats =
      Caffeine.newBuilder().expireAfterAccess(WINDOW.multipliedBy(2)).build();
  private long nextOverall;

  ChatRateLimiter(TelegramRateLimits limits, LongSupplier nanoTime) {
    this.limits = limits;
    this.nanoTime = nanoTime;
    nextOverall = nanoTime.getAsLong();
  }

  /** Waits for a turn in that chat. */
  void await(Chat chat) throws DeliveryException, InterruptedException {
    long wait = reserve(chat);
    if (wait > LONGEST_WAIT.toNanos()) {
      throw new DeliveryException(
          DeliveryException.Kind.RATE_LIMITED,
          "too many messages in this chat for Telegram's limits",
          Duration.ofNanos(wait));
    }
    Thread.sleep(Duration.ofNanos(wait));
  }

  /** Notes that a call was answered: the next one's distance counts from here. */
  void answered(Chat chat) {
    pause(chat, limits.perChat());
  }

  /** Notes that Telegram wants a pause there. */
  synchronized void pause(Chat chat, Duration pause) {
    Recent recent = recent(chat);
    recent.next = Math.max(recent.next, nanoTime.getAsLong() + pause.toNanos());
  }

  private synchronized long reserve(Chat chat) {
    long now = nanoTime.getAsLong();
    Recent recent = recent(chat);
    while (!recent.sent.isEmpty() && recent.sent.getFirst() + WINDOW.toNanos() <= now) {
      recent.sent.removeFirst();
    }
    long slot = Math.max(now, Math.max(nextOverall, recent.next));
    if (!chat.direct() && recent.sent.size() >= limits.perGroupAndMinute()) {
      slot = Math.max(slot, recent.sent.getFirst() + WINDOW.toNanos());
    }
    if (slot - now <= LONGEST_WAIT.toNanos()) {
      recent.sent.addLast(slot);
      recent.next = slot + limits.perChat().toNanos();
      nextOverall = slot + limits.overall().toNanos();
    }
    return slot - now;
  }

  private Recent recent(Chat chat) {
    return chats.get(chat.id(), id -> new Recent(nanoTime.getAsLong()));
  }

  private static final class Recent {
    private final Deque<Long> sent = new ArrayDeque<>();
    private long next;

    Recent(long now) {
      next = now;
    }
  }
}
