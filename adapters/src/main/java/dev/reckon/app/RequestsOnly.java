package dev.reckon.app;

import dev.reckon.core.command.Interpreter;
import dev.reckon.core.command.Outcome;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.store.TurnKind;
import java.util.List;

/** Reads everything as a request in plain words. */
final class RequestsOnly implements Interpreter {
  @Override
  public Outcome interpret(Incoming incoming, List<String> attached) {
    String text = incoming.content() instanceof Content.Words words ? words.text() : "";
    return new Outcome.Compute(TurnKind.REQUEST, text, null);
  }

  @Override
  public boolean cancels(Incoming incoming) {
    return false;
  }
}
