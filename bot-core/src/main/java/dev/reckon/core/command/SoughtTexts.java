package dev.reckon.core.command;

import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.store.SavedComputation.Parameter;
import dev.reckon.core.turn.SavedRun.Sought;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds the values that a program may look for in its files. */
final class SoughtTexts {
  /** Keeps the search for a value in a file short. */
  private static final int LONGEST = 100;

  private SoughtTexts() {}

  /**
   * The texts that a program is given.
   *
   * @param parameters of the program
   * @param given values by the names of parameters; those that keep their values are left out
   */
  static List<Sought> of(List<Parameter> parameters, Map<String, String> given) {
    return parameters.stream()
        .filter(one -> one.type() == SavedComputation.Type.TEXT)
        .flatMap(
            one ->
                Stream.ofNullable(given.get(one.name()))
                    .filter(value -> !value.isBlank() && value.length() <= LONGEST)
                    .map(value -> new Sought(one.name(), value)))
        .toList();
  }
}
