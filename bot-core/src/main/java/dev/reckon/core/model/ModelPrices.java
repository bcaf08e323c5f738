package dev.reckon.core.model;

import java.util.Optional;

/** What models cost, from the configuration. */
public interface ModelPrices {
  /** The price of a model, or empty when none is configured: its cost is then unknown. */
  Optional<Price> of(String model);

  /**
   * A price in US dollars per million tokens.
   *
   * @param input for what is sent
   * @param output for what comes back
   */
  record Price(double input, double output) {
    private static final double UNIT = 1_000_000;

    public Price {
      if (input < 0 || output < 0) {
        throw new IllegalArgumentException("a price must not be negative");
      }
    }

    /** The cost of one call in US dollars. */
    public double cost(long inputTokens, long outputTokens) {
      return (inputTokens * input + outputTokens * output) / UNIT;
    }
  }
}
