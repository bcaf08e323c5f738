package dev.reckon.core.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares what two programs found: numbers with a tolerance, tables by their content. */
public final class Agreement {
  /** Relative to the larger of two numbers, or absolute below 1. */
  private static final double TOLERANCE = 1e-6;

  /** A number with so many decimals may be the rounded form of one with more. */
  private static final int ROUNDED_DECIMALS = 2;

  private static final int LONGEST_WORDS = 60;
  private static final JsonMapper JSON = new JsonMapper();

  private Agreement() {}

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
          : Optional.of(same(a, b));
    } catch (JsonProcessingException _) {
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

  private static boolean same(JsonNode rawA, JsonNode rawB) {
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

  private static boolean sameRows(JsonNode a, JsonNode b) {
    boolean inOrder = true;
    boolean rows = true;
    for (int i = 0; i < a.size(); i++) {
      inOrder = inOrder && same(a.get(i), b.get(i));
      rows = rows && a.get(i).isContainerNode();
    }
    return inOrder || (rows && sameInAnyOrder(a, b));
  }

  /** By name where the names are the same, else by value: programs label as they like. */
  private static boolean sameFields(JsonNode a, JsonNode b) {
    boolean named =
        a.isObject()
            && b.isObject()
            && a.properties().stream().allMatch(field -> b.has(field.getKey()));
    return named
        ? a.properties().stream().allMatch(field -> same(field.getValue(), b.get(field.getKey())))
        : sameInAnyOrder(a, b);
  }

  private static boolean sameInAnyOrder(JsonNode a, JsonNode b) {
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
      return text.length() > 100 ? Optional.empty() : Optional.of(new BigDecimal(text));
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
