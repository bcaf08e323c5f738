package dev.reckon.core.prompt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The words of the prompts: Markdown files whose {@code ##} headings name sections, and whose
 * {@code {{name}}} are filled in. Immutable.
 */
public final class PromptTexts {
  private static final List<String> FILES = List.of("system", "repair", "judge");
  private static final String HEADING = "## ";
  private static final String RESOURCES = "/dev/reckon/core/prompt/texts/";

  private final Map<String, String> sections;

  private PromptTexts(Map<String, String> sections) {
    this.sections = Map.copyOf(sections);
  }

  /** The words that the program is shipped with: the same files, on the class path. */
  public static PromptTexts shipped() {
    return load(null);
  }

  /**
   * The words from a directory; a file that is not there is taken from the shipped ones.
   *
   * @throws UncheckedIOException if a file cannot be read
   */
  public static PromptTexts from(Path directory) {
    return load(directory);
  }

  private static PromptTexts load(@Nullable Path directory) {
    Map<String, String> sections = new HashMap<>();
    for (String file : FILES) {
      split(file, text(directory, file + ".md"), sections);
    }
    return new PromptTexts(sections);
  }

  private static String text(@Nullable Path directory, String name) {
    try {
      if (directory != null && Files.exists(directory.resolve(name))) {
        return Files.readString(directory.resolve(name));
      }
      try (InputStream shipped = PromptTexts.class.getResourceAsStream(RESOURCES + name)) {
        if (shipped == null) {
          throw new IllegalStateException("the prompt " + name + " was not packaged");
        }
        return new String(shipped.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The prompt " + name + " cannot be read.", e);
    }
  }

  private static void split(String file, String text, Map<String, String> sections) {
    Map<String, StringBuilder> parts = new LinkedHashMap<>();
    StringBuilder part = parts.computeIfAbsent(file, name -> new StringBuilder());
    for (String line : text.lines().toList()) {
      if (line.startsWith(HEADING)) {
        String name = file + "#" + line.substring(HEADING.length()).strip();
        part = parts.computeIfAbsent(name, key -> new StringBuilder());
      } else {
        part.append(line).append('\n');
      }
    }
    parts.forEach((name, body) -> sections.put(name, body.toString().strip()));
  }

  /**
   * A section with its places filled in; a value is put in as it is, whatever it looks like.
   *
   * @param section {@code file} or {@code file#heading}
   * @throws IllegalArgumentException if there is no such section, or a place has no value
   */
  String fill(String section, Map<String, String> values) {
    String text = sections.get(section);
    if (text == null) {
      throw new IllegalArgumentException("the prompts have no section " + section);
    }
    StringBuilder filled = new StringBuilder();
    int at = 0;
    for (int open = text.indexOf("{{"); open >= 0; open = text.indexOf("{{", at)) {
      int close = text.indexOf("}}", open);
      if (close < 0) {
        break;
      }
      String value = values.get(text.substring(open + 2, close));
      if (value == null) {
        throw new IllegalArgumentException(
            "nothing to put in for " + text.substring(open, close + 2) + " of " + section);
      }
      filled.append(text, at, open).append(value);
      at = close + 2;
    }
    return filled.append(text, at, text.length()).toString();
  }
}
