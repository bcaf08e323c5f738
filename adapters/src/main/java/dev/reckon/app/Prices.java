package dev.reckon.app;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.core.model.ModelPrices;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the table {@code model.prices}. */
record Prices(Map<String, Price> byModel) implements ModelPrices {
  Prices {
    byModel = Map.copyOf(byModel);
  }

  /** Reads the table. */
  static Prices from(Configuration configuration) {
    Map<String, Price> prices = new HashMap<>();
    for (String model : configuration.names("model.prices")) {
      String key = "model.prices." + Configuration.part(model);
      prices.put(
          model,
          new Price(
              configuration.amount(key + ".input", 0), configuration.amount(key + ".output", 0)));
    }
    return new Prices(prices);
  }

  @Override
  public Optional<Price> of(String model) {
    return Optional.ofNullable(byModel.get(model));
  }
}
