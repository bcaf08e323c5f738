package dev.reckon.adapters.telegram;

import dev.reckon.core.command.Interpreter;
import dev.reckon.core.command.Outcome;
import dev.reckon.core.message.Action.Verb;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.store.TurnKind;
import java.util.List;

/** Requests, and the wish to cancel. */
final class StoryWords implements Interpreter {
  @Override
  public Outcome interpret(Incoming incoming, List<String> attached) {
    return incoming.content() instanceof Content.Words words && !cancels(incoming)
        ? new Outcome.Compute(TurnKind.REQUEST, words.text(), words.text(), null, null)
        : new Outcome.Silence();
  }

  @Override
  public boolean cancels(Incoming incoming) {
    return switch (incoming.content()) {
      case Content.Words words -> words.command() && words.text().equals("cancel");
      case Content.Pressed pressed -> pressed.action().verb() == Verb.CANCEL;
      default -> false;
    };
  }
}
