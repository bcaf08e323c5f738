package dev.reckon.core.turn;

import dev.reckon.core.source.QueriedData;
import dev.reckon.sandbox.Inspection;
import java.util.List;
import java.util.Optional;

/** What came of doing what a state asks for. */
public sealed interface EffectResult {
  /** The model replied, and used that much. */
  record Replied(FirstReply reply, Usage usage) implements EffectResult {}

  /** The syntax tree was read, or could not be. */
  record Inspected(Inspection answer) implements EffectResult {}

  /** The program's queries ran; all of them, in order. */
  record Queried(List<QueriedData> data) implements EffectResult {
    public Queried {
      data = List.copyOf(data);
    }
  }

  /**
   * A query was not allowed, or failed.
   *
   * @param reason for the model and the person
   * @param data what the queries before it came to, which are not run again
   */
  record NotQueried(String reason, List<QueriedData> data) implements EffectResult {
    public NotQueried {
      data = List.copyOf(data);
    }
  }

  /** The program ran. */
  record Ran(RunSummary run) implements EffectResult {}

  /** The run was checked; the usage is what that took, also when it came to nothing. */
  record Judged(Judgement judgement, Usage usage) implements EffectResult {}

  /** No usable reply came; the message is for the person. */
  record ModelFailed(String message) implements EffectResult {}

  /** The next call would go over a ceiling; the message is for the person. */
  record OverBudget(String message) implements EffectResult {}

  /** The turn's wall time is over; with the run that this stopped, if there was one. */
  record OutOfTime(Optional<RunSummary> stopped) implements EffectResult {}

  /** The person stopped the turn; with the run that this stopped, if there was one. */
  record Cancelled(Optional<RunSummary> stopped) implements EffectResult {}

  /** An internal error; the message is for the person and holds no detail. */
  record Faulted(String message) implements EffectResult {}
}
