package dev.reckon.core.reply;

import java.util.List;
import java.util.Locale;

/** Says whether a quotation really occurs in the material that it claims to come from. */
final class QuotationCheck {
  private static final String AROUND = "\"'`“”‘’«»";

  private final String material;

  QuotationCheck(List<String> material) {
    this.material = plain(String.join("\n", material));
  }

  /** Whether every piece of the quotation, between ellipses, occurs in the material, in order. */
  boolean contains(String quote) {
    int at = 0;
    boolean any = false;
    for (String piece : quote.replace("…", "...").split("\\.\\.\\.", -1)) {
      String plain = unquoted(plain(piece));
      if (!plain.isEmpty()) {
        int found = found(plain, at);
        if (found < 0) {
          return false;
        }
        at = found + plain.length();
        any = true;
      }
    }
    return any;
  }

  /** Where the piece stands, or -1. Knuth, Morris and Pratt's search: linear whatever repeats. */
  private int found(String piece, int from) {
    int[] border = borders(piece);
    int matched = 0;
    for (int at = from; at < material.length(); at++) {
      while (matched > 0 && material.charAt(at) != piece.charAt(matched)) {
        matched = border[matched - 1];
      }
      if (material.charAt(at) == piece.charAt(matched) && ++matched == piece.length()) {
        return at - matched + 1;
      }
    }
    return -1;
  }

  /** For each beginning of the piece how much of its own beginning it ends with. */
  private static int[] borders(String piece) {
    int[] border = new int[piece.length()];
    int matched = 0;
    for (int at = 1; at < piece.length(); at++) {
      while (matched > 0 && piece.charAt(at) != piece.charAt(matched)) {
        matched = border[matched - 1];
      }
      if (piece.charAt(at) == piece.charAt(matched)) {
        matched++;
      }
      border[at] = matched;
    }
    return border;
  }

  /** Lower case, white space as single blanks. */
  private static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    boolean gap = false;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        gap = true;
      } else {
        if (gap && !plain.isEmpty()) {
          plain.append(' ');
        }
        gap = false;
        plain.append(c);
      }
    }
    return plain.toString().toLowerCase(Locale.ROOT);
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
