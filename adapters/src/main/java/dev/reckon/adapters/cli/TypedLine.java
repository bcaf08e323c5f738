package dev.reckon.adapters.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a line that somebody typed at the terminal is, before anything is done about it. */
sealed interface TypedLine {
  /** The longest name that the usual file systems take. */
  int LONGEST_NAME = 255;

  /** Nothing but blanks. */
  record Nothing() implements TypedLine {}

  /** Text for Reckon: a request or a bare word. */
  record Text(String text) implements TypedLine {}

  /**
   * A word after a slash.
   *
   * @param name in lower case, without the slash and without a colon at its end
   * @param rest what follows; may be empty
   */
  record Word(String name, String rest) implements TypedLine {}

  /**
   * A file to attach.
   *
   * @param path as it can be opened
   * @param question about it; may be empty
   */
  record File(String path, String question) implements TypedLine {}

  /** Something that looks like a path to a file that is not there. */
  record Missing(String path) implements TypedLine {}

  /** Reads a line; looks only at whether files exist. */
  static TypedLine of(String line) {
    String text = line.strip();
    if (text.isEmpty()) {
      return new Nothing();
    }
    int end = pathEnd(text);
    String path = unquoted(text.substring(0, end));
    String rest = text.substring(end).strip();
    boolean quoted = "'\"".indexOf(text.charAt(0)) >= 0;
    if (quoted ? isPath(path) && exists(path) : isPath(path) && (exists(path) || !isWord(path))) {
      return attached(text, path, rest);
    }
    if (!text.startsWith("/")) {
      return new Text(text);
    }
    String name = path.substring(1).toLowerCase(Locale.ROOT);
    boolean colon = name.length() > 1 && name.endsWith(":");
    return new Word(colon ? name.substring(0, name.length() - 1) : name, rest);
  }

  private static TypedLine attached(String text, String path, String rest) {
    if (exists(path)) {
      return new File(path, rest);
    }
    String whole = unquoted(text);
    return exists(whole) ? new File(whole, "") : new Missing(path);
  }

  /** The path that somebody wrote, as it can be opened. */
  static String unquoted(String written) {
    String text = written.strip();
    for (String quote : List.of("'", "\"")) {
      if (text.length() > 1 && text.startsWith(quote) && text.endsWith(quote)) {
        return expanded(text.substring(1, text.length() - 1));
      }
    }
    if (text.startsWith("file://")) {
      text = text.substring("file://".length()).replace("%20", " ");
    }
    return expanded(text.replace("\\ ", " "));
  }

  static boolean exists(String path) {
    try {
      return Files.isRegularFile(Path.of(path));
    } catch (InvalidPathException _) {
      return false;
    }
  }

  /** Where the first word ends: at a blank that is neither quoted nor escaped. */
  private static int pathEnd(String text) {
    char quote = "'\"".indexOf(text.charAt(0)) >= 0 ? text.charAt(0) : 0;
    if (quote != 0) {
      int end = text.indexOf(quote, 1);
      return end < 0 ? text.length() : end + 1;
    }
    int at = 0;
    while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      at += text.charAt(at) == '\\' && at + 1 < text.length() ? 2 : 1;
    }
    return at;
  }

  private static boolean isPath(String path) {
    return isFileName(path)
        || path.startsWith("/")
        || path.startsWith("./")
        || path.startsWith("../")
        || path.startsWith("~/");
  }

  /** A name such as {@code sales.csv} that is there: nobody asks a question by it. */
  private static boolean isFileName(String path) {
    return path.indexOf('.') > 0 && path.length() <= LONGEST_NAME && exists(path);
  }

  /** One slash, at the beginning: a word, unless there is such a file. */
  private static boolean isWord(String path) {
    return path.startsWith("/") && path.indexOf('/', 1) < 0;
  }

  private static String expanded(String path) {
    return path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path;
  }
}
