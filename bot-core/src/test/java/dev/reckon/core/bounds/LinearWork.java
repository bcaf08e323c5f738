package dev.reckon.core.bounds;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Feeds a function the same text n, 4n and 16n characters long and compares its work: characters
 * read through a {@link CountingText}, and bytes allocated by the thread. Linear work grows by 4,
 * quadratic work by 16. A function that turns its input into a string at once is seen by its
 * allocations only.
 */
public final class LinearWork {
  private static final int SMALLEST = 1_000;
  private static final double MOST_GROWTH = 7;

  /** Less than that is noise: class loading, buffers of a fixed size. */
  private static final long NOISE_BYTES = 200_000;

  private static final long NOISE_READS = 1_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private LinearWork() {}

  private record Work(long reads, long bytes) {}

  /** Repeats each piece, alone and in a line of its own, and fails on the first that is worse. */
  public static void check(String name, List<String> pieces, Consumer<CharSequence> function) {
    for (String piece : pieces) {
      for (String repeated :
          List.of(piece, piece + "\n", "x = 1\n" + piece + "\n", piece + " a ")) {
        check(name, repeated, function);
      }
    }
  }

  private static void check(String name, String piece, Consumer<CharSequence> function) {
    check(name + " on " + shown(piece), length -> text(piece, length), function);
  }

  /**
   * The same for texts that repeat nothing.
   *
   * @param text of about a length
   */
  public static void check(String name, IntFunction<String> text, Consumer<CharSequence> function) {
    measured(text.apply(SMALLEST), function);
    Work small = measured(text.apply(SMALLEST), function);
    Work middle = measured(text.apply(4 * SMALLEST), function);
    Work large = measured(text.apply(16 * SMALLEST), function);
    for (Work[] pair : new Work[][] {{small, middle}, {middle, large}}) {
      assertTrue(
          grows(pair[0].reads(), pair[1].reads(), NOISE_READS)
              && grows(pair[0].bytes(), pair[1].bytes(), NOISE_BYTES),
          () -> name + ": " + small + ", " + middle + ", " + large);
    }
  }

  private static boolean grows(long less, long more, long noise) {
    return more <= MOST_GROWTH * Math.max(less, noise);
  }

  private static Work measured(String text, Consumer<CharSequence> function) {
    CountingText counting = new CountingText(text);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    function.accept(counting);
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    return new Work(counting.reads(), bytes);
  }

  private static String text(String piece, int length) {
    return piece.repeat(length / piece.length() + 1);
  }

  private static String shown(String piece) {
    return "'" + piece.replace("\n", "\\n") + "'";
  }
}
