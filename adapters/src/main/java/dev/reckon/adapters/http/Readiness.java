package dev.reckon.adapters.http;

import java.util.function.BooleanSupplier;

/**
 * One check of {@code /health/ready}.
 *
 * @param name short and public, such as {@code slack}
 * @param ready asked at every request, from any thread; must answer at once
 * @param needed whether nothing can be accepted without it; otherwise it is only reported
 */
public record Readiness(String name, BooleanSupplier ready, boolean needed) {
  /** A check of something without which nothing can be accepted. */
  public Readiness(String name, BooleanSupplier ready) {
    this(name, ready, true);
  }
}
