package dev.reckon.core.delivery;

import dev.reckon.core.command.Interpreter;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Person.Role;
import dev.reckon.core.store.Preferences.Scope;
import dev.reckon.core.store.Store;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.turn.TurnResult;
import java.util.List;
import java.util.Optional;

/** Answers from the store, and as the words and buttons are read. */
final class StoreSurfaceQueries implements SurfaceQueries {
  private static final String GONE = "This answer is gone. Ask again to get a new one.";

  private final Store store;
  private final Interpreter interpreter;

  StoreSurfaceQueries(Store store, Interpreter interpreter) {
    this.store = store;
    this.interpreter = interpreter;
  }

  @Override
  public Attention attention(ConversationId conversation) {
    if (store.conversations().team(conversation).isEmpty()) {
      return Attention.UNKNOWN;
    }
    Scope scope = new Scope(Scope.Of.CONVERSATION, conversation.value());
    return switch (store.settings().get(scope, "attention").orElse("all")) {
      case "mentions" -> Attention.WHEN_MENTIONED;
      case "mute" -> Attention.MUTED;
      default -> Attention.ALL;
    };
  }

  @Override
  public Optional<ConversationId> conversationOf(String surface, MessageRef message) {
    return store.outbox().conversationOf(surface, message);
  }

  @Override
  public Optional<String> refusal(Action action, Person person) {
    return interpreter.refusal(action, person);
  }

  @Override
  public Optional<List<Attachment>> filesOf(String delivery) {
    return store.deliveries().find(delivery).map(found -> found.incoming().attachments());
  }

  @Override
  public Form form(Action action, Person person) {
    Optional<TurnRecord> found = store.turns().find(action.turn());
    if (found.isEmpty()) {
      return new Form.Refused(GONE);
    }
    TurnRecord turn = found.get();
    TurnResult result = turn.result();
    String code = result == null ? "" : result.code();
    return switch (action.verb()) {
      case SHOW_CODE -> code.isBlank() ? new Form.Refused(GONE) : new Form.Filled(code);
      case EDIT -> {
        if (code.isBlank()) {
          yield new Form.Refused(GONE);
        }
        yield mayAct(store, person, turn) ? new Form.Filled(code) : notTheirs(turn);
      }
      default -> mayAct(store, person, turn) ? new Form.Filled("") : notTheirs(turn);
    };
  }

  private static Form notTheirs(TurnRecord turn) {
    return new Form.Refused(
        "Only %s, who asked, and administrators can use this button. Ask yourself to get your own answer."
            .formatted(turn.personName()));
  }

  /**
   * Whether a person may do something to a turn: the asker, or an administrator. An event may not
   * tell the role, so what was found out about the person before counts as well.
   */
  static boolean mayAct(Store store, Person person, TurnRecord turn) {
    return turn.person().equals(person.id())
        || person.role() == Role.ADMINISTRATOR
        || store
            .conversations()
            .person(person.id())
            .filter(known -> known.role() == Role.ADMINISTRATOR)
            .isPresent();
  }
}
