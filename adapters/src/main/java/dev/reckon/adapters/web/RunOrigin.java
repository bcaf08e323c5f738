package dev.reckon.adapters.web;

import dev.reckon.core.message.ConversationId;
import dev.reckon.core.store.ContentHash;
import java.util.HexFormat;
import java.util.OptionalLong;

/**
 * Conversations in which people run again what was asked elsewhere. Such a conversation's key holds
 * the number of the first turn, so that its runs can be compared with that one.
 */
final class RunOrigin {
  private static final int CHECK = 16;
  private static final int KEY = 32;

  private RunOrigin() {}

  /** The conversation for a person's runs of a turn's program. */
  static ConversationId conversation(long turn, String person) {
    String key = check(turn, person) + HexFormat.of().toHexDigits(turn);
    return new ConversationId(WebSurface.NAME + "/" + key);
  }

  /**
   * Whether a person may begin a conversation with that key: those for runs of a turn are each one
   * person's, so that nobody takes another's. Keys that pages make up at random are never of that
   * kind: these hold a random UUID, whose seventeenth digit is 8 or more.
   */
  static boolean mayBegin(ConversationId conversation, String person) {
    return !isKindOf(conversation) || of(conversation, person).isPresent();
  }

  private static boolean isKindOf(ConversationId conversation) {
    String key = Addresses.key(conversation);
    return key.length() == KEY && Character.digit(key.charAt(CHECK), 16) < 8;
  }

  /** The turn whose program a person's conversation runs again, if it is such a conversation. */
  static OptionalLong of(ConversationId conversation, String person) {
    String key = Addresses.isOfBrowser(conversation) ? Addresses.key(conversation) : "";
    if (key.length() != KEY) {
      return OptionalLong.empty();
    }
    try {
      long turn = HexFormat.fromHexDigitsToLong(key, CHECK, KEY);
      return key.startsWith(check(turn, person)) ? OptionalLong.of(turn) : OptionalLong.empty();
    } catch (IllegalArgumentException notHex) {
      return OptionalLong.empty();
    }
  }

  private static String check(long turn, String person) {
    return ContentHash.of("run again " + turn + " " + person).substring(0, CHECK);
  }
}
