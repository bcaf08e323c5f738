package dev.reckon.core.turn;

import java.util.List;
import java.util.Optional;

/**
 * The line {@code RESULT: <JSON>} that generated programs end with, for what compares results: a
 * second program, an alert. People and the judge do not see it.
 */
public final class ResultLine {
  /** What the line begins with. */
  public static final String LABEL = "RESULT:";

  private ResultLine() {}

  /** The JSON text after the label, where the last line of the output is such a line. */
  public static Optional<String> of(String output) {
    List<String> lines = output.stripTrailing().lines().toList();
    return lines.isEmpty() || !lines.getLast().startsWith(LABEL)
        ? Optional.empty()
        : Optional.of(lines.getLast().substring(LABEL.length()).strip());
  }

  /** The output without such a line, unless there is nothing else. */
  public static String removed(String output) {
    if (of(output).isEmpty()) {
      return output;
    }
    String text = output.stripTrailing();
    String rest = text.substring(0, Math.max(0, text.lastIndexOf('\n')));
    return rest.isBlank() ? output : rest + "\n";
  }
}
