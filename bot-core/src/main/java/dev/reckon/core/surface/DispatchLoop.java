package dev.reckon.core.surface;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a dispatcher going, on a thread of its own, until it is closed. */
public final class DispatchLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DispatchLoop.class);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final Duration AFTER_A_FAULT = Duration.ofSeconds(1);

  private final Dispatcher dispatcher;
  private final InstantSource clock;
  private final Thread thread;
  private boolean closed;
  private boolean woken;

  private DispatchLoop(String name, Dispatcher dispatcher, InstantSource clock) {
    this.dispatcher = dispatcher;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("dispatch-" + name).daemon().unstarted(this::run);
  }

  /** Starts to send what waits. */
  public static DispatchLoop start(String name, Dispatcher dispatcher, InstantSource clock) {
    DispatchLoop loop = new DispatchLoop(name, dispatcher, clock);
    dispatcher.onWork(loop::wake);
    loop.thread.start();
    return loop;
  }

  private synchronized void wake() {
    woken = true;
    notifyAll();
  }

  private void run() {
    while (true) {
      Duration pause;
      try {
        Optional<Instant> next = dispatcher.dispatch();
        pause =
            next.map(at -> Duration.between(clock.instant(), at))
                .filter(wait -> wait.compareTo(LONGEST_WAIT) < 0)
                .orElse(LONGEST_WAIT);
      } catch (RuntimeException fault) {
        LOG.warn("Replies cannot be sent at the moment", fault);
        pause = AFTER_A_FAULT;
      }
      if (!await(pause)) {
        return;
      }
    }
  }

  /** Waits for something to do; false when there will be nothing more. */
  private synchronized boolean await(Duration pause) {
    long until = System.nanoTime() + Math.max(1, pause.toNanos());
    try {
      for (long left = pause.toNanos(); !woken && !closed && left > 0; ) {
        wait(Math.max(1, left / 1_000_000));
        left = until - System.nanoTime();
      }
    } catch (InterruptedException e) {
      closed = true;
    }
    woken = false;
    return !closed;
  }

  /** Ends the loop; what was not sent waits for the next start. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
