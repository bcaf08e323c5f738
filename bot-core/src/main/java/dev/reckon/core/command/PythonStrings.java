package dev.reckon.core.command;

import java.util.List;
import java.util.regex.Pattern;

/** The string literals of a program, found by their quotes. */
final class PythonStrings {
  private static final Pattern LITERAL = Pattern.compile("\"([^\"\\\\\\n]*)\"|'([^'\\\\\\n]*)'");

  private PythonStrings() {}

  /** Their contents, each once, in order of appearance. */
  static List<String> in(String code) {
    return LITERAL
        .matcher(code)
        .results()
        .map(match -> match.group(1) != null ? match.group(1) : match.group(2))
        .filter(text -> !text.isBlank())
        .distinct()
        .toList();
  }
}
