package dev.reckon.core.reply;

/**
 * Knows where in a Python text a position is: in code, in a string, or in a comment. It reads
 * forward, one unit at a time (a character, a quotation mark, an escape), and never back. A string
 * of one line ends with its line, as Python's tokenizer has it, so an apostrophe in prose does no
 * harm beyond its line. Not safe for use by several threads.
 */
final class PythonScanner {
  private static final String OPENING = "([{";
  private static final String CLOSING = ")]}";

  /** The quotation mark of the string that the position is in, or 0. */
  private char quote;

  private boolean triple;
  private boolean comment;
  private boolean continued;
  private int depth;

  boolean inString() {
    return quote != 0;
  }

  boolean inTripleString() {
    return quote != 0 && triple;
  }

  boolean inComment() {
    return comment;
  }

  boolean inCode() {
    return quote == 0 && !comment;
  }

  /** Whether a statement can begin here, if a line does. */
  boolean betweenStatements() {
    return inCode() && depth == 0 && !continued;
  }

  /** Takes the unit at a position in, and returns the position after it. */
  int step(CharSequence text, int at) {
    char c = text.charAt(at);
    if (comment) {
      comment = c != '\n';
      return at + 1;
    }
    if (quote != 0) {
      return stepInString(text, at, c);
    }
    if (c == '\n') {
      continued = false;
    } else if (c == '\\') {
      boolean endsLine = at + 1 < text.length() && text.charAt(at + 1) == '\n';
      continued = endsLine;
      return endsLine ? at + 2 : at + 1;
    } else if (!Character.isWhitespace(c)) {
      continued = false;
    }
    if (c == '#') {
      comment = true;
    } else if (c == '"' || c == '\'') {
      quote = c;
      triple = isTriple(text, at);
      return at + (triple ? 3 : 1);
    } else if (OPENING.indexOf(c) >= 0) {
      depth++;
    } else if (CLOSING.indexOf(c) >= 0) {
      depth = Math.max(0, depth - 1);
    }
    return at + 1;
  }

  private int stepInString(CharSequence text, int at, char c) {
    if (c == '\\') {
      return Math.min(at + 2, text.length());
    }
    if (c == '\n' && !triple) {
      quote = 0;
    } else if (c == quote && (!triple || isTriple(text, at))) {
      int length = triple ? 3 : 1;
      quote = 0;
      return at + length;
    }
    return at + 1;
  }

  private static boolean isTriple(CharSequence text, int at) {
    return at + 2 < text.length()
        && text.charAt(at + 1) == text.charAt(at)
        && text.charAt(at + 2) == text.charAt(at);
  }
}
