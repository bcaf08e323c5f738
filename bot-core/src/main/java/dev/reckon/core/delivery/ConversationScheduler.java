package dev.reckon.core.delivery;

import dev.reckon.core.loop.SupervisedLoop;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.store.Deliveries;
import dev.reckon.core.store.Deliveries.Line;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each line of a conversation that has work on a virtual thread of its own, so many at once,
 * the others in the order in which they came. When something is to be done is in the store only:
 * what is lost here is found again by the next sweep. Several replicas may do this on one store: a
 * line is worked on by one of them at a time. Safe for use by any number of threads.
 */
final class ConversationScheduler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConversationScheduler.class);
  private static final Duration STALLED = Duration.ofMinutes(1);
  private static final Duration AFTER_FAULT = Duration.ofSeconds(1);

  private final ConversationTask task;
  private final Deliveries deliveries;
  private final Set<String> surfaces;
  private final String replica;
  private final SchedulerSettings settings;
  private final InstantSource clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("deliveries").factory());

  // Guarded by this.
  private final Map<Line, Worked> active = new HashMap<>();
  private final LinkedHashSet<Line> waiting = new LinkedHashSet<>();
  private boolean closed;

  ConversationScheduler(
      ConversationTask task,
      Deliveries deliveries,
      Set<String> surfaces,
      String replica,
      SchedulerSettings settings,
      InstantSource clock) {
    this.task = task;
    this.deliveries = deliveries;
    this.surfaces = Set.copyOf(surfaces);
    this.replica = replica;
    this.settings = settings;
    this.clock = clock;
  }

  /** Takes up what waits, and everything that comes; the caller closes the loop. */
  SupervisedLoop start() {
    return SupervisedLoop.every(
            settings.sweep(),
            new SupervisedLoop.Schedule(
                "deliveries-sweep",
                Duration.ZERO,
                STALLED.plus(settings.sweep()),
                settings.retry()),
            this::wakeDue,
            clock)
        .start();
  }

  /** Something is to be done in that conversation's ordinary line. */
  void wake(ConversationId conversation) {
    wake(new Line(conversation, false));
  }

  /** Something is to be done in that line. */
  synchronized void wake(Line line) {
    if (closed) {
      return;
    }
    Worked worked = active.get(line);
    if (worked != null) {
      worked.again = true;
    } else if (line.urgent() || active.size() < settings.atOnce()) {
      begin(line);
    } else {
      waiting.add(line);
    }
  }

  // Called under the lock.
  private void begin(Line line) {
    Worked worked = new Worked();
    active.put(line, worked);
    Thread.ofVirtual().name("conversation").start(() -> work(line, worked));
  }

  private void work(Line line, Worked worked) {
    do {
      try {
        if (task.drain(line)) {
          wakeDue();
        }
        deliveries.nextAt(line).ifPresent(at -> later(line, Duration.between(clock.instant(), at)));
      } catch (Throwable fault) { // whatever it is, the line must be worked on again
        LOG.error("A conversation's deliveries could not be processed", fault);
        later(line, AFTER_FAULT);
      }
    } while (!ended(line, worked));
  }

  /** Returns false when something came meanwhile. */
  private synchronized boolean ended(Line line, Worked worked) {
    if (worked.again && !closed) {
      worked.again = false;
      return false;
    }
    active.remove(line);
    notifyAll();
    if (!closed && !waiting.isEmpty() && active.size() < settings.atOnce()) {
      begin(waiting.removeFirst());
    }
    return true;
  }

  private synchronized void later(Line line, Duration pause) {
    if (!closed && pause.isPositive()) {
      var _ = timer.schedule(() -> wake(line), pause.toMillis() + 1, TimeUnit.MILLISECONDS);
    }
  }

  /** Whatever can be processed now. */
  void wakeDue() {
    deliveries.due(surfaces, replica).forEach(this::wakeIdle);
  }

  private synchronized void wakeIdle(Line line) {
    if (!active.containsKey(line)) {
      wake(line);
    }
  }

  /** From now on no conversation starts anything. */
  synchronized void closing() {
    task.close();
    closed = true;
    waiting.clear();
    timer.shutdownNow();
  }

  /** Waits some seconds for what is being worked on; turns must have been interrupted before. */
  @Override
  public void close() {
    closing();
    Optional<InterruptedException> interrupted = awaitNone(Duration.ofSeconds(5));
    if (interrupted.isPresent()) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Optional<InterruptedException> awaitNone(Duration longest) {
    long until = System.nanoTime() + longest.toNanos();
    try {
      for (long left = longest.toMillis(); !active.isEmpty() && left > 0; ) {
        TimeUnit.MILLISECONDS.timedWait(this, left);
        left = (until - System.nanoTime()) / 1_000_000;
      }
      return Optional.empty();
    } catch (InterruptedException e) {
      return Optional.of(e);
    }
  }

  /** A line that is being worked on. */
  private static final class Worked {
    private boolean again;
  }
}
