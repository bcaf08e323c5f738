package dev.reckon.adapters.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads values as types: what a TOML file, a variable or the command line may write. */
final class ConfigurationValues {
  private ConfigurationValues() {}

  static Optional<Boolean> flag(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** TOML allows underscores between digits. */
  static String digits(JsonNode node) {
    return node.asText().strip().replaceAll("(?<=\\d)_(?=\\d)", "");
  }

  static Optional<Double> amount(JsonNode node) {
    double value = Double.parseDouble(digits(node));
    return Double.isFinite(value) && value >= 0 ? Optional.of(value) : Optional.empty();
  }

  static boolean isNested(JsonNode node) {
    return node.isObject() || node.valueStream().anyMatch(JsonNode::isContainerNode);
  }

  static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(element -> texts.add(element.asText().strip()));
    } else {
      texts.addAll(Arrays.stream(node.asText().split(",", -1)).map(String::strip).toList());
    }
    texts.removeIf(String::isEmpty);
    return List.copyOf(texts);
  }

  static String word(Enum<?> value) {
    return word(value.name());
  }

  static String word(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replace('-', '_');
  }
}
