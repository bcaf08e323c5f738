package dev.reckon.adapters.cli;

/**
 * Colours, or none.
 *
 * @param colour whether to colour at all
 */
public record Ink(boolean colour) {
  private static final String RESET = "\u001b[0m";

  public String bold(String text) {
    return in("1", text);
  }

  public String dim(String text) {
    return in("2", text);
  }

  public String red(String text) {
    return in("31", text);
  }

  public String green(String text) {
    return in("32", text);
  }

  public String yellow(String text) {
    return in("33", text);
  }

  public String blue(String text) {
    return in("34", text);
  }

  public String magenta(String text) {
    return in("35", text);
  }

  public String cyan(String text) {
    return in("36", text);
  }

  private String in(String code, String text) {
    return colour && !text.isEmpty() ? "\u001b[" + code + "m" + text + RESET : text;
  }

  /**
   * The text without anything that a terminal would obey or that turns reading order around: other
   * people's text could otherwise move the cursor, set titles, or hide what it says.
   */
  public static String harmless(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean lineEnd = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (lineEnd) {
        continue;
      }
      boolean control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
      boolean turning = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
      kept.append(control || turning ? '\ufffd' : c);
    }
    return kept.toString();
  }
}
