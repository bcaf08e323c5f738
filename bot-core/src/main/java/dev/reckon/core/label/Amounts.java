package dev.reckon.core.label;

import dev.reckon.core.message.Language;
import java.time.Duration;
import java.util.Locale;

/** Sizes and durations as people read them. */
public final class Amounts {
  private static final long KILO = 1000;
  private static final long MEGA = KILO * KILO;

  private Amounts() {}

  /** A size in decimal units, such as {@code 96 bytes}, {@code 48.2 KB} or {@code 61 MB}. */
  public static String size(long bytes) {
    return size(bytes, Language.ENGLISH);
  }

  /** The same with the decimal sign of a language, such as {@code 48,2 KB}. */
  public static String size(long bytes, Language language) {
    if (bytes < KILO) {
      return bytes == 1 ? "1 byte" : bytes + " bytes";
    }
    return bytes < MEGA
        ? scaled(bytes, KILO, "KB", language.locale())
        : scaled(bytes, MEGA, "MB", language.locale());
  }

  private static String scaled(long bytes, long unit, String name, Locale locale) {
    boolean whole = bytes % unit == 0 || bytes >= 100 * unit;
    return whole
        ? String.format(locale, "%,d %s", bytes / unit, name)
        : String.format(locale, "%.1f %s", bytes / (double) unit, name);
  }

  /** A duration, such as {@code 4.2 ms}, {@code 380 ms} or {@code 6.2 s}. */
  public static String duration(Duration duration) {
    return duration(duration, Language.ENGLISH);
  }

  /** The same with the decimal sign of a language, such as {@code 6,2 s}. */
  public static String duration(Duration duration, Language language) {
    double ms = duration.toNanos() / 1e6;
    if (ms < 1000) {
      return String.format(language.locale(), ms < 10 ? "%.1f ms" : "%.0f ms", ms);
    }
    return String.format(language.locale(), ms % 1000 == 0 ? "%.0f s" : "%.1f s", ms / 1000);
  }
}
