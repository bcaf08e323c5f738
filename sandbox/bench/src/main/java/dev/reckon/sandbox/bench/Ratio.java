package dev.reckon.sandbox.bench;

import java.util.Locale;

/** Ratios in words. */
final class Ratio {
  private Ratio() {}

  /** Two significant places, and "1/x" below one. */
  static String shown(double ratio) {
    return ratio < 1
        ? String.format(Locale.ROOT, "1/%.1f", 1 / ratio)
        : String.format(Locale.ROOT, "%.1f times", ratio);
  }
}
