package dev.reckon.core.delivery;

import dev.reckon.core.loop.Backoff;
import dev.reckon.core.loop.SupervisedLoop;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.store.Deliveries.Line;
import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.store.Turns;
import dev.reckon.core.surface.Dispatcher;
import dev.reckon.core.surface.Surface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service behind surfaces: receives deliveries, processes conversations in parallel, and sends
 * replies. {@link #inbox} may be used before {@link #start}: what arrives is kept until then. Safe
 * for use by any number of threads.
 */
public final class DeliveryService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryService.class);

  /** People expect an end within a second. */
  private static final Duration CANCELS = Duration.ofMillis(500);

  private static final Duration STALLED = Duration.ofMinutes(1);

  private final DeliveryDependencies parts;
  private final SchedulerSettings settings;
  private final Consumer<String> say;
  private final Membership membership;
  private final LiveTurns live = new LiveTurns();
  private final Inbox inbox;
  private final ExecutorService sends = Executors.newVirtualThreadPerTaskExecutor();
  private final List<SupervisedLoop> loops = new ArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Optional<SupervisedLoop> heartbeat = Optional.empty();
  private volatile @Nullable ConversationScheduler scheduler;

  /**
   * Puts it together.
   *
   * @param parts with a store of which the caller holds the instance lock
   * @param say hears, in a sentence each, what closing waits for
   */
  public DeliveryService(
      DeliveryDependencies parts, SchedulerSettings settings, Consumer<String> say) {
    this.parts = parts;
    this.settings = settings;
    this.say = say;
    this.membership = new Membership(parts.store().replicas(), settings.lease());
    this.inbox =
        new DurableInbox(parts.store().deliveries(), parts.interpreter(), this::cancel, this::wake);
  }

  public Inbox inbox() {
    return inbox;
  }

  /** What surfaces may look up; works before {@link #start}, too. */
  public SurfaceQueries queries() {
    return new StoreSurfaceQueries(
        parts.store().conversations(),
        parts.store().preferences(),
        parts.store().outbox(),
        parts.store().deliveries(),
        parts.store().turns(),
        parts.store().computations(),
        parts.admission(),
        parts.interpreter());
  }

  /** Begins to work, with what was left over first. Called once. */
  public void start(List<? extends Surface> surfaces) {
    Map<String, SurfaceRouter.Exit> exits = new HashMap<>();
    for (Surface surface : surfaces) {
      Dispatcher dispatcher =
          new Dispatcher(
              surface,
              parts.store().outbox(),
              membership.id(),
              membership::alive,
              parts.store(),
              parts.content(),
              parts.clock(),
              Backoff.DEFAULT,
              sends);
      exits.put(surface.name(), new SurfaceRouter.Exit(surface, surface, dispatcher));
    }
    DeliveryHandler handler =
        new DeliveryHandler(
            parts,
            live,
            new SurfaceRouter(parts.store().outbox(), exits),
            settings.mostOpen(),
            conversation -> wake(new Line(conversation, false)));
    ConversationScheduler all =
        new ConversationScheduler(
            new ConversationTask(
                parts.store().deliveries(), membership.id(), handler, settings, parts.clock()),
            parts.store().deliveries(),
            exits.keySet(),
            membership.id(),
            settings,
            parts.clock());
    heartbeat = membership.join(() -> takeOver(all, exits.values()), parts.clock());
    for (SurfaceRouter.Exit exit : exits.values()) {
      loops.add(exit.dispatcher().loop().start());
    }
    scheduler = all;
    loops.add(all.start());
    if (parts.store().replicas().isShared()) {
      loops.add(cancels());
    }
    loops.add(schedules(exits.keySet()));
  }

  /** Another process ended: whoever is first takes over its turns and replies. */
  private static void takeOver(
      ConversationScheduler conversations, Collection<SurfaceRouter.Exit> exits) {
    conversations.wakeDue();
    exits.forEach(exit -> exit.dispatcher().wake());
  }

  /** Ends turns whose end was asked for where another process took that in. */
  private SupervisedLoop cancels() {
    return SupervisedLoop.every(
            CANCELS,
            new SupervisedLoop.Schedule("cancels", CANCELS, STALLED, settings.retry()),
            () -> parts.store().turns().cancelled(live.turns()).forEach(live::cancel),
            parts.clock())
        .start();
  }

  /**
   * Whether this process does a task that one of several does at a time, such as asking a platform
   * for updates; the task is another's within some seconds of this one's end.
   */
  public boolean leads(String task) {
    return parts.store().replicas().leads(task, membership.id());
  }

  /** This process does the task no longer and does not ask for it again: another may begin. */
  public void release(String task) {
    parts.store().replicas().release(task, membership.id());
  }

  /** Releases what schedules are due. */
  private SupervisedLoop schedules(Set<String> surfaces) {
    DueSchedules due = new DueSchedules(parts.store(), parts.clock());
    Set<String> enabled = Set.copyOf(surfaces);
    return new SupervisedLoop(
            new SupervisedLoop.Schedule(
                "schedules", Duration.ZERO, STALLED.plus(settings.sweep()), settings.retry()),
            () -> {
              due.release(enabled, schedule -> true)
                  .forEach(one -> wake(new Line(one.incoming().conversation(), false)));
              return due.pause(enabled, settings.sweep());
            },
            parts.clock())
        .start();
  }

  /** What must continue for people to be answered. Asked after {@link #start}. */
  public List<SupervisedLoop> loops() {
    return Stream.concat(heartbeat.stream(), loops.stream()).toList();
  }

  private void wake(Line line) {
    ConversationScheduler all = scheduler;
    if (all != null) {
      all.wake(line);
    }
  }

  /** Ends what is running, if this person may: the asker, or an administrator. */
  private void cancel(Incoming incoming) {
    Turns turns = parts.store().turns();
    Person person = incoming.person();
    List<TurnRecord> running =
        switch (incoming.content()) {
          case Content.Pressed(Action action, String input) ->
              turns.find(action.turn()).stream().toList();
          case Content.Edited edited -> turns.byMessage(edited.delivery()).stream().toList();
          case Content.Text words -> turns.running(incoming.conversation());
          case Content.Moved _, Content.Scheduled _ -> List.of();
        };
    for (TurnRecord turn : running) {
      if (mayCancel(incoming, turn)) {
        turns.askToCancel(turn.id(), person.id());
        live.cancel(turn.id());
      }
    }
  }

  private boolean mayCancel(Incoming incoming, TurnRecord turn) {
    Action cancel = new Action(Action.Verb.CANCEL, turn.id());
    return parts.interpreter().refusal(cancel, incoming.person(), incoming.language()).isEmpty();
  }

  /**
   * Takes nothing new up, waits for running turns as long as the settings say, and leaves those
   * that still run as they were saved: they continue after the next start.
   */
  @Override
  public void close() {
    ConversationScheduler all = scheduler;
    if (closed.getAndSet(true)) {
      return;
    }
    if (all != null) {
      all.closing();
      waitForTurns();
      parts.driver().suspend();
      live.interruptAll();
      all.close();
    }
    loops.forEach(SupervisedLoop::close);
    // What is on its way out is this process's as long as its heart beats.
    sends.close();
    heartbeat.ifPresent(SupervisedLoop::close);
    if (all != null) {
      membership.leave();
    }
    reportUnsent();
  }

  private void reportUnsent() {
    try {
      int unsent = parts.store().backlog().replies();
      if (unsent > 0) {
        LOG.info("{} replies are still to be sent; the next start sends them", unsent);
      }
    } catch (StoreException e) {
      LOG.warn("How many replies are still to be sent is not known: {}", e.getMessage());
    }
  }

  private void waitForTurns() {
    try {
      live.awaitNone(
          settings.grace(),
          count ->
              say.accept(
                  count == 1
                      ? "Waiting for one running turn to end"
                      : "Waiting for %d running turns to end".formatted(count)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    int left = live.count();
    if (left > 0) {
      say.accept(
          "%s left as saved, to continue after the next start"
              .formatted(left == 1 ? "One turn is" : left + " turns are"));
    }
  }
}
