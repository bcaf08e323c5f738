package dev.reckon.core.store;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.turn.TurnResult;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns: their saved steps while they run, their results afterwards. */
public interface Turns {
  /**
   * One model call.
   *
   * @param inputTokens null when the server reported none
   * @param costUsd null when the model has no price
   */
  record Call(
      String purpose,
      String model,
      @Nullable Long inputTokens,
      @Nullable Long outputTokens,
      @Nullable Double costUsd) {}

  /**
   * Begins a turn; its number is the conversation's next.
   *
   * @param delivery what began it, if a delivery did; a second call for the same delivery returns
   *     the first one's turn
   */
  TurnRecord begin(
      ConversationId conversation,
      OptionalLong delivery,
      Person person,
      TurnKind kind,
      String request);

  /**
   * Keeps a turn's state between two steps.
   *
   * @param format the version of the JSON's shape
   * @param json readable
   */
  void saveState(long turn, int format, String json);

  /** The state that was saved last, until the turn ends. */
  Optional<String> state(long turn);

  void addCall(long turn, Call call);

  /** Keeps how a turn ended, with its attempts, and gives up its state. */
  void finish(TurnResult result);

  /** The turn ends without a result: an internal error made it impossible to continue. */
  void abandon(long turn);

  Optional<TurnRecord> find(long turn);

  /** Whether its conversation is one of that team. */
  boolean isOf(long turn, String team);

  /** Where its request came from and its replies went; empty for one without a delivery. */
  List<Address> addresses(long turn);

  /** The messages of a platform that were posted for it, in no order. */
  List<MessageRef> posted(String surface, long turn);

  Optional<TurnRecord> byNumber(ConversationId conversation, int number);

  Optional<TurnRecord> byDelivery(long delivery);

  /**
   * The latest turn that a message began, or a later change of it.
   *
   * @param message the id of the message's own delivery
   */
  Optional<TurnRecord> byMessage(String message);

  /**
   * The newest turn of a conversation that has code, since it was last restarted; what alerts ran
   * does not count.
   */
  Optional<TurnRecord> lastWithCode(ConversationId conversation);

  /** Ended turns of a conversation, the newest first. */
  List<TurnRecord> recent(ConversationId conversation, int most);

  /** What a person asked in words, in any conversation, and got an end to; the newest first. */
  List<TurnRecord> askedBy(String person, int most);

  /**
   * What was asked in words in conversations whose ids begin so, and got an end; the newest first.
   */
  List<TurnRecord> askedIn(String conversations, int most);

  /** Ended turns that are context for the next, the oldest first, without those of alerts. */
  List<TurnRecord> context(ConversationId conversation, int most);

  /** Turns of that conversation that have not ended. */
  List<TurnRecord> running(ConversationId conversation);

  /** Somebody wants it to end; it is the driver's to see to that. */
  void askToCancel(long turn, String person);

  /** Which of these somebody wants to end. */
  List<Long> cancelled(Set<Long> turns);

  /** Somebody finds the answer wrong. Copies saved from it are flagged. */
  void dispute(long turn, String person, String complaint);
}
