package dev.reckon.core.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.surface.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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

  @Test
  void aBodyThatHangsIsInterruptedAndTheLoopGoesOn() throws Exception {
    loop.start();
    awaitRound();
    clock.advance(BOUND);
    loop.restartIfStuck();
    assertEquals(0, loop.restarts(), "it may still come back");
    clock.advance(Duration.ofMillis(1));
    loop.restartIfStuck();
    loop.restartIfStuck();
    awaitRound();
    assertEquals(1, loop.restarts());
    assertTrue(loop.isStalled(), "nothing has gone well yet");
    rounds.release();
    awaitRound();
    assertFalse(loop.isStalled());
    assertEquals(1, loop.failures());
  }

  @Test
  void aBodyThatIgnoresAnInterruptIsLeftBehindForAnotherThread() throws Exception {
    Semaphore deaf = new Semaphore(0);
    List<Thread> threads = new CopyOnWriteArrayList<>();
    try (SupervisedLoop stuck =
        new SupervisedLoop(
            new SupervisedLoop.Schedule("test", Duration.ZERO, BOUND, AT_ONCE),
            () -> {
              threads.add(Thread.currentThread());
              begun.release();
              if (threads.size() == 1) {
                deaf.acquireUninterruptibly();
              } else {
                rounds.acquire();
              }
              return Duration.ZERO;
            },
            clock)) {
      stuck.start();
      awaitRound();
      for (int i = 0; i < 2; i++) {
        clock.advance(BOUND.plusMillis(1));
        stuck.restartIfStuck();
      }
      awaitRound();
      assertEquals(2, stuck.restarts());
      assertNotEquals(threads.getFirst(), threads.getLast());
      deaf.release();
      threads.getFirst().join();
      assertEquals(2, threads.size(), "the thread that was left behind begins nothing");
      assertTrue(stuck.isStalled(), "nor does its end count as a success");
      rounds.release();
      awaitRound();
      assertFalse(stuck.isStalled());
    }
  }

  @Test
  void aLoopThatOnlyFailsIsNotRestarted() throws Exception {
    faults.add(new IllegalStateException("first"));
    loop.start();
    awaitRound();
    clock.advance(BOUND.plusMillis(1));
    rounds.release();
    awaitRound();
    assertTrue(loop.isStalled());
    loop.restartIfStuck();
    assertEquals(0, loop.restarts());
    assertEquals(1, loop.failures());
  }
}
