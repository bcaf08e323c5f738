package dev.reckon.sandbox.attacks;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One attack of the catalogue in {@code src/test/resources/attacks}.
 *
 * @param number its place in the catalogue, such as {@code 93b}
 * @param name what it tries, in words
 * @param group the catalogue's chapter
 * @param isNative whether it needs native code, which only the second engine has
 * @param expected the endings that count as withstood; empty when it cannot be tried
 * @param onCPython the same for the second engine
 * @param prints text that must be in the output, or empty
 * @param alone the layers that are tried alone as well
 * @param often whether every build tries it
 * @param notHere why it is not tried, or empty
 * @param code Python
 */
record Attack(
    String number,
    String name,
    String group,
    boolean isNative,
    List<Ending> expected,
    List<Ending> onCPython,
    String prints,
    Set<Layer> alone,
    boolean often,
    String notHere,
    String code) {
  private static final Duration SHORT = Duration.ofSeconds(2);

  /** Far above what an attack takes that ends in another way, since machines have other work. */
  private static final Duration LONG = Duration.ofMinutes(2);

  Attack {
    expected = List.copyOf(expected);
    onCPython = List.copyOf(onCPython);
    alone = Set.copyOf(alone);
    if (notHere.isEmpty() == expected.isEmpty()) {
      throw new IllegalArgumentException(number + " needs either expectations or a reason");
    }
  }

  /** What is attacked, where it is not the first engine with all of its layers. */
  enum Layer {
    CONTEXT,
    KERNEL,
    /** The second engine, with all that confines it. */
    CPYTHON,
    /** The second engine where the system forbids name spaces. */
    UNNAMESPACED;

    /** Whether it is the second engine that is attacked. */
    boolean isCPython() {
      return this == CPYTHON || this == UNNAMESPACED;
    }
  }

  /** How a run can end, as far as an attack tells them apart. */
  enum Ending {
    /** Completed, and did no harm. */
    HARMLESS,
    /** Failed with an error of Python's, or for something that is not here. */
    REFUSED,
    TIME_LIMIT,
    MEMORY_LIMIT,
    OUTPUT_LIMIT,
    /** Its worker died of it. */
    LOST;

    String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  boolean isTried() {
    return notHere.isEmpty();
  }

  /**
   * The endings that count as withstood.
   *
   * @param alone the layer that stands alone, or null for all of them
   */
  List<Ending> expected(@Nullable Layer alone) {
    return alone != null && alone.isCPython() ? onCPython : expected;
  }

  /** How long it may run: shortly, where it may be over only when time is. */
  Duration wallTime(@Nullable Layer alone) {
    return expected(alone).contains(Ending.TIME_LIMIT) ? SHORT : LONG;
  }
}
