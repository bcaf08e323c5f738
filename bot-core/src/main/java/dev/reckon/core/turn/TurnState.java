package dev.reckon.core.turn;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.reckon.core.message.Language;
import java.time.Duration;
import java.util.List;

/**
 * Where a turn stands. A state alone says what is to be done next, so going on from a saved one is
 * the same as going on from a fresh one. {@link TurnStateJson} writes and reads it.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "phase")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TurnState.Generating.class, name = "generating"),
  @JsonSubTypes.Type(value = TurnState.Screening.class, name = "screening"),
  @JsonSubTypes.Type(value = TurnState.Querying.class, name = "querying"),
  @JsonSubTypes.Type(value = TurnState.Executing.class, name = "executing"),
  @JsonSubTypes.Type(value = TurnState.Verifying.class, name = "verifying"),
  @JsonSubTypes.Type(value = TurnState.Done.class, name = "done")
})
public sealed interface TurnState {
  /** The model is to write: a first program, the next step's, or a repair. */
  record Generating(TurnProgress work) implements TurnState {}

  /** The program's syntax tree is to be looked at. */
  record Screening(TurnProgress work, String code) implements TurnState {}

  /** The queries that the program begins with are to run. */
  record Querying(TurnProgress work, String code, CodeFacts facts) implements TurnState {}

  /** The program is to run. */
  record Executing(TurnProgress work, String code, CodeFacts facts) implements TurnState {}

  /** The clean run is to be checked against the request. */
  record Verifying(TurnProgress work, String code, CodeFacts facts, RunSummary run)
      implements TurnState {}

  /** Nothing is left to do. */
  record Done(TurnResult result) implements TurnState {}

  /** The language in which the person is told. */
  default Language language() {
    return switch (this) {
      case Generating(TurnProgress work) -> work.request().language();
      case Screening s -> s.work().request().language();
      case Querying s -> s.work().request().language();
      case Executing s -> s.work().request().language();
      case Verifying s -> s.work().request().language();
      case Done(TurnResult result) -> result.language();
    };
  }

  /** The state that a request begins in. */
  static TurnState begin(TurnRequest request) {
    TurnProgress work =
        new TurnProgress(
            request,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            request.missingFiles(),
            Usage.NONE,
            Duration.ZERO);
    String code = request.givenCode();
    return code == null ? new Generating(work) : new Screening(work, code);
  }
}
