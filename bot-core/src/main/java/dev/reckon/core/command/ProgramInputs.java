package dev.reckon.core.command;

import dev.reckon.core.store.SavedComputation.Parameter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a program takes from outside, and what another run of it can therefore be given: values of
 * variables, and files.
 *
 * @param code the program
 * @param files names of the conversation's files that occur in the program as texts, so that it
 *     probably opens them
 */
public record ProgramInputs(String code, List<String> files) {
  public ProgramInputs {
    files = List.copyOf(files);
  }

  /**
   * The inputs of a program.
   *
   * @param available names of the files that it could open
   */
  public static ProgramInputs of(String code, Collection<String> available) {
    return new ProgramInputs(
        code, PythonStrings.in(code).stream().filter(Set.copyOf(available)::contains).toList());
  }

  /**
   * The variables that are worth changing: those that the program marks as parameters, or else all
   * to which it assigns a plain value once, at its top level. In the program's order.
   */
  public List<Parameter> parameters() {
    return Parameters.suggested(code);
  }

  /**
   * The program with other values.
   *
   * @param values by the names of variables; the other variables keep theirs
   * @throws IllegalArgumentException if a variable cannot be given a value, or a value is not of
   *     its type; in words for people
   */
  public String with(Map<String, String> values) {
    List<Parameter> all = Parameters.find(code);
    Set<String> known = all.stream().map(Parameter::name).collect(Collectors.toSet());
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            all.isEmpty()
                ? "Its program has no values to change."
                : "Its program has no value \"%s\" to change, but: %s."
                    .formatted(name, Parameters.words(all)));
      }
    }
    return Parameters.bind(
        code, all.stream().filter(one -> values.containsKey(one.name())).toList(), values);
  }

  /** Whether two programs differ in the values of variables at most. */
  public static boolean isSameProgram(String one, String other) {
    return one.equals(other)
        || Parameters.withoutValues(one).equals(Parameters.withoutValues(other));
  }

  /** The variables whose values differ between two programs, with their values in the second. */
  public static Map<String, String> differences(String one, String other) {
    Map<String, String> before =
        Parameters.find(one).stream()
            .collect(Collectors.toMap(Parameter::name, Parameter::defaultValue));
    Map<String, String> differences = new LinkedHashMap<>();
    for (Parameter now : Parameters.find(other)) {
      String value = before.get(now.name());
      if (value != null && !value.equals(now.defaultValue())) {
        differences.put(now.name(), now.defaultValue());
      }
    }
    return differences;
  }
}
