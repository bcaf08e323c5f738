package dev.reckon.core.delivery;

import dev.reckon.core.command.Interpreter;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.store.Conversations;
import dev.reckon.core.store.Deliveries;
import dev.reckon.core.store.Outbox;
import dev.reckon.core.store.Preferences;
import dev.reckon.core.store.Preferences.Scope;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.store.Turns;
import dev.reckon.core.turn.TurnResult;
import java.util.List;
import java.util.Optional;

/** Answers from the store, by the rules of commands and buttons. */
final class StoreSurfaceQueries implements SurfaceQueries {
  private static final String GONE = "This answer is gone. Ask again to get a new one.";

  private final Conversations conversations;
  private final Preferences preferences;
  private final Outbox outbox;
  private final Deliveries deliveries;
  private final Turns turns;
  private final Interpreter interpreter;

  StoreSurfaceQueries(
      Conversations conversations,
      Preferences preferences,
      Outbox outbox,
      Deliveries deliveries,
      Turns turns,
      Interpreter interpreter) {
    this.conversations = conversations;
    this.preferences = preferences;
    this.outbox = outbox;
    this.deliveries = deliveries;
    this.turns = turns;
    this.interpreter = interpreter;
  }

  @Override
  public Attention attention(ConversationId conversation) {
    if (conversations.team(conversation).isEmpty()) {
      return Attention.UNKNOWN;
    }
    Scope scope = new Scope(Scope.Of.CONVERSATION, conversation.value());
    return switch (preferences.get(scope, "attention").orElse("all")) {
      case "mentions" -> Attention.WHEN_MENTIONED;
      case "mute" -> Attention.MUTED;
      default -> Attention.ALL;
    };
  }

  @Override
  public Optional<ConversationId> conversationOf(String surface, MessageRef message) {
    return outbox.conversationOf(surface, message);
  }

  @Override
  public Optional<String> refusal(Action action, Person person) {
    return interpreter.refusal(action, person);
  }

  @Override
  public Optional<List<Attachment>> filesOf(String delivery) {
    return deliveries.find(delivery).map(found -> found.incoming().attachments());
  }

  @Override
  public Form form(Action action, Person person) {
    Optional<TurnRecord> turn = turns.find(action.turn());
    if (turn.isEmpty()) {
      return new Form.Refused(GONE);
    }
    Optional<String> refusal = interpreter.refusal(action, person);
    if (refusal.isPresent()) {
      return new Form.Refused(refusal.get());
    }
    return switch (action.verb()) {
      case SHOW_CODE, EDIT -> {
        TurnResult result = turn.get().result();
        String code = result == null ? "" : result.code();
        yield code.isBlank() ? new Form.Refused(GONE) : new Form.Filled(code);
      }
      default -> new Form.Filled("");
    };
  }
}
