package dev.reckon.core.surface.render;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Truncation;
import dev.reckon.core.turn.TurnEvent;

/** A turn's progress in words, on one line. */
public final class ProgressText {
  private static final int LONGEST_REASON = 300;

  private ProgressText() {}

  /** What is being done now. */
  public static String doing(TurnEvent event) {
    String doing =
        switch (event.phase()) {
          case GENERATING ->
              (event.attempt() > 1 ? Label.PROGRESS_FIXING : Label.PROGRESS_WRITING)
                  .in(event.language());
          case SCREENING -> Label.PROGRESS_SCREENING.in(event.language());
          case EXECUTING -> Label.PROGRESS_RUNNING.in(event.language());
          case QUERYING -> Label.PROGRESS_QUERYING.in(event.language());
          case VERIFYING -> Label.PROGRESS_CHECKING.in(event.language());
          case WAITING -> Label.PROGRESS_WAITING.in(event.language(), event.detail());
          case DONE -> Label.PROGRESS_DONE.in(event.language());
        };
    String step =
        event.steps() > 1
            ? Label.PROGRESS_STEP.in(event.language(), event.step(), event.steps(), doing)
            : doing;
    return event.attempt() > 1
        ? Label.PROGRESS_ATTEMPT.in(event.language(), step, event.attempt(), event.maxAttempts())
        : step;
  }

  /** Why the attempt before this one failed; empty where none did. */
  public static String failed(TurnEvent event) {
    boolean repairs =
        event.phase() != TurnEvent.Phase.WAITING
            && event.attempt() > 1
            && !event.detail().isBlank();
    return repairs
        ? Label.PROGRESS_FAILED_ATTEMPT.in(
            event.language(),
            event.attempt() - 1,
            Truncation.cut(Sanitizer.oneLine(event.detail()), LONGEST_REASON))
        : "";
  }
}
