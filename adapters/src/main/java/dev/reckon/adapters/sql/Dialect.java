package dev.reckon.adapters.sql;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** How a kind of database compares names and quotes text. */
enum Dialect {
  POSTGRESQL("PostgreSQL"),
  SQLITE("SQLite"),
  OTHER("SQL");

  private final String label;

  Dialect(String label) {
    this.label = label;
  }

  /** What people call it. */
  String label() {
    return label;
  }

  /** The dialect of a JDBC address. */
  static Dialect of(String url) {
    String lower = url.toLowerCase(Locale.ROOT);
    return lower.startsWith("jdbc:postgresql:")
        ? POSTGRESQL
        : lower.startsWith("jdbc:sqlite:") ? SQLITE : OTHER;
  }

  /** Whether it is the address of an SQLite file that is not there. */
  static boolean isMissingFile(String url) {
    String prefix = "jdbc:sqlite:";
    if (!url.startsWith(prefix + "/")) {
      return false; // made absolute where it is read; in memory, a URI or of another kind
    }
    try {
      return Files.notExists(Path.of(url.substring(prefix.length()).split("\\?", 2)[0]));
    } catch (InvalidPathException _) {
      return true;
    }
  }

  /** A name as it stands in a query, so that equal names mean the same. */
  String key(String written) {
    boolean quoted = isQuoted(written);
    String name = quoted ? written.substring(1, written.length() - 1) : written;
    return this == POSTGRESQL && quoted ? name : folded(name);
  }

  /** Equal for all keys that some database may take for the same name. */
  static String loose(String key) {
    return key.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  /** The same of a name as the database itself gives it. */
  String stored(String name) {
    return this == POSTGRESQL ? name : folded(name);
  }

  /** In lower case as databases do it: A to Z alone. */
  private static String folded(String name) {
    StringBuilder lower = new StringBuilder(name.length());
    name.chars()
        .map(c -> c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c)
        .forEach(c -> lower.append((char) c));
    return lower.toString();
  }

  /** Whether a backslash in quoted text is a character like others. */
  boolean plainBackslash() {
    return this != OTHER;
  }

  private static boolean isQuoted(String name) {
    return name.length() > 1 && "\"`[".indexOf(name.charAt(0)) >= 0;
  }
}
