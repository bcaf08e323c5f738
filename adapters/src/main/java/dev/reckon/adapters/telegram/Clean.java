package dev.reckon.adapters.telegram;

import java.util.regex.Pattern;

/**
 * Makes hostile text harmless. What a person would read stays; what acts on the reader's screen or
 * calls other people does not.
 */
final class Clean {
  /** Terminal control sequences: colours, cursor moves, window titles. */
  private static final Pattern ANSI =
      Pattern.compile("\u001B(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)?|.)");

  /**
   * Where Telegram would make a mention, a tag, a bot command, an address or a link out of plain
   * text. File names such as {@code report.py} end in what are top-level domains too.
   */
  private static final Pattern ACTIVE =
      Pattern.compile(
          "(?<=[@#])(?=\\w)|(?<=\\$)(?=[A-Z])|(?<=:)(?=//)|(?<=[\\p{L}\\p{N}_-])(?=\\.\\p{L})"
              + "|(?<=\\w)(?=@)");

  /** Breaks what Telegram recognises, and is not seen. */
  private static final String WORD_JOINER = "\u2060";

  private Clean() {}

  /** Text for inside {@code <pre>} and {@code <code>}, where Telegram recognises nothing. */
  static String verbatim(String text) {
    String unescaped = ANSI.matcher(text).replaceAll("");
    StringBuilder clean = new StringBuilder(unescaped.length());
    int i = 0;
    while (i < unescaped.length()) {
      int c = unescaped.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\r') {
        if (i >= unescaped.length() || unescaped.charAt(i) != '\n') {
          clean.append('\n');
        }
      } else if (c == '\u2028' || c == '\u2029') {
        clean.append('\n');
      } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        clean.append('\uFFFD');
      } else if (!unwanted(c)) {
        clean.appendCodePoint(c);
      }
    }
    return clean.toString();
  }

  /** Text for anywhere else: mentions, tags, addresses and links are broken as well. */
  static String prose(String text) {
    return ACTIVE.matcher(verbatim(text)).replaceAll(WORD_JOINER);
  }

  private static boolean unwanted(int c) {
    if (c == '\n' || c == '\t') {
      return false;
    }
    return Character.isISOControl(c)
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069)
        || c == 0x200E
        || c == 0x200F
        || c == 0x061C
        || c == 0xFEFF
        || (c & 0xFFFE) == 0xFFFE
        || (c >= 0xE0000 && c <= 0xE007F);
  }
}
