package dev.reckon.adapters.sql;

import dev.reckon.adapters.sql.SourceSettings.Source;
import dev.reckon.core.model.TokenEstimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Describes a database to a model, within a budget of tokens. Pure. */
final class SchemaText {
  private static final int LONGEST_COMMENT = 160;

  private SchemaText() {}

  /**
   * The description: the tables that the request seems to be about come first, and those that do
   * not fit are named without their columns.
   */
  static String of(Source source, Schema schema, String request, long tokens) {
    StringBuilder text = new StringBuilder(head(source));
    Set<String> words = words(request);
    List<Schema.Table> ranked = new ArrayList<>(schema.shown());
    ranked.sort(
        Comparator.comparingInt((Schema.Table table) -> -likeness(table, words))
            .thenComparing(Schema.Table::schema)
            .thenComparing(Schema.Table::name));
    List<String> rest = new ArrayList<>();
    for (Schema.Table table : ranked) {
      String line = "- " + line(schema, table) + "\n";
      if (TokenEstimate.of(text + line) <= tokens) {
        text.append(line);
      } else {
        rest.add(name(schema, table));
      }
    }
    if (!rest.isEmpty()) {
      text.append("Further tables, without their columns here: ");
      int shown = 0;
      while (shown < rest.size() && TokenEstimate.of(text.toString()) < tokens + 100) {
        text.append(shown > 0 ? ", " : "").append(rest.get(shown++));
      }
      text.append(shown < rest.size() ? " and " + (rest.size() - shown) + " more\n" : "\n");
    }
    return text.toString();
  }

  /** What is said of a database before its tables. */
  static String head(Source source) {
    String about = source.description().isBlank() ? "" : ": " + source.description();
    return source.name()
        + " ("
        + Dialect.of(source.url()).label()
        + ")"
        + about
        + "\n"
        + (source.notes().isBlank() ? "" : source.notes().strip() + "\n");
  }

  private static String name(Schema schema, Schema.Table table) {
    boolean first =
        schema.schemas().isEmpty() || table.schema().equals(schema.schemas().getFirst());
    return written(schema, first ? List.of(table.name()) : List.of(table.schema(), table.name()));
  }

  private static String written(Schema schema, List<String> parts) {
    return parts.stream().map(part -> written(schema, part)).collect(Collectors.joining("."));
  }

  /** In quotes where the database would read it in another way without. */
  private static String written(Schema schema, String name) {
    boolean plain =
        name.matches("[A-Za-z_][A-Za-z0-9_]*")
            && (schema.dialect() != Dialect.POSTGRESQL
                || name.equals(name.toLowerCase(Locale.ROOT)));
    return plain ? name : '"' + name + '"';
  }

  private static String line(Schema schema, Schema.Table table) {
    String columns =
        table.shown().stream()
            .map(column -> column(schema, table, column))
            .collect(Collectors.joining(", "));
    return name(schema, table) + " (" + columns + ")" + comment(table.comment());
  }

  private static String column(Schema schema, Schema.Table table, Schema.Column column) {
    StringBuilder text = new StringBuilder(written(schema, column.name()));
    text.append(column.type().isEmpty() ? "" : " " + column.type().toLowerCase(Locale.ROOT));
    text.append(table.keys().contains(column.name()) ? " key" : "");
    table.references().stream()
        .filter(reference -> reference.column().equals(column.name()))
        .forEach(
            reference ->
                text.append(" -> ")
                    .append(reference.table())
                    .append(reference.target().isEmpty() ? "" : "." + reference.target()));
    return text + comment(column.comment());
  }

  private static String comment(String comment) {
    String line = comment.replaceAll("\\s+", " ").strip();
    return line.isEmpty()
        ? ""
        : " \""
            + (line.length() > LONGEST_COMMENT ? line.substring(0, LONGEST_COMMENT) + "…" : line)
            + '"';
  }

  private static int likeness(Schema.Table table, Set<String> words) {
    int like = 0;
    like += matches(table.name(), words) ? 3 : 0;
    for (Schema.Column column : table.shown()) {
      like += matches(column.name(), words) ? 1 : 0;
    }
    return like;
  }

  private static boolean matches(String name, Set<String> words) {
    return words(name).stream().anyMatch(words::contains);
  }

  /** Words of four letters and more, cut to six, so that singular and plural mostly meet. */
  private static Set<String> words(String text) {
    Set<String> words = new HashSet<>();
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
      if (word.length() >= 3) {
        String stem = word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
        words.add(stem.length() > 6 ? stem.substring(0, 6) : stem);
      }
    }
    return words;
  }
}
