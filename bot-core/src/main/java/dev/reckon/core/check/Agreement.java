package dev.reckon.core.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.Serial;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares the results of two programs: numbers with a tolerance, tables by their content. What is
 * nested too deeply or takes too many comparisons cannot be compared. Interrupting the thread ends
 * a comparison.
 */
public final class Agreement {
  /** Relative to the larger of two numbers, or absolute below 1. */
  private static final double TOLERANCE = 1e-6;

  /** A number with so many decimals may be the rounded form of one with more. */
  private static final int ROUNDED_DECIMALS = 2;

  private static final int LONGEST_WORDS = 60;
  private static final int MOST_NESTING = 30;
  private static final int MOST_COMPARISONS = 2_000_000;

  /** Larger or smaller numbers are compared as text. */
  private static final int LARGEST_EXPONENT = 400;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MOST_NESTING).build())
                  .build())
          .build();

  private int comparisons;

  private Agreement() {}

  /** Too much to compare. */
  private static final class TooMuch extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    TooMuch() {
      super(null, null, false, false);
    }
  }

  /**
   * Whether both JSON values say the same; empty when they cannot be compared: no JSON, or free
   * text.
   */
  public static Optional<Boolean> of(String first, String second) {
    try {
      JsonNode a = unwrapped(JSON.readTree(first));
      JsonNode b = unwrapped(JSON.readTree(second));
      return isFreeText(a) || isFreeText(b) || a.isMissingNode() || b.isMissingNode()
          ? Optional.empty()
          : Optional.of(new Agreement().same(a, b));
    } catch (JsonProcessingException | TooMuch _) {
      return Optional.empty();
    }
  }

  private static boolean isFreeText(JsonNode node) {
    return node.isTextual() && node.textValue().length() > LONGEST_WORDS && number(node).isEmpty();
  }

  /** The value of an object or list that holds only one. */
  private static JsonNode unwrapped(JsonNode node) {
    JsonNode value = node;
    while (value.isContainerNode() && value.size() == 1) {
      value = value.iterator().next();
    }
    return value;
  }

  private boolean same(JsonNode rawA, JsonNode rawB) {
    if (++comparisons > MOST_COMPARISONS || Thread.currentThread().isInterrupted()) {
      throw new TooMuch();
    }
    JsonNode a = unwrapped(rawA);
    JsonNode b = unwrapped(rawB);
    Optional<BigDecimal> x = number(a);
    Optional<BigDecimal> y = number(b);
    if (x.isPresent() && y.isPresent()) {
      return near(x.get(), y.get());
    }
    if (a.isContainerNode() != b.isContainerNode()) {
      return false;
    }
    if (!a.isContainerNode()) {
      return a.asText().strip().equalsIgnoreCase(b.asText().strip());
    }
    if (a.size() != b.size()) {
      return false;
    }
    boolean lists = a.isArray() && b.isArray();
    return lists ? sameRows(a, b) : sameFields(a, b);
  }

  private boolean sameRows(JsonNode a, JsonNode b) {
    boolean rows = true;
    int first = -1;
    for (int i = 0; i < a.size(); i++) {
      if (first < 0 && !same(a.get(i), b.get(i))) {
        first = i;
      }
      rows = rows && a.get(i).isContainerNode();
    }
    return first < 0 || (rows && a.size() > 1 && sameInAnyOrder(a, b));
  }

  /** By name where the names are the same, else by value: programs label as they like. */
  private boolean sameFields(JsonNode a, JsonNode b) {
    boolean named =
        a.isObject()
            && b.isObject()
            && a.properties().stream().allMatch(field -> b.has(field.getKey()));
    return named
        ? a.properties().stream().allMatch(field -> same(field.getValue(), b.get(field.getKey())))
        : sameInAnyOrder(a, b);
  }

  private boolean sameInAnyOrder(JsonNode a, JsonNode b) {
    List<JsonNode> left = new ArrayList<>();
    b.forEach(left::add);
    for (JsonNode item : a) {
      Optional<JsonNode> match = left.stream().filter(other -> same(item, other)).findFirst();
      if (match.isEmpty()) {
        return false;
      }
      left.remove(match.get());
    }
    return true;
  }

  private static Optional<BigDecimal> number(JsonNode node) {
    if (!node.isNumber() && !node.isTextual()) {
      return Optional.empty();
    }
    try {
      String text = node.asText().strip();
      if (text.length() > 100) {
        return Optional.empty();
      }
      BigDecimal number = new BigDecimal(text);
      return Math.abs((long) number.scale()) > LARGEST_EXPONENT
          ? Optional.empty()
          : Optional.of(number);
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static boolean near(BigDecimal a, BigDecimal b) {
    double larger = Math.max(1, Math.max(Math.abs(a.doubleValue()), Math.abs(b.doubleValue())));
    if (Math.abs(a.doubleValue() - b.doubleValue()) <= TOLERANCE * larger) {
      return true;
    }
    int decimals = Math.min(a.scale(), b.scale());
    return decimals >= ROUNDED_DECIMALS
        && a.setScale(decimals, RoundingMode.HALF_EVEN)
                .subtract(b.setScale(decimals, RoundingMode.HALF_EVEN))
                .abs()
                .compareTo(BigDecimal.ZERO)
            == 0;
  }
}
