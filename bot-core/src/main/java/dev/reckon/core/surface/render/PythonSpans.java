package dev.reckon.core.surface.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Splits Python source into what surfaces colour. One pass from left to right, linear whatever the
 * text is; where it is unsure it leaves text as it is.
 */
public final class PythonSpans {
  private static final Set<String> KEYWORDS =
      Pattern.compile("\\s+")
          .splitAsStream(
              """
              and as assert async await break case class continue def del elif else except finally
              for from global if import in is lambda match nonlocal not or pass raise return try
              while with yield True False None
              """)
          .collect(Collectors.toUnmodifiableSet());

  private static final String PREFIXES = "rbuftRBUFT";
  private static final int LONGEST_PREFIX = 2;

  private final String source;
  private final List<Span> spans = new ArrayList<>();
  private int plain;
  private int at;

  private PythonSpans(String source) {
    this.source = source;
  }

  /** A piece of the source. */
  public record Span(Kind kind, String text) {
    /** What it is. */
    public enum Kind {
      COMMENT,
      STRING,
      KEYWORD,
      NUMBER,
      OTHER
    }
  }

  /** The pieces in their order; together they are the source. */
  public static List<Span> of(String source) {
    PythonSpans spans = new PythonSpans(source);
    spans.read();
    return spans.spans;
  }

  private void read() {
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == '#') {
        add(Span.Kind.COMMENT, endOfLine(at));
      } else if (c == '"' || c == '\'') {
        add(Span.Kind.STRING, endOfString(at));
      } else if (Character.isDigit(c)) {
        add(Span.Kind.NUMBER, endOfNumber(at));
      } else if (isWord(c)) {
        word(endOfWord(at));
      } else {
        at++;
      }
    }
    flush(source.length());
  }

  private void word(int end) {
    if (isPrefix(end)) {
      add(Span.Kind.STRING, endOfString(end));
    } else if (KEYWORDS.contains(source.substring(at, end))) {
      add(Span.Kind.KEYWORD, end);
    } else {
      at = end;
    }
  }

  /** Whether the word from here to there is the prefix of a string, as in {@code rb"..."}. */
  private boolean isPrefix(int end) {
    return end - at <= LONGEST_PREFIX
        && end < source.length()
        && (source.charAt(end) == '"' || source.charAt(end) == '\'')
        && source.substring(at, end).chars().allMatch(c -> PREFIXES.indexOf(c) >= 0);
  }

  private void add(Span.Kind kind, int end) {
    flush(at);
    spans.add(new Span(kind, source.substring(at, end)));
    at = end;
    plain = end;
  }

  private void flush(int end) {
    if (plain < end) {
      spans.add(new Span(Span.Kind.OTHER, source.substring(plain, end)));
      plain = end;
    }
  }

  private int endOfLine(int from) {
    int end = source.indexOf('\n', from);
    return end < 0 ? source.length() : end;
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private int endOfWord(int from) {
    int end = from + 1;
    while (end < source.length() && isWord(source.charAt(end))) {
      end++;
    }
    return end;
  }

  /** With a fraction; the sign of an exponent ends it, which no reader minds. */
  private int endOfNumber(int from) {
    int end = endOfWord(from);
    boolean fraction =
        end + 1 < source.length()
            && source.charAt(end) == '.'
            && Character.isDigit(source.charAt(end + 1));
    return fraction ? endOfWord(end + 1) : end;
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
