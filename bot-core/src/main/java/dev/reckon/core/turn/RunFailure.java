package dev.reckon.core.turn;

import dev.reckon.sandbox.GuestError;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what a run that did not end well failed of. */
final class RunFailure {
  private RunFailure() {}

  /** The failure, or empty when the run completed. */
  static Optional<Failure> of(RunSummary run) {
    GuestError error = run.error();
    return switch (run.ending()) {
      case COMPLETED -> Optional.empty();
      case FAILED -> Optional.of(guest(Failure.Cause.CRASHED, run, error));
      case BLOCKED -> Optional.of(guest(Failure.Cause.BLOCKED, run, error));
      case TIME_LIMIT -> Optional.of(plain(Failure.Cause.TIME_LIMIT, run));
      case MEMORY_LIMIT -> Optional.of(plain(Failure.Cause.MEMORY_LIMIT, run));
      case OUTPUT_LIMIT -> Optional.of(plain(Failure.Cause.OUTPUT_LIMIT, run));
      case STOPPED -> Optional.of(plain(Failure.Cause.STOPPED, run));
      case WORKER_LOST, BUSY -> Optional.of(plain(Failure.Cause.WORKER_LOST, run));
    };
  }

  private static Failure guest(Failure.Cause cause, RunSummary run, @Nullable GuestError error) {
    if (error == null) {
      return plain(cause, run);
    }
    String words = error.message().isBlank() ? error.type() : error.type() + ": " + error.message();
    return new Failure(
        cause,
        run.detail().isBlank() ? words : run.detail() + " (" + words + ")",
        error.line(),
        error.type() + " " + error.message());
  }

  private static Failure plain(Failure.Cause cause, RunSummary run) {
    return new Failure(cause, run.detail(), 0, "");
  }
}
