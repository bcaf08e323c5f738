package dev.reckon.core.command;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.reckon.core.form.FormField;
import dev.reckon.core.message.Truncation;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.store.SavedComputation.Parameter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The parameters of a program: variables to which it assigns a literal once, at its top level. A
 * run puts other literals of the same types in their place.
 */
final class Parameters {
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "(?m)^([A-Za-z_]\\w*+)([ \\t]*+(?::[ \\t]*+\\w++[ \\t]*+)?=[ \\t]*+)"
              + "(-?\\d+(?:\\.\\d*)?(?:[eE][+-]?\\d+)?|True|False|\"[^\"\\\\\\n]*\"|'[^'\\\\\\n]*')"
              + "([ \\t]*(?:#.*)?)$");

  /** Conditions of the queries at a program's head are no assignments. */
  private static final String COMMENT_LINE = "(?m)^#.*+$|";

  /** A name that gets a value or another one, anywhere in the program; or a comment, without. */
  private static final Pattern ASSIGNED =
      Pattern.compile(
          COMMENT_LINE + "(?<![^\\s;,(])([A-Za-z_]\\w*+)[ \\t]*+(?://|\\*\\*|[-+*/%|&])?=(?!=)");

  /** A name that a loop, an import or a block gives a value, or that a function may change. */
  private static final Pattern BOUND =
      Pattern.compile(COMMENT_LINE + "\\b(?:for|global|as)(?=\\s++([A-Za-z_]\\w*+))");

  private static final Pattern MARK = Pattern.compile("#[ \\t]*parameter\\b[ \\t]*:?");
  private static final int LONGEST_COMMENT = 150;

  private Parameters() {}

  /** What could be one, in the order of the code. */
  static List<Parameter> find(CharSequence code) {
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

  /** What the program's comments say about its values, by their names, each on one line. */
  static Map<String, String> comments(CharSequence code) {
    return ASSIGNMENT
        .matcher(code)
        .results()
        .collect(
            Collectors.toMap(
                assignment -> assignment.group(1),
                assignment -> comment(assignment.group(4)),
                (first, second) -> first));
  }

  private static String comment(String ofLine) {
    String words = MARK.matcher(ofLine).replaceFirst("").replace('#', ' ').strip();
    return Truncation.cut(words, LONGEST_COMMENT);
  }

  private static List<Parameter> find(CharSequence code, Predicate<String> wanted) {
    Map<String, Parameter> found = new LinkedHashMap<>();
    Set<String> twice = changed(code);
    Matcher matcher = ASSIGNMENT.matcher(code);
    while (matcher.find()) {
      if (wanted.test(matcher.group())) {
        String name = matcher.group(1);
        if (found.put(name, parameter(name, matcher.group(3))) != null) {
          twice.add(name);
        }
      }
    }
    return found.values().stream().filter(one -> !twice.contains(one.name())).toList();
  }

  /** Names that get more than one value, all found in one pass: programs can be long. */
  private static Set<String> changed(CharSequence code) {
    Set<String> once = new HashSet<>();
    Set<String> changed = new HashSet<>();
    Matcher assigned = ASSIGNED.matcher(code);
    while (assigned.find()) {
      String name = assigned.group(1);
      if (name != null && !once.add(name)) {
        changed.add(name);
      }
    }
    Matcher bound = BOUND.matcher(code);
    while (bound.find()) {
      String name = bound.group(1);
      if (name != null) {
        changed.add(name);
      }
    }
    return changed;
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
   * The program with other values: each assignment of a parameter gets the value's Python literal.
   * A text is quoted and escaped, so whatever it holds, it stays one text.
   *
   * @param given the values by name; the others keep their defaults
   * @throws IllegalArgumentException if one is unknown or not of its type, in words for people
   */
  static String bind(String code, List<Parameter> parameters, Map<String, String> given) {
    Map<String, String> literals = literals(parameters, given);
    return ASSIGNMENT
        .matcher(code)
        .replaceAll(
            match -> {
              String literal = literals.get(match.group(1));
              return Matcher.quoteReplacement(
                  literal == null
                      ? match.group()
                      : match.group(1) + match.group(2) + literal + match.group(4));
            });
  }

  /** The program with every value that could be a parameter's replaced by the same sign. */
  static String withoutValues(String code) {
    return ASSIGNMENT.matcher(code).replaceAll("$1$2?$4");
  }

  private static Map<String, String> literals(
      List<Parameter> parameters, Map<String, String> given) {
    Set<String> known = parameters.stream().map(Parameter::name).collect(Collectors.toSet());
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            parameters.isEmpty()
                ? "It has no parameters."
                : "It has no parameter \"%s\", but: %s.".formatted(name, words(parameters)));
      }
    }
    Map<String, String> literals = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      String value = given.getOrDefault(parameter.name(), parameter.defaultValue());
      literals.put(parameter.name(), literal(parameter, value));
    }
    return literals;
  }

  private static String literal(Parameter parameter, String value) {
    ValueForms.field(parameter, "")
        .problem(value)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem);
            });
    return switch (parameter.type()) {
      case INTEGER -> new BigInteger(value).toString();
      case NUMBER -> Double.toString(new BigDecimal(value).doubleValue());
      case BOOLEAN -> FormField.isYes(value) ? "True" : "False";
      // The escapes of a JSON text mean the same in Python.
      case TEXT -> TextNode.valueOf(value).toString();
    };
  }

  /** Parameters with their values, as people read them: {@code month = 4, region = North}. */
  static String spelled(List<Parameter> parameters) {
    return parameters.stream()
        .map(parameter -> parameter.name() + " = " + parameter.defaultValue())
        .collect(Collectors.joining(", "));
  }

  /** The same as they are typed: {@code month=4, region=North}. */
  static String words(List<Parameter> parameters) {
    return parameters.stream()
        .map(parameter -> parameter.name() + "=" + parameter.defaultValue())
        .collect(Collectors.joining(", "));
  }
}
