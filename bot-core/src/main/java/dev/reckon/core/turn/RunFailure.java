package dev.reckon.core.turn;

import dev.reckon.sandbox.GuestError;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Describes why a run failed. */
final class RunFailure {
  private RunFailure() {}

  /** The failure, or empty when the run completed. */
  static Optional<AttemptFailure> of(RunSummary run) {
    GuestError error = run.error();
    return switch (run.ending()) {
      case COMPLETED -> Optional.empty();
      case FAILED -> Optional.of(guest(AttemptFailure.Cause.CRASHED, run, error));
      case BLOCKED -> Optional.of(guest(AttemptFailure.Cause.BLOCKED, run, error));
      case TIME_LIMIT -> Optional.of(plain(AttemptFailure.Cause.TIME_LIMIT, run));
      case MEMORY_LIMIT -> Optional.of(plain(AttemptFailure.Cause.MEMORY_LIMIT, run));
      case OUTPUT_LIMIT -> Optional.of(plain(AttemptFailure.Cause.OUTPUT_LIMIT, run));
      case STOPPED -> Optional.of(plain(AttemptFailure.Cause.STOPPED, run));
      case WORKER_LOST -> Optional.of(plain(AttemptFailure.Cause.WORKER_LOST, run));
    };
  }

  private static AttemptFailure guest(
      AttemptFailure.Cause cause, RunSummary run, @Nullable GuestError error) {
    if (error == null) {
      return plain(cause, run);
    }
    String words = error.message().isBlank() ? error.type() : error.type() + ": " + error.message();
    return new AttemptFailure(
        cause,
        run.detail().isBlank() ? words : run.detail() + " (" + words + ")",
        error.line(),
        error.type() + " " + error.message(),
        run.told().isEmpty() ? "" : run.told() + " (" + words + ")");
  }

  private static AttemptFailure plain(AttemptFailure.Cause cause, RunSummary run) {
    return new AttemptFailure(cause, run.detail(), 0, "", run.told());
  }
}
