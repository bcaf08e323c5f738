package dev.reckon.adapters.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads dotted keys from a TOML file and from {@code key=value} arguments. */
final class ConfigurationSources {
  private ConfigurationSources() {}

  /** Every value of a TOML file by its dotted key; parts that need it are quoted, as in TOML. */
  static Map<String, JsonNode> ofFile(Path file) throws ConfigurationException {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      String why = Files.exists(file) ? "cannot be read as UTF-8 text" : "does not exist";
      throw new ConfigurationException(
          List.of(
              "The configuration file "
                  + file
                  + " "
                  + why
                  + ". Name another with --config, or copy config/reckon.toml."));
    }
    return ofText(file, text);
  }

  /**
   * The same for a text.
   *
   * @param file where it comes from, for messages
   */
  static Map<String, JsonNode> ofText(Path file, String text) throws ConfigurationException {
    try {
      Map<String, JsonNode> keys = new TreeMap<>();
      flatten("", new TomlMapper().readTree(text), keys);
      return keys;
    } catch (JsonProcessingException e) {
      String line = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
      throw new ConfigurationException(
          List.of(
              file
                  + line
                  + ": this is not TOML: "
                  + e.getOriginalMessage()
                  + ". Text values need quotes, and each key needs its own line."));
    }
  }

  /**
   * What {@code --set} was given. A value that begins with a quote, a bracket or a brace is a value
   * of TOML; any other is taken as it stands, so that a text needs no quotes on the command line.
   */
  static Map<String, JsonNode> ofWords(List<String> words) throws ConfigurationException {
    Map<String, JsonNode> keys = new TreeMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw new ConfigurationException(
            List.of("--set " + word + ": write it as key=value, such as turn.max_attempts=2."));
      }
      keys.put(word.substring(0, equals).strip(), value(word, word.substring(equals + 1)));
    }
    return keys;
  }

  private static JsonNode value(String word, String value) throws ConfigurationException {
    if (value.isBlank() || "\"'[{".indexOf(value.strip().charAt(0)) < 0) {
      return TextNode.valueOf(value);
    }
    try {
      JsonNode parsed = new TomlMapper().readTree("value = " + value);
      if (parsed.size() == 1 && parsed.has("value")) {
        return parsed.get("value");
      }
    } catch (JsonProcessingException e) {
      throw new ConfigurationException(
          List.of(
              "--set "
                  + word
                  + ": this is not a TOML value ("
                  + e.getOriginalMessage()
                  + "). Write a list as '[\"a\", \"b\"]', and a text that begins with a quote or"
                  + " a bracket in quotes."));
    }
    throw new ConfigurationException(List.of("--set " + word + ": give one value."));
  }

  /** A part of a dotted key, quoted when it has to be. */
  static String part(String name) {
    return name.matches("[A-Za-z0-9_-]+") ? name : '"' + name + '"';
  }

  private static void flatten(String prefix, JsonNode node, Map<String, JsonNode> into) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String key = prefix + part(field.getKey());
      if (field.getValue().isObject()) {
        flatten(key + ".", field.getValue(), into);
      } else {
        into.put(key, field.getValue());
      }
    }
  }
}
