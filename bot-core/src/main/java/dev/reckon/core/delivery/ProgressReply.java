package dev.reckon.core.delivery;

import dev.reckon.core.message.Action;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Reply;
import dev.reckon.core.message.Truncation;
import dev.reckon.core.surface.render.ProgressText;
import dev.reckon.core.surface.render.Sanitizer;
import dev.reckon.core.turn.TurnEvent;
import java.util.ArrayList;
import java.util.List;

/** Describes a turn's progress. */
final class ProgressReply {
  private static final int MOST_CHARACTERS = 300;

  private ProgressReply() {}

  static Reply of(Incoming incoming, String request, TurnEvent event) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Text(incoming.person().name() + ": " + cut(request)));
    String failed = ProgressText.failed(event);
    if (!failed.isEmpty()) {
      blocks.add(new Block.Footer(failed));
    }
    return new Reply(
        event.turn(),
        Reply.Kind.WORKING,
        ProgressText.doing(event),
        blocks,
        List.of(new Action(Action.Verb.CANCEL, event.turn())),
        event.language());
  }

  private static String cut(String text) {
    return Truncation.cut(Sanitizer.oneLine(text), MOST_CHARACTERS);
  }
}
