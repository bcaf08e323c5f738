package dev.reckon.adapters.slack;

import java.util.regex.Pattern;

/**
 * Takes the teeth out of hostile text. Blocks carry it in rich text and plain text elements, which
 * Slack does not parse, so no mention, link or formatting can come of it there; what is left are
 * control characters. The one place that Slack does parse is a message's fallback text.
 */
final class Harmless {
  private static final Pattern ESCAPE_SEQUENCES =
      Pattern.compile(
          "\u001b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)|[@-_])");
  private static final Pattern CONTROLS =
      Pattern.compile(
          "[\\p{Cc}&&[^\n\t]]|[\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff]");
  private static final String WORD_JOINER = "\u2060";

  private Harmless() {}

  /**
   * Terminal escapes removed, other control and direction characters made visible as \ufffd, line
   * ends made uniform.
   */
  static String visible(String text) {
    String plain = ESCAPE_SEQUENCES.matcher(text).replaceAll("");
    plain = plain.replace("\r\n", "\n").replace('\r', '\n');
    return CONTROLS.matcher(plain).replaceAll("\ufffd");
  }

  /** On one line, and not longer than that many characters; what is cut ends in an ellipsis. */
  static String line(String text, int longest) {
    return cut(visible(text).replaceAll("\\s+", " ").strip(), longest);
  }

  /** For text that Slack parses: escaped, and with nothing left that could address anyone. */
  static String parsed(String text) {
    return visible(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "@" + WORD_JOINER)
        .replace("://", ":" + WORD_JOINER + "//")
        .replace("`", "\u02cb");
  }

  /** At most that many characters, whole characters only; what is cut ends in an ellipsis. */
  static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = longest - 1;
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "\u2026";
  }
}
