package dev.reckon.core.reply;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Splits a sentence into clauses and these into words in lower case. A symbol that is no
 * punctuation, such as "≠", is a word too, so that nothing which may mean something is lost.
 */
final class TextClauses {
  /** They only say that all is well. */
  static final String TICKS = "✓✔☑✅👍🆗";

  private static final String ENDS = ".,;:!?()[]–—\n。、，；：！？،؛؟।";
  private static final String INSIDE_A_WORD = "/'’";

  private final String text;
  private final List<List<String>> clauses = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private List<String> words = new ArrayList<>();

  private TextClauses(String text) {
    this.text = text;
  }

  /** The clauses with at least one word; signs such as "n/a" are one word. */
  static List<List<String>> of(String text) {
    TextClauses split = new TextClauses(text);
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      split.read(text.codePointAt(at), at);
    }
    split.endClause();
    return split.clauses;
  }

  /** All words of a text. */
  static List<String> words(String text) {
    return of(text).stream().flatMap(List::stream).toList();
  }

  private void read(int c, int at) {
    if (Character.isLetterOrDigit(c) || (isMark(c) && !word.isEmpty()) || isInNumber(c, at)) {
      word.appendCodePoint(c);
    } else if (INSIDE_A_WORD.indexOf(c) < 0) {
      endWord();
      if (ENDS.indexOf(c) >= 0 || isDash(c, at)) {
        endClause();
      } else if (isSymbol(c) && TICKS.indexOf(c) < 0) {
        words.add(Character.toString(c));
      }
    }
  }

  private void endWord() {
    if (!word.isEmpty()) {
      words.add(word.toString().toLowerCase(Locale.ROOT));
      word.setLength(0);
    }
  }

  private void endClause() {
    endWord();
    if (!words.isEmpty()) {
      clauses.add(words);
      words = new ArrayList<>();
    }
  }

  /** A point or comma between digits, or the minus before them. */
  private boolean isInNumber(int c, int at) {
    return Character.isDigit(near(at + 1))
        && (((c == '.' || c == ',') && Character.isDigit(near(at - 1)))
            || (c == '-' && !Character.isLetterOrDigit(near(at - 1))));
  }

  private boolean isDash(int c, int at) {
    return c == '-' && Character.isWhitespace(near(at - 1)) && Character.isWhitespace(near(at + 1));
  }

  private char near(int at) {
    return at < 0 || at >= text.length() ? ' ' : text.charAt(at);
  }

  private static boolean isMark(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }

  private static boolean isSymbol(int c) {
    return switch (Character.getType(c)) {
      case Character.MATH_SYMBOL, Character.CURRENCY_SYMBOL, Character.OTHER_SYMBOL -> true;
      default -> c == '%';
    };
  }
}
