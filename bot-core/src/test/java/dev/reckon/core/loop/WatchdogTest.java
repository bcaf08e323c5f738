package dev.reckon.core.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.surface.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private static final Duration BOUND = Duration.ofMinutes(1);

  private final SettableClock clock = new SettableClock();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final AtomicBoolean storeAnswers = new AtomicBoolean(true);
  private final SupervisedLoop loop =
      new SupervisedLoop(
          new SupervisedLoop.Schedule("test", Duration.ZERO, BOUND, Backoff.DEFAULT),
          () -> {
            begun.countDown();
            new CountDownLatch(1).await();
            return BOUND;
          },
          clock);
  private final Watchdog watchdog = new Watchdog(List.of(loop), storeAnswers::get);

  private void hang() throws InterruptedException {
    loop.start();
    begun.await();
    clock.advance(BOUND.plusMillis(1));
    assertTrue(loop.hangs());
  }

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void aLoopThatHangsIsRestarted() throws Exception {
    hang();
    watchdog.look();
    watchdog.look();
    assertEquals(1, loop.restarts());
  }

  @Test
  void whatWaitsForTheStoreIsNotRestarted() throws Exception {
    hang();
    storeAnswers.set(false);
    watchdog.look();
    watchdog.look();
    storeAnswers.set(true);
    watchdog.look();
    assertEquals(0, loop.restarts(), "it may be about to continue");
    watchdog.look();
    assertEquals(1, loop.restarts());
  }
}
