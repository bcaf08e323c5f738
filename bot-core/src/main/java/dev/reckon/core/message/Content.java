package dev.reckon.core.message;

import java.time.Instant;

/** What a person did, or what happened to the conversation's place. */
public sealed interface Content {
  /**
   * Wrote something.
   *
   * @param text with the platform's escaping undone
   * @param command whether the surface's own command form was used ({@code /save burn} in Telegram
   *     gives {@code save burn} and true); bare text is a command only when the whole of it matches
   *     a command's form
   */
  record Text(String text, boolean command) implements Content {}

  /**
   * Pressed a button, or sent the form that one opened.
   *
   * @param action what the button carried
   * @param input what was filled in (edited code, a name, a complaint), or empty
   */
  record Pressed(Action action, String input) implements Content {}

  /**
   * Changed a message that was delivered before.
   *
   * @param delivery the earlier delivery's id
   * @param text as it reads now
   * @param command whether it is the surface's own command form now, see {@link Text}
   * @param atOnce whether what it asks now is done at once, an answer taking the place of the one
   *     before; otherwise that is offered only
   */
  record Edited(String delivery, String text, boolean command, boolean atOnce) implements Content {
    /** A change after which running again is offered. */
    public Edited(String delivery, String text) {
      this(delivery, text, false, false);
    }
  }

  /**
   * The platform moved the place: the conversation and its team continue under other ids, with all
   * that was kept for them, and replies still on their way go to the new address. Nobody in
   * particular did it, and nothing is answered. Messages of the new place may already be there.
   *
   * @param conversation what the conversation is called from now on
   * @param team what its team is called from now on
   * @param address where its replies go from now on
   */
  record Moved(ConversationId conversation, Team team, Address address) implements Content {}

  /**
   * The time of a schedule has come. Nobody is there: what has no answer worth posting is silent.
   *
   * @param schedule its id
   * @param task what it does, as a command
   * @param due when it was due
   * @param missed how many of its times have passed while Reckon was not running, this one
   *     included; 0 when it runs on time
   */
  record Scheduled(long schedule, String task, Instant due, int missed) implements Content {}
}
