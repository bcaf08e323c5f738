package dev.reckon.core.delivery;

import dev.reckon.core.message.Action;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Reply;
import dev.reckon.core.turn.TurnEvent;
import java.util.List;

/** A turn's progress in words. */
final class ProgressText {
  private static final int MOST_CHARACTERS = 300;

  private ProgressText() {}

  static Reply of(Incoming incoming, String request, TurnEvent event) {
    return new Reply(
        event.turn(),
        Reply.Kind.WORKING,
        headline(event),
        List.of(new Block.Text(incoming.person().name() + ": " + cut(request))),
        List.of(new Action(Action.Verb.CANCEL, event.turn())));
  }

  private static String headline(TurnEvent event) {
    String step = event.steps() > 1 ? "Step %d of %d: ".formatted(event.step(), event.steps()) : "";
    String doing =
        switch (event.phase()) {
          case GENERATING -> event.attempt() > 1 ? "mending the code" : "writing code";
          case SCREENING -> "looking at the code";
          case EXECUTING -> "running";
          case VERIFYING -> "verifying";
          case DONE -> "done";
        };
    String attempt =
        event.attempt() > 1
            ? " (attempt %d of %d%s)"
                .formatted(
                    event.attempt(),
                    event.maxAttempts(),
                    event.detail().isBlank() ? "" : ": " + cut(event.detail()))
            : "";
    String words = step + doing + " …" + attempt;
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private static String cut(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    int end =
        line.offsetByCodePoints(
            0, Math.min(MOST_CHARACTERS, line.codePointCount(0, line.length())));
    return end < line.length() ? line.substring(0, end) + " …" : line;
  }
}
