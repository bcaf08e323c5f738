package dev.reckon.adapters.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Python source in colours. One pass from left to right, linear whatever the text is; where it is
 * unsure it leaves text as it is.
 */
final class CodeView {
  private static final Set<String> KEYWORDS =
      Set.of(
          "and",
          "as",
          "assert",
          "async",
          "await",
          "break",
          "case",
          "class",
          "continue",
          "def",
          "del",
          "elif",
          "else",
          "except",
          "finally",
          "for",
          "from",
          "global",
          "if",
          "import",
          "in",
          "is",
          "lambda",
          "match",
          "nonlocal",
          "not",
          "or",
          "pass",
          "raise",
          "return",
          "try",
          "while",
          "with",
          "yield",
          "True",
          "False",
          "None");

  private final String source;
  private final List<Html> parts = new ArrayList<>();
  private int plain;
  private int at;

  private CodeView(String source) {
    this.source = source;
  }

  /** A box with the program. */
  static Element box(String source) {
    return Html.el("pre", "code").attr("tabindex", 0).add(Html.el("code").add(spans(source)));
  }

  /** The program's text in spans of what it is made of. */
  static List<Html> spans(String source) {
    CodeView view = new CodeView(source);
    view.read();
    return view.parts;
  }

  private void read() {
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == '#') {
        part("c", endOfLine(at));
      } else if (c == '"' || c == '\'') {
        part("s", endOfString(at));
      } else if (Character.isDigit(c)) {
        part("n", endOfWord(at));
      } else if (Character.isLetter(c) || c == '_') {
        int end = endOfWord(at);
        if (KEYWORDS.contains(source.substring(at, end))) {
          part("k", end);
        } else {
          at = end;
        }
      } else {
        at++;
      }
    }
    flush(source.length());
  }

  private void part(String kind, int end) {
    flush(at);
    parts.add(Html.el("span", kind).text(source.substring(at, end)));
    at = end;
    plain = end;
  }

  private void flush(int end) {
    if (plain < end) {
      parts.add(Html.text(source.substring(plain, end)));
      plain = end;
    }
  }

  private int endOfLine(int from) {
    int end = source.indexOf('\n', from);
    return end < 0 ? source.length() : end;
  }

  private int endOfWord(int from) {
    int end = from + 1;
    while (end < source.length()
        && (Character.isLetterOrDigit(source.charAt(end)) || source.charAt(end) == '_')) {
      end++;
    }
    return end;
  }

  private int endOfString(int from) {
    char quote = source.charAt(from);
    String triple = String.valueOf(quote).repeat(3);
    if (source.startsWith(triple, from)) {
      int end = source.indexOf(triple, from + 3);
      return end < 0 ? source.length() : end + 3;
    }
    for (int end = from + 1; end < source.length(); end++) {
      char c = source.charAt(end);
      if (c == '\\') {
        end++;
      } else if (c == quote) {
        return end + 1;
      } else if (c == '\n') {
        return end;
      }
    }
    return source.length();
  }
}
