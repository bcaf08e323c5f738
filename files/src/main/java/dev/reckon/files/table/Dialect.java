package dev.reckon.files.table;

/**
 * How a table is written. 0 stands for a sign that is not used.
 *
 * @param delimiter between values; 0 for a table of one column
 * @param quote around values that hold delimiters or line ends
 * @param escape before a quote inside a quoted value; 0 when quotes are doubled
 * @param comment begins a line that is no row
 */
public record Dialect(char delimiter, char quote, char escape, char comment) {
  /** Commas, quotes where needed, doubled inside: RFC 4180. */
  public static final Dialect RFC4180 = new Dialect(',', '"', '\0', '\0');

  Dialect withComment(char sign) {
    return new Dialect(delimiter, quote, escape, sign);
  }
}
