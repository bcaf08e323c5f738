package dev.reckon.adapters.web;

import dev.reckon.core.message.ConversationId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where things are, and what an address names. */
final class Addresses {
  private static final Pattern CONVERSATION = Pattern.compile("[0-9a-f]{16,32}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

  private Addresses() {}

  /** A text as one part of an address. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The page of a conversation. */
  static String of(ConversationId conversation) {
    return "/chat/" + key(conversation);
  }

  /** Whether a conversation is one of the browser's, which alone have addresses. */
  static boolean isOfBrowser(ConversationId conversation) {
    return conversation.value().startsWith(WebSurface.NAME + "/");
  }

  /** What a conversation of the browser is called in addresses. */
  static String key(ConversationId conversation) {
    return conversation.value().substring(WebSurface.NAME.length() + 1);
  }

  /** The conversation that an address names. */
  static Optional<ConversationId> conversation(String key) {
    return CONVERSATION.matcher(key).matches()
        ? Optional.of(new ConversationId(WebSurface.NAME + "/" + key))
        : Optional.empty();
  }

  /** A number in an address, or -1, which names nothing. */
  static long number(String text) {
    return NUMBER.matcher(text).matches() ? Long.parseLong(text) : -1;
  }
}
