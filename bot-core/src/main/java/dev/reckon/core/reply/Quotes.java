package dev.reckon.core.reply;

import java.util.List;
import java.util.Locale;

/** Says whether a quotation really stands in the material that it claims to come from. */
final class Quotes {
  private static final String AROUND = "\"'`“”‘’«»";

  private final String material;

  Quotes(List<String> material) {
    this.material = plain(String.join("\n", material));
  }

  /** Whether every piece of the quotation, between ellipses, stands in the material, in order. */
  boolean contains(String quote) {
    int at = 0;
    boolean any = false;
    for (String piece : quote.replace("…", "...").split("\\.\\.\\.", -1)) {
      String plain = unquoted(plain(piece));
      if (!plain.isEmpty()) {
        int found = material.indexOf(plain, at);
        if (found < 0) {
          return false;
        }
        at = found + plain.length();
        any = true;
      }
    }
    return any;
  }

  /** Lower case, white space as single blanks. */
  private static String plain(String text) {
    return String.join(" ", text.toLowerCase(Locale.ROOT).strip().split("\\s+", -1));
  }

  private static String unquoted(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && AROUND.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && AROUND.indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    return text.substring(from, to).strip();
  }
}
