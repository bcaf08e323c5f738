package dev.reckon.core.reply;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Programs in forms that no fence of their own marks: an interactive session, a span on one line,
 * the arguments of a call in tags, the input of an action. They are looked for only where a reply
 * holds no program otherwise. Blocks inside a quotation are made plain before. Linear in the reply.
 */
final class UnfencedCode {
  private static final List<String> OPENING =
      List.of("<parameter name=\"code\">", "<parameter=code>", "<parameter name='code'>");
  private static final String CLOSING = "</parameter>";
  private static final String ACTION = "action input:";
  private static final String OBSERVATION = "observation:";
  private static final String PROMPT = ">>>";
  private static final String CONTINUED = "...";

  private UnfencedCode() {}

  /** The text; where a block in it is quoted, without the marks of quotation. */
  static String unquoted(String text) {
    boolean quoted =
        text.lines().anyMatch(line -> line.startsWith("> ```") || line.startsWith(">```"));
    if (!quoted) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (String line : text.lines().toList()) {
      int from = !line.startsWith(">") || line.startsWith(PROMPT) ? 0 : 1;
      from += from == 1 && line.startsWith(" ", from) ? 1 : 0;
      plain.append(line, from, line.length()).append('\n');
    }
    return plain.toString();
  }

  /** The argument of a call in tags, in a reply without fences. */
  static Optional<String> inTags(String text) {
    return text.contains("```")
        ? Optional.empty()
        : argument(text).map(PythonSource::cleaned).filter(PythonText::isCode);
  }

  /** The program; empty when there is none in any of these forms. */
  static Optional<String> in(String text) {
    return argument(text)
        .or(() -> action(text))
        .or(() -> quotedFence(text.strip()))
        .or(() -> span(text.strip()))
        .or(() -> session(text))
        .map(PythonSource::cleaned)
        .filter(PythonText::isCode);
  }

  private static Optional<String> argument(String text) {
    for (String opening : OPENING) {
      int open = text.lastIndexOf(opening);
      if (open >= 0) {
        int from = open + opening.length();
        int to = text.indexOf(CLOSING, from);
        return Optional.of(unescaped(text.substring(from, to < 0 ? text.length() : to)));
      }
    }
    return Optional.empty();
  }

  /** Some servers write the argument as XML; a program about entities has signs of its own. */
  private static String unescaped(String argument) {
    return argument.indexOf('<') >= 0 || argument.indexOf('>') >= 0
        ? argument
        : argument
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&");
  }

  /** All of the reply between Python's quotes for strings of several lines, taken for fences. */
  private static Optional<String> quotedFence(String text) {
    for (String quotes : List.of("'''", "\"\"\"")) {
      String opening = quotes + "python\n";
      if (text.startsWith(opening)
          && text.endsWith(quotes)
          && text.length() > opening.length() + quotes.length()) {
        return Optional.of(text.substring(opening.length(), text.length() - quotes.length()));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> action(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    int action = lower.lastIndexOf(ACTION);
    if (action < 0 || lower.length() != text.length()) {
      return Optional.empty();
    }
    int from = action + ACTION.length();
    int to = lower.indexOf(OBSERVATION, from);
    return Optional.of(text.substring(from, to < 0 ? text.length() : to));
  }

  /** All of the reply between backquotes, with or without the language's name. */
  private static Optional<String> span(String text) {
    int marks = 0;
    while (marks < text.length() && text.charAt(marks) == '`') {
      marks++;
    }
    int end = text.length() - marks;
    if (marks == 0 || end <= marks || !text.endsWith("`".repeat(marks))) {
      return Optional.empty();
    }
    String inner = text.substring(marks, end);
    int blank = inner.indexOf(' ');
    if (blank > 0 && PythonText.LANGUAGES.contains(inner.substring(0, blank))) {
      inner = inner.substring(blank + 1);
    }
    return inner.indexOf('`') < 0 && inner.indexOf('\n') < 0
        ? Optional.of(inner.strip())
        : Optional.empty();
  }

  /** What was typed in an interactive session, without prompts and what was printed. */
  private static Optional<String> session(String text) {
    StringBuilder typed = new StringBuilder();
    boolean prompted = false;
    for (String line : text.lines().toList()) {
      if (line.startsWith(PROMPT)) {
        typed.append(after(line, PROMPT)).append('\n');
        prompted = true;
      } else if (prompted && line.startsWith(CONTINUED)) {
        String more = after(line, CONTINUED);
        typed.append(more.isBlank() ? "" : more + "\n"); // a blank line ends a block there
      } else {
        prompted = false;
      }
    }
    return typed.isEmpty() ? Optional.empty() : Optional.of(typed.toString().stripTrailing());
  }

  private static String after(String line, String prompt) {
    int from = prompt.length();
    return line.substring(line.startsWith(" ", from) ? from + 1 : from);
  }
}
