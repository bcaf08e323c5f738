package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.reckon.adapters.config.Configuration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** config/reckon.toml names every key at the default that the code has, each under a comment. */
class ReferenceSettingsTest {
  private static final Path HOME = Path.of(System.getProperty("reckon.root"));
  private static final Path FILE = HOME.resolve("config/reckon.toml");

  @Test
  void theFileHoldsEveryKeyAtItsDefault() throws Exception {
    Configuration defaults = Configuration.read(Optional.empty(), List.of(), name -> null);
    Settings.from(defaults, HOME);
    SortedMap<String, String> inFile = new TreeMap<>();
    flatten("", new TomlMapper().readTree(Files.readString(FILE)), inFile);
    inFile
        .keySet()
        .removeIf(key -> defaults.tables().stream().anyMatch(t -> key.startsWith(t + ".")));
    SortedMap<String, String> inCode = new TreeMap<>(defaults.known());
    inCode.values().removeIf(String::isEmpty);
    assertEquals(lines(inCode), lines(inFile));
  }

  @Test
  void keysWithoutADefaultAreNamedInComments() throws Exception {
    Configuration defaults = Configuration.read(Optional.empty(), List.of(), name -> null);
    Settings.from(defaults, HOME);
    String text = Files.readString(FILE);
    defaults
        .known()
        .forEach(
            (key, otherwise) -> {
              if (otherwise.isEmpty()) {
                String section = key.substring(0, key.lastIndexOf('.'));
                String name = key.substring(key.lastIndexOf('.') + 1);
                assertTrue(
                    Pattern.compile(
                            "(?s)\\[" + Pattern.quote(section) + "\\][^\\[]*\n# " + name + " = ")
                        .matcher(text)
                        .find(),
                    key + " is not named in config/reckon.toml");
              }
            });
  }

  @Test
  void theFileItselfStartsTheProgram() throws Exception {
    Settings settings =
        Settings.from(Configuration.read(Optional.of(FILE), List.of(), name -> null), HOME);
    assertFalse(settings.prices().byModel().isEmpty());
    assertTrue(settings.prices().of(settings.model().name()).isPresent());
    assertEquals("jdbc:sqlite:" + HOME.resolve("data/reckon.db"), settings.store().access().url());
  }

  private static void flatten(String prefix, JsonNode node, Map<String, String> into) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (field.getValue().isObject()) {
        flatten(prefix + Configuration.part(field.getKey()) + ".", field.getValue(), into);
      } else {
        into.put(
            prefix + Configuration.part(field.getKey()),
            field.getValue().isArray()
                ? field
                    .getValue()
                    .valueStream()
                    .map(JsonNode::toString)
                    .collect(Collectors.joining(", ", "[", "]"))
                : field.getValue().isFloatingPointNumber()
                    ? Double.toString(field.getValue().asDouble())
                    : field.getValue().toString());
      }
    }
  }

  private static String lines(Map<String, String> keys) {
    return new TreeSet<>(
            keys.entrySet().stream().map(e -> e.getKey() + " = " + e.getValue()).toList())
        .stream().collect(Collectors.joining("\n"));
  }
}
