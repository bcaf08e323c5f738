package dev.reckon.adapters.cli;

import dev.reckon.core.surface.render.PythonSpans;
import java.util.function.UnaryOperator;

/** Python source in colours, line by line so that each can have a margin. */
final class Highlighter {
  private Highlighter() {}

  static String painted(String source, TextStyle style) {
    if (!style.colour()) {
      return source;
    }
    StringBuilder painted = new StringBuilder();
    for (PythonSpans.Span span : PythonSpans.of(source)) {
      painted.append(
          switch (span.kind()) {
            case COMMENT -> style.dim(span.text());
            case STRING -> lines(span.text(), style::green);
            case KEYWORD -> style.magenta(span.text());
            case NUMBER -> style.cyan(span.text());
            case OTHER -> span.text();
          });
    }
    return painted.toString();
  }

  private static String lines(String text, UnaryOperator<String> colour) {
    StringBuilder lines = new StringBuilder();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      lines.append(colour.apply(text.substring(start, end))).append('\n');
      start = end + 1;
    }
    return lines.append(colour.apply(text.substring(start))).toString();
  }
}
