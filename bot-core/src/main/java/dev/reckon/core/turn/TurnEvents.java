package dev.reckon.core.turn;

/** Tells of a state as an event. */
public final class TurnEvents {
  private TurnEvents() {}

  /**
   * The event of a turn's waiting in that state.
   *
   * @param waitsFor what for, in words; empty when it continues
   */
  public static TurnEvent of(long turn, TurnState state, String waitsFor) {
    TurnEvent working = of(turn, state);
    return waitsFor.isEmpty()
        ? working
        : new TurnEvent(
            turn,
            TurnEvent.Phase.WAITING,
            working.step(),
            working.steps(),
            working.attempt(),
            working.maxAttempts(),
            waitsFor,
            working.language());
  }

  /** The event of a turn's having come to that state. */
  public static TurnEvent of(long turn, TurnState state) {
    return switch (state) {
      case TurnState.Generating s ->
          event(turn, TurnEvent.Phase.GENERATING, s.work(), generating(s.work()));
      case TurnState.Screening s -> event(turn, TurnEvent.Phase.SCREENING, s.work(), "");
      case TurnState.Querying s -> event(turn, TurnEvent.Phase.QUERYING, s.work(), "");
      case TurnState.Executing s -> event(turn, TurnEvent.Phase.EXECUTING, s.work(), "");
      case TurnState.Verifying s -> event(turn, TurnEvent.Phase.VERIFYING, s.work(), "");
      case TurnState.Done(TurnResult result) ->
          new TurnEvent(
              turn,
              TurnEvent.Phase.DONE,
              Math.max(1, result.steps().size()),
              Math.max(1, result.steps().size()),
              Math.max(1, result.attempts().size()),
              Math.max(1, result.attempts().size()),
              result.message(),
              result.language());
    };
  }

  private static String generating(TurnProgress work) {
    return switch (GenerationStrategy.next(work)) {
      case GenerationStrategy.First _ -> work.plan().isEmpty() ? "" : work.task();
      case GenerationStrategy.Repair(Attempt failed) -> reason(failed);
      case GenerationStrategy.Fresh fresh -> reason(fresh.failed().getLast());
    };
  }

  private static String reason(Attempt attempt) {
    AttemptFailure failure = attempt.failure();
    return failure == null ? "" : failure.forPerson();
  }

  private static TurnEvent event(
      long turn, TurnEvent.Phase phase, TurnProgress work, String detail) {
    return new TurnEvent(
        turn,
        phase,
        work.step(),
        work.steps(),
        Math.min(work.attempts().size() + 1, work.maxAttempts()),
        work.maxAttempts(),
        detail,
        work.request().language());
  }
}
