package dev.reckon.adapters.sql;

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

  /**
   * A name as it stands in a query, so that equal names mean the same.
   *
   * @throws RefusedQueryException if databases of this kind differ in what it equals
   */
  String key(String written) {
    boolean quoted = isQuoted(written);
    String name = quoted ? written.substring(1, written.length() - 1) : written;
    if (this == POSTGRESQL && quoted) {
      return name;
    }
    if (this != SQLITE && name.codePoints().anyMatch(Dialect::mayFold)) {
      throw new RefusedQueryException(
          "the name "
              + name
              + " has letters beyond A-Z that are not in lower case; "
              + (this == POSTGRESQL ? "quote it" : "write it in lower case"));
    }
    return folded(name);
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

  /** Whether a letter beyond ASCII may equal another one where all of Unicode is folded. */
  private static boolean mayFold(int letter) {
    return letter > 127 && Character.toLowerCase(Character.toUpperCase(letter)) != letter;
  }

  /** Whether a backslash in quoted text is a character like others. */
  boolean plainBackslash() {
    return this != OTHER;
  }

  private static boolean isQuoted(String name) {
    return name.length() > 1 && "\"`[".indexOf(name.charAt(0)) >= 0;
  }
}
