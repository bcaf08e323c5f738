package dev.reckon.files.table;

import java.util.ArrayList;
import java.util.List;

/**
 * Goes through delimited text record by record. Lenient where real files are broken: what follows a
 * closing quote belongs to the value, and a quote that never closes is an ordinary character.
 *
 * <p>One pass over the text; no more than a given number of values is kept of one record. Not
 * thread-safe.
 */
public final class RecordScanner {
  private final CharSequence text;
  private final Dialect dialect;
  private final int mostColumns;
  private final List<String> values = new ArrayList<>();
  private final StringBuilder unquoted = new StringBuilder();

  private int at;
  private long nextLine = 1;
  private long line;
  private int width;
  private int quotedValues;
  private int strayQuotes;
  private boolean someQuoteNeverCloses;

  /**
   * A scanner at the start of the text.
   *
   * @param mostColumns values that are kept of one record; further ones are counted only
   */
  public RecordScanner(CharSequence text, Dialect dialect, int mostColumns) {
    this.text = text;
    this.dialect = dialect;
    this.mostColumns = mostColumns;
  }

  /** Reads the next record, comments left out; false at the end. A blank line has no values. */
  public boolean next() {
    while (dialect.comment() != 0 && at < text.length() && text.charAt(at) == dialect.comment()) {
      skipLine();
    }
    if (at >= text.length()) {
      return false;
    }
    values.clear();
    width = 0;
    quotedValues = 0;
    strayQuotes = 0;
    line = nextLine;
    if (endsLine(text.charAt(at))) {
      passLineEnd();
      return true;
    }
    do {
      value();
      width++;
    } while (passDelimiter());
    passLineEnd();
    return true;
  }

  /** The values of the record; valid until the next call of {@link #next}. */
  public List<String> values() {
    return values;
  }

  /** How many values the record has, those that are not kept included. */
  public int width() {
    return width;
  }

  /** The line on which the record begins, from 1. */
  public long line() {
    return line;
  }

  /** The line after the record. */
  public long nextLine() {
    return nextLine;
  }

  /** How many characters of the text have been read. */
  public int position() {
    return at;
  }

  int quotedValues() {
    return quotedValues;
  }

  /** Quotes in the record that neither begin nor end a value. */
  int strayQuotes() {
    return strayQuotes;
  }

  private void value() {
    int start = at;
    if (dialect.quote() != 0 && !someQuoteNeverCloses && beginsQuoted()) {
      if (quoted()) {
        quotedValues++;
        return;
      }
      someQuoteNeverCloses = true;
      at = start;
    }
    unquoted.setLength(0);
    int from = at;
    while (at < text.length()) {
      char c = text.charAt(at);
      if ((c == dialect.delimiter() && c != 0) || endsLine(c)) {
        break;
      }
      if (c == dialect.escape() && c != 0 && at + 1 < text.length()) {
        unquoted.append(text, from, at);
        at++;
        from = at;
        if (endsLine(text.charAt(at))) {
          break;
        }
      } else if (c == dialect.quote() && c != 0) {
        strayQuotes++;
      }
      at++;
    }
    if (values.size() < mostColumns) {
      values.add(unquoted.append(text, from, at).toString());
    }
  }

  /** Blanks may stand between a delimiter and a quote. */
  private boolean beginsQuoted() {
    int i = at;
    while (i < text.length() && text.charAt(i) == ' ' && dialect.delimiter() != ' ') {
      i++;
    }
    if (i < text.length() && text.charAt(i) == dialect.quote()) {
      at = i + 1;
      return true;
    }
    return false;
  }

  private boolean quoted() {
    unquoted.setLength(0);
    long lines = 0;
    int from = at;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == dialect.escape() && c != 0 && at + 1 < text.length()) {
        unquoted.append(text, from, at);
        from = at + 1;
        at += 2;
      } else if (c == dialect.quote()) {
        unquoted.append(text, from, at);
        at++;
        if (at < text.length() && text.charAt(at) == dialect.quote()) {
          from = at;
          at++;
        } else {
          nextLine += lines;
          afterQuote();
          return true;
        }
      } else {
        lines += isLineEnd(at) ? 1 : 0;
        at++;
      }
    }
    return false;
  }

  private void afterQuote() {
    int from = at;
    boolean blank = true;
    while (at < text.length()) {
      char c = text.charAt(at);
      if ((c == dialect.delimiter() && c != 0) || endsLine(c)) {
        break;
      }
      blank &= c == ' ';
      strayQuotes += c == dialect.quote() ? 1 : 0;
      at++;
    }
    if (!blank) {
      strayQuotes++;
      unquoted.append(text, from, at);
    }
    if (values.size() < mostColumns) {
      values.add(unquoted.toString());
    }
  }

  private boolean passDelimiter() {
    if (at < text.length() && text.charAt(at) == dialect.delimiter() && dialect.delimiter() != 0) {
      at++;
      if (dialect.delimiter() == ' ') {
        // Columns aligned by blanks: any number of them is one delimiter.
        while (at < text.length() && text.charAt(at) == ' ') {
          at++;
        }
        return at < text.length() && !endsLine(text.charAt(at));
      }
      return true;
    }
    return false;
  }

  private void passLineEnd() {
    if (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\r' && at < text.length() && text.charAt(at) == '\n') {
        at++;
      }
      nextLine++;
    }
  }

  private void skipLine() {
    while (at < text.length() && !endsLine(text.charAt(at))) {
      at++;
    }
    passLineEnd();
  }

  private boolean isLineEnd(int i) {
    char c = text.charAt(i);
    return c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'));
  }

  private static boolean endsLine(char c) {
    return c == '\n' || c == '\r';
  }
}
