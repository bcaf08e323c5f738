package dev.reckon.core.reply;

/**
 * Makes a program out of what a model typed: notebook commands go, and the blanks, minus signs and
 * quotation marks of typesetters become Python's. What is in strings and comments stays as it is.
 */
final class PythonSource {
  private static final String BLANKS = "\u00a0\u1680\u202f\u205f\u3000";
  private static final String NOTHING = "\u200b\u200c\u200d\u2060\ufeff\u00ad";
  private static final String DOUBLE = "“”„‟«»＂";
  private static final String SINGLE = "‘’‚‛";
  private static final String OTHERS = "−–（），：；［］";
  private static final String PLAIN = "--(),:;[]";

  private PythonSource() {}

  static String cleaned(CharSequence typed) {
    StringBuilder out = new StringBuilder(typed.length());
    PythonScanner python = new PythonScanner();
    int at = 0;
    while (at < typed.length()) {
      boolean lineBegins = at == 0 || typed.charAt(at - 1) == '\n';
      char c = typed.charAt(at);
      if (lineBegins && python.betweenStatements() && (c == '!' || c == '%')) {
        at = lineEnd(typed, at);
      } else if (python.inCode() && isQuote(c)) {
        at = straightened(typed, at, out);
      } else if (python.inCode() && c > 127 && !Character.isLetterOrDigit(c)) {
        out.append(plain(c));
        at++;
      } else {
        int next = python.step(typed, at);
        out.append(typed, at, next);
        at = next;
      }
    }
    return out.toString();
  }

  private static int lineEnd(CharSequence text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n') {
      at++;
    }
    return at;
  }

  private static boolean isQuote(char c) {
    return DOUBLE.indexOf(c) >= 0 || SINGLE.indexOf(c) >= 0;
  }

  private static String plain(char c) {
    int other = OTHERS.indexOf(c);
    if (other >= 0) {
      return PLAIN.substring(other, other + 1);
    }
    if (NOTHING.indexOf(c) >= 0) {
      return "";
    }
    boolean blank = BLANKS.indexOf(c) >= 0 || (c >= '\u2000' && c <= '\u200a');
    return blank ? " " : String.valueOf(c);
  }

  /** A string in typographic marks, up to its closing mark on the same line. */
  private static int straightened(CharSequence typed, int from, StringBuilder out) {
    boolean pair = DOUBLE.indexOf(typed.charAt(from)) >= 0;
    char mark = pair ? '"' : '\'';
    out.append(mark);
    for (int at = from + 1; at < typed.length() && typed.charAt(at) != '\n'; at++) {
      char c = typed.charAt(at);
      if (c == '\\' && at + 1 < typed.length()) {
        out.append(c).append(typed.charAt(++at));
      } else if ((pair ? DOUBLE : SINGLE).indexOf(c) >= 0
          && !(c == '’' && isApostrophe(typed, at))) {
        out.append(mark);
        return at + 1;
      } else {
        out.append(c == mark ? "\\" : "").append(c);
      }
    }
    return lineEnd(typed, from);
  }

  private static boolean isApostrophe(CharSequence text, int at) {
    return at + 1 < text.length()
        && Character.isLetter(text.charAt(at - 1))
        && Character.isLetter(text.charAt(at + 1));
  }
}
