package dev.reckon.core.delivery;

import dev.reckon.core.command.Interpretation;
import dev.reckon.core.command.Interpreter;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.TurnKind;
import java.util.List;
import java.util.Optional;

/**
 * Takes everything for a request, but for the words cancel, hello, fail and overflow. Changes run
 * at once.
 */
final class PlainWords implements Interpreter {
  @Override
  public Interpretation interpret(Incoming incoming, List<String> attached) {
    String text =
        switch (incoming.content()) {
          case Content.Text words -> words.text();
          case Content.Edited edited -> edited.text();
          default -> "";
        };
    return switch (text) {
      case "cancel" -> new Interpretation.Silence();
      case "hello" -> new Interpretation.Say(Reply.notice("Hello."));
      case "thanks" -> new Interpretation.Whisper(Reply.notice("Thank you."));
      case "overflow" -> throw new StackOverflowError();
      case "fail" -> throw new IllegalStateException("told to fail");
      default -> Interpretation.Compute.request(text);
    };
  }

  @Override
  public Optional<TurnKind> expects(Incoming incoming) {
    return incoming.content() instanceof Content.Text(String text, boolean _)
            && List.of("cancel", "hello", "thanks", "fail", "overflow").contains(text)
        ? Optional.empty()
        : Optional.of(TurnKind.REQUEST);
  }

  @Override
  public boolean cancels(Incoming incoming) {
    return incoming.content() instanceof Content.Edited
        || (incoming.content() instanceof Content.Text words && words.text().equals("cancel"));
  }
}
