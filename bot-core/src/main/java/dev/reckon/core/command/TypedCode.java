package dev.reckon.core.command;

/**
 * Restores Python code that keyboards and chat clients have changed: typographic quotes that
 * delimit a string become straight ones, and no-break spaces become spaces. Inside strings and
 * comments everything stays as it is. Linear in the code's length.
 */
final class TypedCode {
  private static final String DOUBLE = "\"\u201C\u201D\u201E\u201F";
  private static final String SINGLE = "'\u2018\u2019\u201A\u201B";
  private static final String SPACES = "\u00A0\u2007\u202F";

  private final String code;
  private final StringBuilder straight;
  private int at;

  private TypedCode(String code) {
    this.code = code;
    this.straight = new StringBuilder(code.length());
  }

  /** The code as Python has to see it. */
  static String straightened(String code) {
    return new TypedCode(code).straightened();
  }

  private String straightened() {
    while (at < code.length()) {
      char c = code.charAt(at);
      if (c == '#') {
        copyTo(endOfLine(at));
      } else if (isQuote(at, DOUBLE)) {
        string(DOUBLE);
      } else if (isQuote(at, SINGLE)) {
        string(SINGLE);
      } else {
        straight.append(SPACES.indexOf(c) >= 0 ? ' ' : c);
        at++;
      }
    }
    return straight.toString();
  }

  private void string(String quotes) {
    boolean triple = isTriple(at, quotes);
    int width = triple ? 3 : 1;
    int close = triple ? closingTriple(at + width, quotes) : closing(at, quotes);
    delimiter(quotes, width);
    if (close < 0) {
      copyTo(triple ? code.length() : endOfLine(at));
    } else {
      copyTo(close);
      delimiter(quotes, width);
    }
  }

  private void delimiter(String quotes, int width) {
    straight.repeat(quotes.charAt(0), width);
    at += width;
  }

  private void copyTo(int end) {
    straight.append(code, at, end);
    at = end;
  }

  /**
   * Where the string that opens here closes, or -1. One that opens with a straight quote closes
   * with one; with a typographic quote only where its line has no straight one.
   */
  private int closing(int open, String quotes) {
    boolean typographic = !isStraight(open);
    int candidate = -1;
    for (int i = open + 1; i < code.length() && code.charAt(i) != '\n'; i++) {
      if (code.charAt(i) == '\\') {
        i++;
      } else if (isQuote(i, quotes)) {
        if (typographic || isStraight(i)) {
          return i;
        }
        candidate = candidate < 0 ? i : candidate;
      }
    }
    return candidate;
  }

  private int closingTriple(int from, String quotes) {
    for (int i = from; i < code.length(); i++) {
      if (code.charAt(i) == '\\') {
        i++;
      } else if (isTriple(i, quotes)) {
        return i;
      }
    }
    return -1;
  }

  /** Three quotes, all of them straight or all of them typographic. */
  private boolean isTriple(int i, String quotes) {
    return isQuote(i, quotes)
        && isQuote(i + 1, quotes)
        && isQuote(i + 2, quotes)
        && isStraight(i) == isStraight(i + 1)
        && isStraight(i) == isStraight(i + 2);
  }

  private boolean isStraight(int i) {
    return code.charAt(i) == '"' || code.charAt(i) == '\'';
  }

  private boolean isQuote(int i, String quotes) {
    return i < code.length() && quotes.indexOf(code.charAt(i)) >= 0;
  }

  private int endOfLine(int from) {
    int end = code.indexOf('\n', from);
    return end < 0 ? code.length() : end;
  }
}
