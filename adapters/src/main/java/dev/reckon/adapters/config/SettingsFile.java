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
import java.util.Optional;
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
    String list =
        texts.stream().map(SettingsFile::quoted).collect(Collectors.joining(", ", "[", "]"));
    return change(key, list, Optional.of(quoted(text)));
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
    return change(key, value, Optional.empty());
  }

  private boolean change(String key, String value, Optional<String> added)
      throws ConfigurationException {
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
      Optional<String> after = edited(before, table, key.substring(dot + 1), line, added);
      if (after.isEmpty()) {
        throw byHand(table, line, "comments inside the value would be lost");
      }
      if (!says(after.get(), wanted)) {
        throw byHand(table, line, "it is written in a way that this cannot change");
      }
      write(after.get());
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

  /**
   * The text with the line in its table, in place of the one that sets the same key; empty if that
   * would lose a comment.
   *
   * @param added what the line's list has more than the one before
   */
  private static Optional<String> edited(
      String text, String table, String name, String line, Optional<String> added) {
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
        List<String> before = lines.subList(i, lastLine(lines, i) + 1);
        if (added.isEmpty() || !grow(before, added.get())) {
          if (before.subList(0, before.size() - 1).stream().anyMatch(SettingsFile::hasComment)) {
            return Optional.empty();
          }
          String tail = before.getLast().substring(contentEnd(before.getLast()));
          before.clear();
          before.add(line + tail);
        }
        return Optional.of(String.join(end, lines));
      }
    }
    if (header >= 0) {
      lines.add(header + 1, line);
      return Optional.of(String.join(end, lines));
    }
    String gap = text.isEmpty() ? "" : text.endsWith("\n") ? end : end + end;
    return Optional.of(text + gap + "[" + table + "]" + end + line + end);
  }

  /** Adds an element in a line of its own to a list of several lines; false for other lists. */
  private static boolean grow(List<String> list, String element) {
    int last = list.size() - 1;
    while (last > 0 && contentEnd(list.get(last - 1)) == 0) {
      last--;
    }
    if (last == 0 || !list.getLast().strip().startsWith("]")) {
      return false;
    }
    String before = list.get(last - 1);
    int end = contentEnd(before);
    if (before.charAt(end - 1) != ',' && before.charAt(end - 1) != '[') {
      list.set(last - 1, before.substring(0, end) + "," + before.substring(end));
    }
    list.add(list.size() - 1, "  " + element + ",");
    return true;
  }

  private static boolean hasComment(String line) {
    return comment(line) < line.length();
  }

  /** Where a line's content ends, before white space and a comment. */
  private static int contentEnd(String line) {
    return line.substring(0, comment(line)).stripTrailing().length();
  }

  /** The line at which a value that begins in a line ends: that of a list may take several. */
  private static int lastLine(List<String> lines, int first) {
    int open = 0;
    for (int i = first; i < lines.size(); i++) {
      open += scan(lines.get(i)).open();
      if (open <= 0) {
        return i;
      }
    }
    return first;
  }

  /** Where a line's comment begins; its length where it has none. */
  private static int comment(String line) {
    return scan(line).end();
  }

  /**
   * A line without its texts.
   *
   * @param open how many more brackets it opens than it closes, before its comment
   * @param end where its comment begins, or its length
   */
  private record Scan(int open, int end) {}

  private static Scan scan(String line) {
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
        return new Scan(open, i);
      } else if (c == '[') {
        open++;
      } else if (c == ']') {
        open--;
      }
    }
    return new Scan(open, line.length());
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
