package dev.reckon.adapters.telegram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.surface.DeliveryException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ChatRateLimiterTest {
  private static final Chat GROUP = new Chat(-5, OptionalInt.empty());
  private static final Chat PRIVATE = new Chat(5, OptionalInt.empty());
  private final AtomicLong now = new AtomicLong(1_000_000_000_000L);
  private final ChatRateLimiter pacing =
      new ChatRateLimiter(
          new TelegramRateLimits(Duration.ofNanos(1), 20, Duration.ofNanos(1)), now::get);

  private void later(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void aGroupTakesTwentyInAnyMinuteAndTheCoreIsToldHowLongToWait() throws Exception {
    for (int i = 0; i < 20; i++) {
      later(Duration.ofSeconds(1));
      pacing.await(GROUP);
    }
    DeliveryException full = assertThrows(DeliveryException.class, () -> pacing.await(GROUP));
    assertEquals(DeliveryException.Kind.RATE_LIMITED, full.kind());
    assertEquals(41, full.retryAfter().toSeconds());
    pacing.await(PRIVATE);
    later(full.retryAfter());
    pacing.await(GROUP);
  }

  @Test
  void topicsOfAGroupCountTogether() throws Exception {
    for (int i = 0; i < 20; i++) {
      later(Duration.ofMillis(1));
      pacing.await(new Chat(-5, OptionalInt.of(i)));
    }
    assertThrows(DeliveryException.class, () -> pacing.await(GROUP));
  }

  @Test
  void aPauseHoldsForItsChatOnly() throws Exception {
    pacing.pause(GROUP, Duration.ofSeconds(30));
    pacing.await(PRIVATE);
    DeliveryException e = assertThrows(DeliveryException.class, () -> pacing.await(GROUP));
    assertTrue(e.retryAfter().toSeconds() >= 29);
    later(Duration.ofSeconds(30));
    pacing.await(GROUP);
  }
}
