package dev.reckon.core.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A line as words and numbers, in order. Reading takes one pass.
 *
 * @param tokens words in lower case, and numbers
 * @param signs other characters that may say something
 */
record Sentence(List<Token> tokens, Set<Character> signs) {
  /** Signs that a sentence may take from the text that it is about. */
  static final String UNITS = "$€£¥%°";

  private static final String CLAIMING = "<>≤≥≠=±×÷*^|?";
  private static final int LONGEST_EXPONENT = 4;

  /** A word or a number. */
  sealed interface Token {}

  /** A word, with all its forms. */
  record Word(String text, Set<String> forms) implements Token {}

  /** A number. */
  record Numeral(PrintedNumber number) implements Token {}

  /**
   * Reads a line.
   *
   * @param continental whether numbers may have a decimal comma
   */
  static Sentence of(String text, boolean continental) {
    List<Token> tokens = new ArrayList<>();
    Set<Character> signs = new HashSet<>();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (isDigit(c) || isSign(text, at)) {
        int end = numberEnd(text, isDigit(c) ? at : at + 1);
        tokens.add(new Numeral(number(text, at, end, continental)));
        at = end;
      } else if (Character.isLetter(c)) {
        int end = wordEnd(text, at);
        String word = text.substring(at, end).toLowerCase(Locale.ROOT).replace('’', '\'');
        tokens.add(new Word(word, ClaimWords.forms(word)));
        at = end;
      } else {
        if (UNITS.indexOf(c) >= 0 || CLAIMING.indexOf(c) >= 0) {
          signs.add(c);
        }
        at++;
      }
    }
    return new Sentence(List.copyOf(tokens), Set.copyOf(signs));
  }

  /** Whether a sign occurs in it that compares or computes. */
  boolean claimsBySign() {
    return signs.stream().anyMatch(c -> CLAIMING.indexOf(c) >= 0);
  }

  List<PrintedNumber> numbers() {
    List<PrintedNumber> numbers = new ArrayList<>();
    for (Token token : tokens) {
      if (token instanceof Numeral(PrintedNumber number)) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  List<Word> words() {
    List<Word> words = new ArrayList<>();
    for (Token token : tokens) {
      if (token instanceof Word word) {
        words.add(word);
      }
    }
    return words;
  }

  private static PrintedNumber number(String text, int from, int to, boolean continental) {
    int next = to;
    while (next < text.length() && next < to + 2 && isGap(text.charAt(next))) {
      next++;
    }
    boolean percent = next < text.length() && text.charAt(next) == '%';
    String word =
        next < text.length() && Character.isLetter(text.charAt(next))
            ? text.substring(next, wordEnd(text, next)).toLowerCase(Locale.ROOT)
            : "";
    return PrintedNumber.of(
        text.substring(from, to),
        continental,
        percent || word.equals("percent") || word.equals("prozent"),
        word);
  }

  /** A plus or minus before a digit, and not between two things. */
  private static boolean isSign(String text, int at) {
    return "+-−".indexOf(text.charAt(at)) >= 0
        && at + 1 < text.length()
        && isDigit(text.charAt(at + 1))
        && (at == 0 || " \t([|:;,=$€£".indexOf(text.charAt(at - 1)) >= 0);
  }

  private static int numberEnd(String text, int from) {
    int at = from;
    while (at < text.length()
        && (isDigit(text.charAt(at))
            || ((text.charAt(at) == '.' || text.charAt(at) == ',')
                && at + 1 < text.length()
                && isDigit(text.charAt(at + 1))))) {
      at++;
    }
    int exponent = at;
    if (exponent < text.length()
        && (text.charAt(exponent) == 'e' || text.charAt(exponent) == 'E')) {
      exponent++;
      if (exponent < text.length() && "+-".indexOf(text.charAt(exponent)) >= 0) {
        exponent++;
      }
      int digits = exponent;
      while (exponent < text.length() && isDigit(text.charAt(exponent))) {
        exponent++;
      }
      boolean word = exponent < text.length() && Character.isLetter(text.charAt(exponent));
      if (exponent > digits && exponent - digits < LONGEST_EXPONENT && !word) {
        return exponent;
      }
    }
    return at;
  }

  /** Letters and digits; an apostrophe before a t belongs to "isn't". */
  private static int wordEnd(String text, int from) {
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean part =
          Character.isLetterOrDigit(c)
              || Character.getType(c) == Character.NON_SPACING_MARK
              || ((c == '\'' || c == '’') && at + 1 < text.length() && text.charAt(at + 1) == 't');
      if (!part) {
        break;
      }
      at++;
    }
    return at;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isGap(char c) {
    return c == ' ' || c == '\u00A0' || c == '\u202F';
  }
}
