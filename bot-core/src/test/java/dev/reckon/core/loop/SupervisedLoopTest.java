package dev.reckon.core.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.surface.SettableClock;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A loop that fails goes on, and one that does not come round is seen. */
class SupervisedLoopTest {
  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final Backoff AT_ONCE = new Backoff(Duration.ZERO, Duration.ZERO, Duration.ZERO);

  private final SettableClock clock = new SettableClock();
  private final Semaphore rounds = new Semaphore(0);
  private final Semaphore begun = new Semaphore(0);
  private final LinkedBlockingQueue<Throwable> faults = new LinkedBlockingQueue<>();
  private final SupervisedLoop loop =
      new SupervisedLoop(
          new SupervisedLoop.Schedule("test", Duration.ZERO, BOUND, AT_ONCE), this::round, clock);

  private Duration round() throws Exception {
    begun.release();
    rounds.acquire();
    return switch (faults.poll()) {
      case Error error -> throw error;
      case Exception exception -> throw exception;
      case null, default -> Duration.ZERO;
    };
  }

  @AfterEach
  void close() {
    loop.close();
  }

  private void awaitRound() throws InterruptedException {
    assertTrue(begun.tryAcquire(60, TimeUnit.SECONDS), "no further round was begun");
  }

  @Test
  void whateverTheBodyThrowsItIsRunAgain() throws Exception {
    faults.add(new StackOverflowError());
    faults.add(new InterruptedException());
    faults.add(new IllegalStateException("on purpose"));
    loop.start();
    rounds.release(4);
    for (int i = 0; i < 5; i++) {
      awaitRound();
    }
    assertEquals(3, loop.failures());
    assertFalse(loop.isStalled());
  }

  @Test
  void aLoopThatHangsIsStalledUntilItComesRoundAgain() throws Exception {
    loop.start();
    awaitRound();
    clock.advance(BOUND);
    assertFalse(loop.isStalled());
    clock.advance(Duration.ofMillis(1));
    assertTrue(loop.isStalled());
    rounds.release();
    awaitRound();
    assertFalse(loop.isStalled());
    assertEquals(clock.instant(), loop.lastSuccess());
  }

  @Test
  void aLoopThatOnlyFailsIsStalledThoughItGoesOn() throws Exception {
    faults.add(new IllegalStateException("first"));
    faults.add(new IllegalStateException("second"));
    loop.start();
    awaitRound();
    clock.advance(BOUND.plusMillis(1));
    rounds.release(2);
    awaitRound();
    awaitRound();
    assertEquals(2, loop.failures());
    assertTrue(loop.isStalled());
    rounds.release();
    awaitRound();
    assertFalse(loop.isStalled());
  }

  @Test
  void aPauseEndsWhenThereIsSomethingToDo() throws Exception {
    try (SupervisedLoop waiting =
        new SupervisedLoop(
                new SupervisedLoop.Schedule("test", Duration.ofHours(1), BOUND, AT_ONCE),
                () -> {
                  begun.release();
                  return Duration.ofHours(1);
                },
                clock)
            .start()) {
      waiting.wake();
      awaitRound();
    }
  }

  @Test
  void closingEndsABodyThatHangs() throws Exception {
    loop.start();
    awaitRound();
    loop.close();
    rounds.release(10);
    assertEquals(0, begun.availablePermits(), "nothing is begun after closing");
    assertEquals(0, loop.failures(), "closing is no failure");
  }
}
