package dev.reckon.core.turn.effect;

import dev.reckon.core.label.Label;
import dev.reckon.core.loop.WaitListener;
import dev.reckon.core.store.Lease;
import dev.reckon.core.store.LeaseLostException;
import dev.reckon.core.turn.EffectResult;
import dev.reckon.core.turn.RunSummary;
import dev.reckon.core.turn.TurnEvent;
import dev.reckon.core.turn.TurnEvents;
import dev.reckon.core.turn.TurnMachine;
import dev.reckon.core.turn.TurnProgress;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Drives turns: step, save what was paid for, perform, step. What a state asks for is done on a
 * thread of its own, so that it can be left when the turn's wall time is over or when somebody
 * cancels. These are platform threads: one that computes and ignores interrupts does not block a
 * carrier of virtual threads, so it cannot keep its own turn, or any other, from ending.
 */
public final class StepwiseDriver implements TurnDriver, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StepwiseDriver.class);

  /** How long what was interrupted may take to say what it has produced. */
  private static final Duration LAST_WORDS = Duration.ofMillis(150);

  private final EffectRunner effects;
  private final TurnJournal journal;
  private final InstantSource clock;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(
          Thread.ofPlatform().daemon().name("turn-step-", 0).factory());
  private volatile boolean suspended;

  public StepwiseDriver(EffectRunner effects, TurnJournal journal, InstantSource clock) {
    this.effects = effects;
    this.journal = journal;
    this.clock = clock;
  }

  @Override
  public TurnResult drive(long turn, TurnState from, Consumer<TurnEvent> listener) {
    try (MDC.MDCCloseable _ = MDC.putCloseable("turn", String.valueOf(turn))) {
      TurnState state = from;
      listener.accept(TurnEvents.of(turn, state));
      while (!(state instanceof TurnState.Done)) {
        Stopwatch watch = new Stopwatch(clock);
        EffectResult outcome = outcome(turn, state, watch, listener);
        Duration took = watch.worked();
        TurnState next = named(turn, TurnMachine.next(state, outcome, took));
        if (isWorthSaving(state, next)) {
          save(turn, next);
        }
        state = next;
        LOG.debug("came to {} after {} ms", state.getClass().getSimpleName(), took.toMillis());
        listener.accept(TurnEvents.of(turn, state));
      }
      TurnResult result = ((TurnState.Done) state).result();
      LOG.info(
          "turn ended as {}: {} attempts, {} model calls, {} ms",
          result.status(),
          result.attempts().size(),
          result.usage().calls(),
          result.elapsed().toMillis());
      return result;
    }
  }

  @Override
  public void suspend() {
    suspended = true;
  }

  /** Ends the threads; turns in progress must have been interrupted before. */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  private EffectResult outcome(
      long turn, TurnState state, Stopwatch watch, Consumer<TurnEvent> listener) {
    Duration left = left(state);
    if (!left.isPositive()) {
      return new EffectResult.OutOfTime(Optional.empty());
    }
    CompletableFuture<EffectResult> outcome = new CompletableFuture<>();
    var _ = outcome.whenComplete((done, fault) -> watch.finished());
    Map<String, String> scope = MDC.getCopyOfContextMap();
    Future<?> doing =
        threads.submit(
            Lease.carried(
                () -> {
                  MDC.setContextMap(scope);
                  perform(turn, state, watch, outcome);
                }));
    try {
      while (true) {
        switch (watch.await(left)) {
          case FINISHED -> {
            return outcome.get();
          }
          case OUT_OF_TIME -> {
            doing.cancel(true);
            return new EffectResult.OutOfTime(stopped(outcome));
          }
          case CHANGED -> listener.accept(TurnEvents.of(turn, state, watch.waitsFor()));
        }
      }
    } catch (InterruptedException e) {
      doing.cancel(true);
      if (suspended) {
        throw new TurnSuspendedException(turn);
      }
      return new EffectResult.Cancelled(stopped(outcome));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LeaseLostException lost) {
        throw lost;
      }
      if (suspended) {
        throw new TurnSuspendedException(turn);
      }
      LOG.error("a step of the turn failed", e.getCause());
      return new EffectResult.Faulted(Label.FAILURE_INTERNAL.in(state.language()));
    }
  }

  private void perform(
      long turn, TurnState state, WaitListener waits, CompletableFuture<EffectResult> outcome) {
    try {
      outcome.complete(effects.perform(turn, state, waits));
    } catch (Throwable e) { // an Error, too, must end the step: the turn would hang otherwise
      outcome.completeExceptionally(e);
    }
  }

  /** The run that was interrupted, if it says so in time. */
  private static Optional<RunSummary> stopped(CompletableFuture<EffectResult> interrupted) {
    try {
      return interrupted.get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)
              instanceof EffectResult.Ran(RunSummary run)
          ? Optional.of(run)
          : Optional.empty();
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /**
   * Saves the state, also when a cancelling interrupt comes in the middle of it: it is then noticed
   * at the next step.
   */
  private void save(long turn, TurnState state) {
    boolean interrupted = Thread.interrupted();
    try {
      journal.save(turn, state);
    } catch (RuntimeException e) {
      if (!Thread.interrupted()) {
        throw e;
      }
      interrupted = true;
      journal.save(turn, state);
    }
    if (interrupted && !(state instanceof TurnState.Done)) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Whether going on from an earlier state would repeat what must not be repeated, or is worth more
   * than a transaction: a model call, a query, and a run that more is to follow. Reading a program
   * again costs nothing, and whoever drives a turn stores its result at once.
   */
  private static boolean isWorthSaving(TurnState from, TurnState to) {
    return switch (from) {
      case TurnState.Generating _, TurnState.Querying _, TurnState.Verifying _ -> true;
      case TurnState.Screening _ -> false;
      case TurnState.Executing _ -> !(to instanceof TurnState.Done);
      case TurnState.Done done -> throw new IllegalArgumentException("done: " + done);
    };
  }

  private static Duration left(TurnState state) {
    TurnProgress work =
        switch (state) {
          case TurnState.Generating s -> s.work();
          case TurnState.Screening s -> s.work();
          case TurnState.Querying s -> s.work();
          case TurnState.Executing s -> s.work();
          case TurnState.Verifying s -> s.work();
          case TurnState.Done done -> throw new IllegalArgumentException("done: " + done);
        };
    return work.request().settings().wallTime().minus(work.spent());
  }

  private static TurnState named(long turn, TurnState state) {
    return state instanceof TurnState.Done(TurnResult result)
        ? new TurnState.Done(result.forTurn(turn))
        : state;
  }
}
