package dev.reckon.adapters.slack;

import dev.reckon.core.command.Interpreter;
import dev.reckon.core.command.Outcome;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Action.Verb;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.Store;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.turn.TurnResult;
import java.util.List;
import java.util.Optional;

/** As much of the vocabulary as the stories need, over the real store. */
final class StoryWords implements Interpreter {
  private final Store store;

  StoryWords(Store store) {
    this.store = store;
  }

  @Override
  public Outcome interpret(Incoming incoming, List<String> attached) {
    return switch (incoming.content()) {
      case Content.Words words -> words(words.text());
      case Content.Pressed(Action action, String input) -> pressed(action, input);
      case Content.Edited edited -> new Outcome.Say(Reply.notice("You changed your request."));
      case Content.Moved moved -> new Outcome.Silence();
    };
  }

  private static Outcome words(String text) {
    if (text.equals("help")) {
      return new Outcome.Say(Reply.notice("Ask in plain words."));
    }
    if (text.startsWith("run\n")) {
      String code =
          text.replaceFirst("(?s)^run\n```(?:python)?\n?", "").replaceFirst("(?s)```.*$", "");
      return new Outcome.Compute(TurnKind.RUN, code, code);
    }
    return text.equals("cancel")
        ? new Outcome.Silence()
        : new Outcome.Compute(TurnKind.REQUEST, text, null);
  }

  private Outcome pressed(Action action, String input) {
    Optional<TurnResult> result =
        store.turns().find(action.turn()).map(turn -> turn.result()).filter(r -> r != null);
    if (result.isEmpty()) {
      return action.verb() == Verb.CANCEL
          ? new Outcome.Silence()
          : new Outcome.Whisper(Reply.notice("This answer is gone."));
    }
    return switch (action.verb()) {
      case AGAIN -> new Outcome.Compute(TurnKind.AGAIN, "again", result.get().code());
      case EDIT -> new Outcome.Compute(TurnKind.EDIT, input, input);
      case SHARE ->
          new Outcome.Say(
              new Reply(
                  action.turn(),
                  Reply.Kind.VERIFIED,
                  result.get().message(),
                  List.of(new Block.Output(result.get().output(), 0)),
                  List.of()));
      default -> new Outcome.Silence();
    };
  }

  @Override
  public boolean cancels(Incoming incoming) {
    return switch (incoming.content()) {
      case Content.Words words -> words.text().equals("cancel");
      case Content.Pressed pressed -> pressed.action().verb() == Verb.CANCEL;
      default -> false;
    };
  }
}
