package dev.reckon.core.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Profiles text that is JSON, or one JSON value a line. */
final class JsonProfile {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final int LONGEST = 8 * 1024 * 1024;
  private static final int LINE = 200;

  private JsonProfile() {}

  /** The profile, or empty when the text is no JSON. */
  static Optional<FileProfile> of(String name, long bytes, String text, String encoding, int rows) {
    String start = text.stripLeading();
    if (start.isEmpty() || "{[".indexOf(start.charAt(0)) < 0 || text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      JsonNode whole = JSON.readTree(text);
      return Optional.of(profile(name, bytes, "JSON", whole, text, encoding, rows));
    } catch (JsonProcessingException _) {
      return lines(name, bytes, text, encoding, rows);
    }
  }

  private static Optional<FileProfile> lines(
      String name, long bytes, String text, String encoding, int rows) {
    ArrayNode all = JSON.createArrayNode();
    try {
      for (String line : text.lines().filter(l -> !l.isBlank()).toList()) {
        all.add(JSON.readTree(line));
      }
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
    return Optional.of(profile(name, bytes, "JSON lines", all, text, encoding, rows));
  }

  private static FileProfile profile(
      String name,
      long bytes,
      String kind,
      JsonNode whole,
      String text,
      String encoding,
      int rows) {
    List<String> facts = new ArrayList<>();
    facts.add("encoding " + encoding);
    facts.add(shape(whole));
    Map<String, ColumnTally> keys = new LinkedHashMap<>();
    if (whole.isArray()) {
      whole.forEach(item -> see(keys, item, rows));
    } else {
      see(keys, whole, rows);
    }
    return new FileProfile(
        name,
        bytes,
        kind,
        facts,
        keys.values().stream().map(ColumnTally::column).toList(),
        rows == 0 ? List.of() : FileProfiles.lines(text, rows, LINE));
  }

  private static void see(Map<String, ColumnTally> keys, JsonNode item, int rows) {
    for (Map.Entry<String, JsonNode> field : item.properties()) {
      JsonNode value = field.getValue();
      keys.computeIfAbsent(field.getKey(), key -> new ColumnTally(key, rows))
          .see(value.isContainerNode() ? "<" + shape(value) + ">" : value.asText());
    }
  }

  private static String shape(JsonNode node) {
    if (node.isArray()) {
      boolean objects = !node.isEmpty() && node.get(0).isObject();
      return "array of " + node.size() + (objects ? " objects" : " values");
    }
    return node.isObject()
        ? "object with " + node.size() + " keys"
        : node.getNodeType().name().toLowerCase(Locale.ROOT);
  }
}
