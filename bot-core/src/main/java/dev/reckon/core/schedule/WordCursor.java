package dev.reckon.core.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a text, one after the other. For use by one thread. */
final class WordCursor {
  private static final int MOST_TOKENS = 60;
  private static final Pattern TOKEN = Pattern.compile("\\S+");

  /** A word, lower case and without a comma or colon at its end, and where it ends in the text. */
  private record Token(String word, int end, boolean comma) {}

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  WordCursor(String text) {
    this.text = text;
    Matcher matcher = TOKEN.matcher(text);
    while (tokens.size() < MOST_TOKENS && matcher.find()) {
      String word = matcher.group().toLowerCase(Locale.ROOT);
      boolean comma = word.endsWith(",");
      boolean ends = comma || (word.endsWith(":") && word.length() > 1);
      tokens.add(
          new Token(ends ? word.substring(0, word.length() - 1) : word, matcher.end(), comma));
    }
  }

  /** The word that comes after so many others; empty behind the last. */
  String word(int ahead) {
    return at + ahead < tokens.size() ? tokens.get(at + ahead).word() : "";
  }

  /** Where it is; {@link #back} returns there. */
  int position() {
    return at;
  }

  void back(int position) {
    at = position;
  }

  void advance(int words) {
    at += words;
  }

  /** Goes past that word if it is the next. */
  boolean skip(String word) {
    boolean is = word(0).equals(word);
    at += is ? 1 : 0;
    return is;
  }

  /** Whether a comma followed the word before. */
  boolean afterComma() {
    return tokens.get(at - 1).comma();
  }

  /** Whether the next word joins two parts of a list. */
  boolean isAnd() {
    return word(0).equals("and") || word(0).equals("&") || word(0).equals("+");
  }

  /** What follows the words that were read. */
  String rest() {
    String rest = at == 0 ? text : text.substring(tokens.get(at - 1).end());
    return rest.strip();
  }
}
