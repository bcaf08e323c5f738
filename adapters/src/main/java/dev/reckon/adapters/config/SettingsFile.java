package dev.reckon.adapters.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The configuration file, changed one key at a time: comments, order and every other value stay as
 * they are. A file that does not exist is created by the first change. For use by one thread.
 *
 * @param path where it is or would be
 */
public record SettingsFile(Path path) {
  private static final Pattern TABLE = Pattern.compile("\\s*\\[\\s*([^\\[\\]]+?)\\s*]\\s*(#.*)?");

  /** The texts of a list, or none where it is not set. */
  public List<String> texts(String key) throws ConfigurationException {
    JsonNode value = exists() ? ConfigurationSources.ofFile(path).get(key) : null;
    if (value != null && !value.isArray()) {
      throw new ConfigurationException(
          List.of(path + ": " + key + " is not a list, so nothing was added to it."));
    }
    return value == null ? List.of() : value.valueStream().map(JsonNode::asText).toList();
  }

  /** Adds a text to a list; returns whether that changed anything. */
  public boolean add(String key, String text) throws ConfigurationException {
    List<String> texts = new ArrayList<>(texts(key));
    if (texts.contains(text)) {
      return false;
    }
    texts.add(text);
    return set(
        key, texts.stream().map(SettingsFile::quoted).collect(Collectors.joining(", ", "[", "]")));
  }

  /**
   * Sets a key of a table.
   *
   * @param key dotted, such as {@code slack.enabled}
   * @param value in TOML
   * @return whether that changed anything
   * @throws ConfigurationException if the file cannot be changed; names the lines to write by hand
   */
  public boolean set(String key, String value) throws ConfigurationException {
    int dot = key.lastIndexOf('.');
    String table = key.substring(0, dot);
    String line = key.substring(dot + 1) + " = " + value;
    Map<String, JsonNode> wanted = new TreeMap<>();
    if (exists()) {
      wanted.putAll(ConfigurationSources.ofFile(path));
    }
    JsonNode to =
        Objects.requireNonNull(ConfigurationSources.ofText(path, "value = " + value).get("value"));
    if (to.equals(wanted.put(key, to))) {
      return false;
    }
    try {
      String before = exists() ? Files.readString(path) : "";
      String after = edited(before, table, key.substring(dot + 1), line);
      if (!says(after, wanted)) {
        throw byHand(table, line, "it is written in a way that this cannot change");
      }
      write(after);
      return true;
    } catch (IOException e) {
      throw byHand(table, line, e.getClass().getSimpleName());
    }
  }

  private static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }

  private boolean says(String text, Map<String, JsonNode> wanted) {
    try {
      return ConfigurationSources.ofText(path, text).equals(wanted);
    } catch (ConfigurationException e) {
      return false;
    }
  }

  private boolean exists() {
    return Files.exists(path);
  }

  private ConfigurationException byHand(String table, String line, String why) {
    return new ConfigurationException(
        List.of(
            path + " was not changed (" + why + "). Below [" + table + "], write: " + line + "."));
  }

  /** The text with the line in its table, in place of the one that sets the same key. */
  private static String edited(String text, String table, String name, String line) {
    String end = text.contains("\r\n") ? "\r\n" : "\n";
    List<String> lines = new ArrayList<>(Arrays.asList(text.split("\\R", -1)));
    Pattern setting = Pattern.compile("\\s*" + Pattern.quote(name) + "\\s*=.*");
    int header = -1;
    for (int i = 0; i < lines.size(); i++) {
      Matcher found = TABLE.matcher(lines.get(i));
      if (found.matches()) {
        if (header >= 0) {
          break;
        }
        header = found.group(1).equals(table) ? i : -1;
      } else if (header >= 0 && setting.matcher(lines.get(i)).matches()) {
        int last = lastLine(lines, i);
        lines.subList(i, last + 1).clear();
        lines.add(i, line);
        return String.join(end, lines);
      }
    }
    if (header >= 0) {
      lines.add(header + 1, line);
      return String.join(end, lines);
    }
    String gap = text.isEmpty() ? "" : text.endsWith("\n") ? end : end + end;
    return text + gap + "[" + table + "]" + end + line + end;
  }

  /** The line at which a value that begins in a line ends: that of a list may take several. */
  private static int lastLine(List<String> lines, int first) {
    int open = 0;
    for (int i = first; i < lines.size(); i++) {
      open += brackets(lines.get(i));
      if (open <= 0) {
        return i;
      }
    }
    return first;
  }

  /** How many more brackets a line opens than it closes, outside of texts and comments. */
  private static int brackets(String line) {
    int open = 0;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == '\\' && quote == '"') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '#') {
        return open;
      } else if (c == '[') {
        open++;
      } else if (c == ']') {
        open--;
      }
    }
    return open;
  }

  /** Written to a file beside it and moved into place, with the rights of the one before. */
  private void write(String text) throws IOException {
    Path target = exists() ? path.toRealPath() : path.toAbsolutePath();
    Path folder = target.getParent();
    Files.createDirectories(folder);
    Path fresh = Files.createTempFile(folder, "settings", "");
    try {
      Files.writeString(fresh, text, StandardCharsets.UTF_8);
      if (Files.exists(target)
          && target.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(target));
      }
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
