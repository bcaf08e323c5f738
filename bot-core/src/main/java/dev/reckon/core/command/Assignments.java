package dev.reckon.core.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Values as people type them: {@code month=4 label="a b"}. Reads and writes them. */
public final class Assignments {
  private static final Pattern VALUE =
      Pattern.compile(
          "\\G\\s*([A-Za-z_]\\w*)=(?:\"([^\"]*)\"|'([^']*)'|\u201C([^\u201C\u201D]*)\u201D|(\\S+))");

  private static final Pattern BARE = Pattern.compile("[^\\s\"'\u201C]\\S*+");

  /** The quotation marks that a value may stand in, in the order in which they are tried. */
  private static final List<String> MARKS = List.of("\"\"", "''", "\u201C\u201D");

  private Assignments() {}

  /** The values in a text, in its order; empty when there is anything else in it. */
  public static Optional<Map<String, String>> read(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    Matcher matcher = VALUE.matcher(text);
    int end = 0;
    while (matcher.find()) {
      String value =
          IntStream.rangeClosed(2, 5)
              .mapToObj(matcher::group)
              .filter(Objects::nonNull)
              .findFirst()
              .orElseThrow();
      values.put(matcher.group(1), value);
      end = matcher.end();
    }
    return text.substring(end).isBlank() ? Optional.of(values) : Optional.empty();
  }

  /**
   * Values as a text that {@link #read} reads as the same values.
   *
   * @throws IllegalArgumentException if a value contains all kinds of quotation marks, in words for
   *     people
   */
  public static String write(Map<String, String> values) {
    return values.entrySet().stream()
        .map(one -> one.getKey() + "=" + quoted(one.getKey(), one.getValue()))
        .collect(Collectors.joining(" "));
  }

  private static String quoted(String name, String value) {
    if (BARE.matcher(value).matches()) {
      return value;
    }
    return MARKS.stream()
        .filter(marks -> marks.chars().noneMatch(mark -> value.indexOf(mark) >= 0))
        .findFirst()
        .map(marks -> marks.charAt(0) + value + marks.charAt(1))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\"%s\" cannot contain all of \", ' and \u201C.".formatted(name)));
  }
}
