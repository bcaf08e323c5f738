package dev.reckon.core.files;

import java.util.List;

/**
 * What our own code finds out about an attached file, for prompts. All text comes from the file and
 * is hostile.
 *
 * @param name as programs open it
 * @param bytes its size
 * @param kind such as {@code CSV table}, {@code JSON}, {@code text}, {@code binary (PNG image)}
 * @param facts in words, one each: encoding, delimiter, header, rows
 * @param columns of a table, empty otherwise
 * @param preview the first rows or lines; empty when no values may be shown
 */
public record FileProfile(
    String name,
    long bytes,
    String kind,
    List<String> facts,
    List<Column> columns,
    List<String> preview) {
  /**
   * A column.
   *
   * @param name from the header, or a number where there is none
   * @param type of all its values: integer, number, date, boolean, text, or empty
   * @param nulls how many values are empty or stand for nothing
   * @param samples a few values; empty when no values may be shown
   */
  public record Column(String name, String type, long nulls, List<String> samples) {
    public Column {
      samples = List.copyOf(samples);
    }
  }

  private static final int MOST_COLUMNS = 60;

  public FileProfile {
    facts = List.copyOf(facts);
    columns = List.copyOf(columns);
    preview = List.copyOf(preview);
  }

  /** The profile in words, for a prompt; the caller fences it. */
  public String words() {
    StringBuilder words = new StringBuilder();
    words.append(name).append(": ").append(kind).append(", ").append(bytes).append(" bytes");
    facts.forEach(fact -> words.append("; ").append(fact));
    words.append('\n');
    columns.stream()
        .limit(MOST_COLUMNS)
        .forEach(
            column -> {
              words.append("- column ").append(quoted(column.name())).append(": ");
              words.append(column.type()).append(", ").append(column.nulls()).append(" empty");
              if (!column.samples().isEmpty()) {
                words.append(", such as ");
                words.append(
                    String.join(", ", column.samples().stream().map(FileProfile::quoted).toList()));
              }
              words.append('\n');
            });
    if (columns.size() > MOST_COLUMNS) {
      words.append("- and ").append(columns.size() - MOST_COLUMNS).append(" more columns\n");
    }
    if (!preview.isEmpty()) {
      words.append("begins:\n");
      preview.forEach(line -> words.append("  ").append(line).append('\n'));
    }
    return words.toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\n", "\\n").replace("\"", "\\\"") + '"';
  }
}
