package dev.reckon.core.schedule;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.reckon.core.check.Agreement;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of a run that an alert watches: of its {@code RESULT:} line, or of what it printed
 * where it has none. What runs print is hostile: reading it is bounded and linear.
 */
public sealed interface WatchedValue {
  /**
   * It is there.
   *
   * @param text for people, and to compare with later ones; JSON where it came from a result line
   */
  record Found(String text) implements WatchedValue {
    /** The number that it is, if it is one. */
    public Optional<BigDecimal> number() {
      Matcher matcher = NUMBER.matcher(text.strip());
      return matcher.matches() ? Optional.of(decimal(matcher.group())) : Optional.empty();
    }

    /** Whether an earlier value says the same: numbers with a tolerance, tables by content. */
    public boolean sameAs(String earlier) {
      return text.equals(earlier) || Agreement.of(earlier, text).orElse(false);
    }
  }

  /** It cannot be told which value is meant, or it is no number; a sentence for people. */
  record Unclear(String reason) implements WatchedValue {}

  /** Longest value that is kept. */
  int LONGEST = 20_000;

  /** A number as programs print it, at most 40 characters long. */
  Pattern NUMBER = Pattern.compile("[-+]?\\d[\\d,_]{0,24}(?:\\.\\d{1,15})?(?:[eE][-+]?\\d{1,3})?");

  /** Values that a choice lists. */
  int LISTED = 8;

  JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(30)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .build();

  /**
   * The value that a condition is about.
   *
   * @param result the JSON of the result line, if the run printed one
   * @param output what the run printed besides
   */
  static WatchedValue of(Condition condition, Optional<String> result, String output) {
    Optional<JsonNode> json = result.flatMap(WatchedValue::read);
    WatchedValue value =
        json.isPresent() ? inResult(condition.label(), json.get()) : printed(condition, output);
    if (value instanceof Found(String text)) {
      if (text.length() > LONGEST) {
        return new Unclear("its result is too long to be compared");
      }
      if (!condition.waitsForChange() && new Found(text).number().isEmpty()) {
        return new Unclear(
            "its result is not a single number"
                + choices(json.map(WatchedValue::names).orElse(List.of())));
      }
    }
    return value;
  }

  private static Optional<JsonNode> read(String text) {
    try {
      return Optional.of(JSON.readTree(text)).filter(node -> !node.isMissingNode());
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }

  private static WatchedValue inResult(String label, JsonNode result) {
    JsonNode node = result;
    if (!label.isEmpty()) {
      Optional<JsonNode> named =
          result.properties().stream()
              .filter(field -> field.getKey().strip().equalsIgnoreCase(label))
              .findFirst()
              .map(field -> field.getValue());
      if (named.isEmpty()) {
        return new Unclear(
            "its result has nothing called \"" + label + "\"" + choices(names(result)));
      }
      node = named.get();
    }
    while (node.isContainerNode() && node.size() == 1) {
      node = node.iterator().next();
    }
    return new Found(node.isTextual() ? node.textValue() : node.toString());
  }

  private static List<String> names(JsonNode node) {
    return node.properties().stream()
        .filter(field -> field.getValue().isNumber())
        .map(field -> field.getKey().strip())
        .filter(name -> !name.isEmpty() && name.length() <= 40)
        .limit(LISTED)
        .toList();
  }

  private static String choices(List<String> names) {
    return names.isEmpty()
        ? ""
        : "; name the value to watch in quotes: \"" + String.join("\", \"", names) + "\"";
  }

  private static WatchedValue printed(Condition condition, String output) {
    if (condition.label().isEmpty() && condition.waitsForChange()) {
      return new Found(output.strip());
    }
    List<String> labels = new ArrayList<>();
    List<String> numbers = new ArrayList<>();
    for (String line : output.lines().limit(2_000).toList()) {
      String cut = line.length() > 500 ? line.substring(0, 500) : line;
      int from = 0;
      if (!condition.label().isEmpty()) {
        int found =
            cut.toLowerCase(Locale.ROOT).indexOf(condition.label().toLowerCase(Locale.ROOT));
        if (found < 0) {
          continue;
        }
        from = Math.min(cut.length(), found + condition.label().length());
      }
      Matcher number = NUMBER.matcher(cut);
      while (number.find(from)) {
        numbers.add(decimal(number.group()).toPlainString());
        if (numbers.size() <= LISTED) {
          labels.add(label(cut.substring(0, number.start())));
        }
        if (!condition.label().isEmpty()) {
          return new Found(numbers.getFirst());
        }
        from = number.end();
      }
    }
    if (numbers.size() == 1) {
      return new Found(numbers.getFirst());
    }
    return new Unclear(
        numbers.isEmpty()
            ? condition.label().isEmpty()
                ? "it prints no number"
                : "it prints no number behind \"" + condition.label() + "\""
            : "it prints several numbers"
                + choices(labels.stream().filter(one -> !one.isEmpty()).distinct().toList()));
  }

  /** The words before a number, as a line mostly has them: {@code Total revenue: 12}. */
  private static String label(String before) {
    String plain = before.strip();
    while (!plain.isEmpty() && ":=|-$\u20AC".indexOf(plain.charAt(plain.length() - 1)) >= 0) {
      plain = plain.substring(0, plain.length() - 1).strip();
    }
    return plain.length() > 40 || NUMBER.matcher(plain).find() ? "" : plain.replace("\"", "");
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text.replaceAll("[,_]", ""));
  }
}
