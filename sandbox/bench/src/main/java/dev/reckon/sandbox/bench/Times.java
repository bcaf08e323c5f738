package dev.reckon.sandbox.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Durations of one thing, done many times; not thread-safe. */
final class Times {
  private final List<Long> nanos = new ArrayList<>();

  void add(long duration) {
    nanos.add(duration);
  }

  /**
   * The duration that this share of all does not exceed, in milliseconds.
   *
   * @param share from 0 to 1
   */
  double ms(double share) {
    List<Long> sorted = new ArrayList<>(nanos);
    Collections.sort(sorted);
    int index = (int) Math.ceil(share * sorted.size()) - 1;
    return sorted.get(Math.clamp(index, 0, sorted.size() - 1)) / 1e6;
  }

  double median() {
    return ms(0.5);
  }

  int count() {
    return nanos.size();
  }

  /** p50, p95 and p99 as cells of a table, in milliseconds. */
  String cells() {
    return "%s | %s | %s".formatted(shown(ms(0.5)), shown(ms(0.95)), shown(ms(0.99)));
  }

  static String shown(double ms) {
    return String.format(Locale.ROOT, ms < 10 ? "%.1f" : "%.0f", ms);
  }
}
