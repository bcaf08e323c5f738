package dev.reckon.adapters.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a message: one line, or several from an opening fence of code to its end. */
final class FencedMessage {
  private static final String FENCE = "```";

  /** Where lines come from. */
  interface Lines {
    /**
     * The next line.
     *
     * @param inside whether a fence is open
     * @return the line, or null at the end
     */
    @Nullable String next(boolean inside) throws IOException;
  }

  private FencedMessage() {}

  /**
   * The next message, or null at the end.
   *
   * @param most characters; a message ends with the line that reaches them
   */
  static @Nullable String read(Lines lines, int most) throws IOException {
    String line = lines.next(false);
    if (line == null) {
      return null;
    }
    StringBuilder message = new StringBuilder(line);
    int fences = fences(line);
    while (fences % 2 == 1 && message.length() < most) {
      line = lines.next(true);
      if (line == null) {
        break;
      }
      message.append('\n').append(line);
      fences += fences(line);
    }
    return message.toString();
  }

  private static int fences(String line) {
    int count = 0;
    for (int at = line.indexOf(FENCE); at >= 0; at = line.indexOf(FENCE, at + FENCE.length())) {
      count++;
    }
    return count;
  }
}
