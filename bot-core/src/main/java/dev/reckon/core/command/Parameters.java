package dev.reckon.core.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.store.SavedComputation.Parameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The parameters of a program: variables to which it assigns a literal once, at its top level. A
 * run gives them other values by a file of JSON that the program reads in the literals' place, so
 * that no value ever becomes part of the program's text.
 */
final class Parameters {
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "(?m)^([A-Za-z_]\\w*)([ \\t]*(?::[ \\t]*\\w+)?[ \\t]*=[ \\t]*)"
              + "(-?\\d+(?:\\.\\d*)?(?:[eE][+-]?\\d+)?|True|False|\"[^\"\\\\\\n]*\"|'[^'\\\\\\n]*')"
              + "([ \\t]*(?:#.*)?)$");
  private static final Pattern MARK = Pattern.compile("#[ \\t]*parameter\\b");
  private static final Pattern FUTURE = Pattern.compile("(?m)\\Afrom __future__ import .*\\R");
  private static final Pattern BOUND = Pattern.compile("_reckon_parameters\\[\"(\\w+)\"]");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> YES = Set.of("true", "yes", "on", "1");
  private static final Set<String> NO = Set.of("false", "no", "off", "0");

  private Parameters() {}

  /** What could be one, in the order of the code. */
  static List<Parameter> find(String code) {
    return find(code, assignment -> true);
  }

  /**
   * What is worth one: what the model that wrote the program has marked as such with a comment, as
   * its prompt asks it to; in a program without marks, whatever could be one.
   */
  static List<Parameter> suggested(String code) {
    List<Parameter> marked = find(code, assignment -> MARK.matcher(assignment).find());
    return marked.isEmpty() ? find(code) : marked;
  }

  private static List<Parameter> find(String code, Predicate<String> wanted) {
    Map<String, Parameter> found = new LinkedHashMap<>();
    Set<String> twice = new TreeSet<>();
    Matcher matcher = ASSIGNMENT.matcher(code);
    while (matcher.find()) {
      if (!wanted.test(matcher.group())) {
        continue;
      }
      String name = matcher.group(1);
      if (found.put(name, parameter(name, matcher.group(3))) != null
          || assignedElsewhere(code, name)) {
        twice.add(name);
      }
    }
    return found.values().stream().filter(one -> !twice.contains(one.name())).toList();
  }

  private static boolean assignedElsewhere(String code, String name) {
    Matcher matcher =
        Pattern.compile("(?m)(?:^|[\\s;,(])" + name + "[ \\t]*(?:[-+*/%|&]|//|\\*\\*)?=(?!=)")
            .matcher(code);
    int count = 0;
    while (matcher.find()) {
      count++;
    }
    return count > 1
        || Pattern.compile("(?m)\\b(?:for|global|as)\\s+" + name + "\\b").matcher(code).find();
  }

  private static Parameter parameter(String name, String literal) {
    if (literal.equals("True") || literal.equals("False")) {
      return new Parameter(name, SavedComputation.Type.BOOLEAN, literal.toLowerCase(Locale.ROOT));
    }
    char first = literal.charAt(0);
    if (first == '"' || first == '\'') {
      return new Parameter(
          name, SavedComputation.Type.TEXT, literal.substring(1, literal.length() - 1));
    }
    boolean whole = literal.chars().allMatch(c -> c == '-' || Character.isDigit(c));
    return new Parameter(
        name, whole ? SavedComputation.Type.INTEGER : SavedComputation.Type.NUMBER, literal);
  }

  /**
   * The program, reading the parameters' values from a {@link ParameterFile}. It is one line
   * longer, before everything but an import from the future.
   */
  static String bind(String code, List<Parameter> parameters, String file) {
    Set<String> names = parameters.stream().map(Parameter::name).collect(Collectors.toSet());
    String bound =
        ASSIGNMENT
            .matcher(code)
            .replaceAll(
                match ->
                    Matcher.quoteReplacement(
                        names.contains(match.group(1))
                            ? match.group(1)
                                + match.group(2)
                                + "_reckon_parameters[\""
                                + match.group(1)
                                + "\"]"
                                + match.group(4)
                            : match.group()));
    Matcher future = FUTURE.matcher(bound);
    int start = 0;
    while (future.region(start, bound.length()).useAnchoringBounds(true).lookingAt()) {
      start = future.end();
    }
    return bound.substring(0, start) + ParameterFile.reading(file) + bound.substring(start);
  }

  /**
   * The program as it was before {@link #bind}, with these values for its literals.
   *
   * @param values as {@link #values} makes them
   */
  static String unbind(String bound, String file, JsonNode values) {
    Matcher reads = BOUND.matcher(bound.replace(ParameterFile.reading(file), ""));
    return reads.replaceAll(
        read -> {
          JsonNode value = values.path(read.group(1));
          return Matcher.quoteReplacement(value.isMissingNode() ? read.group() : literal(value));
        });
  }

  /** A JSON text or number is a Python literal as well. */
  private static String literal(JsonNode value) {
    return value.isBoolean() ? (value.booleanValue() ? "True" : "False") : value.toString();
  }

  /**
   * The values as JSON: the given ones, and defaults for the rest.
   *
   * @throws IllegalArgumentException if one is unknown or not of its type, in words for people
   */
  static byte[] values(List<Parameter> parameters, Map<String, String> given) {
    for (String name : given.keySet()) {
      if (parameters.stream().noneMatch(parameter -> parameter.name().equals(name))) {
        throw new IllegalArgumentException(
            parameters.isEmpty()
                ? "It has no parameters."
                : "It has no parameter \"%s\", but: %s.".formatted(name, words(parameters)));
      }
    }
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    for (Parameter parameter : parameters) {
      put(values, parameter, given.getOrDefault(parameter.name(), parameter.defaultValue()));
    }
    return values.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** What {@link #values} made, read back. */
  static JsonNode read(byte[] values) {
    try {
      return JSON.readTree(values);
    } catch (IOException e) {
      throw new UncheckedIOException("a file of parameters that is no JSON", e);
    }
  }

  /** Parameters with their values, as they are typed. */
  static String words(List<Parameter> parameters) {
    return parameters.stream()
        .map(parameter -> parameter.name() + "=" + parameter.defaultValue())
        .collect(Collectors.joining(", "));
  }

  private static void put(ObjectNode values, Parameter parameter, String value) {
    String name = parameter.name();
    try {
      switch (parameter.type()) {
        case INTEGER -> values.put(name, new BigInteger(value));
        case NUMBER -> values.put(name, Double.parseDouble(new BigDecimal(value).toString()));
        case BOOLEAN -> values.put(name, truth(value));
        case TEXT -> values.put(name, value);
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "\"%s\" must be a %s, and \"%s\" is none."
              .formatted(
                  name,
                  parameter.type() == SavedComputation.Type.INTEGER ? "whole number" : "number",
                  value),
          e);
    }
  }

  private static boolean truth(String value) {
    String plain = value.toLowerCase(Locale.ROOT);
    if (YES.contains(plain) || NO.contains(plain)) {
      return YES.contains(plain);
    }
    throw new IllegalArgumentException("\"" + value + "\" must be yes or no.");
  }
}
