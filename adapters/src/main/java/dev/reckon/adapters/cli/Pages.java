package dev.reckon.adapters.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Shows what is longer than the window a page at a time: the first at once, the next ones on {@code
 * /more}. For use by one thread.
 */
final class Pages {
  /** What the hint and the next prompt take. */
  private static final int KEPT_FREE = 4;

  private static final int FEWEST_LINES = 8;

  private final Deque<String> rest = new ArrayDeque<>();

  /**
   * Shows what {@code draw} writes.
   *
   * @param rows of the window; 0 for everything at once
   */
  void show(Console console, int rows, Consumer<Console> draw) {
    rest.clear();
    if (rows == 0) {
      draw.accept(console);
      return;
    }
    ByteArrayOutputStream drawn = new ByteArrayOutputStream();
    try (PrintStream page = new PrintStream(drawn, false, StandardCharsets.UTF_8)) {
      draw.accept(console.withOut(page));
    }
    drawn.toString(StandardCharsets.UTF_8).lines().forEach(rest::add);
    next(console, rows);
  }

  /** Shows the next page; returns whether there was one. */
  boolean more(Console console, int rows) {
    if (rest.isEmpty()) {
      return false;
    }
    next(console, rows);
    return true;
  }

  private void next(Console console, int rows) {
    int fit = Math.max(FEWEST_LINES, rows - KEPT_FREE);
    // The last line takes no more room than the hint at it.
    fit += rest.size() == fit + 1 ? 1 : 0;
    for (int i = 0; i < fit && !rest.isEmpty(); i++) {
      console.out().println(rest.remove());
    }
    if (!rest.isEmpty()) {
      console.out().println(console.style().dim("… " + rest.size() + " more lines: /more"));
    }
  }
}
