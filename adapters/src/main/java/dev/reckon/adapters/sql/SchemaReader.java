package dev.reckon.adapters.sql;

import dev.reckon.adapters.sql.SourceSettings.Source;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a database has through JDBC's metadata. */
final class SchemaReader {
  private static final int MOST_TABLES = 2_000;
  private static final String[] TYPES = {
    "TABLE", "VIEW", "MATERIALIZED VIEW", "PARTITIONED TABLE", "FOREIGN TABLE"
  };

  private final Source source;
  private final Dialect dialect;
  private final Set<String> tables;
  private final Set<String> hidden;

  SchemaReader(Source source) {
    this.source = source;
    this.dialect = Dialect.of(source.url());
    this.tables = Set.copyOf(source.tables().stream().map(dialect::stored).toList());
    this.hidden = Set.copyOf(source.hidden().stream().map(this::lower).toList());
  }

  /** A table or a column as metadata names it. */
  private record Name(String schema, String table) {}

  Schema read(Connection connection) throws SQLException {
    List<String> schemas = schemas(connection);
    DatabaseMetaData about = connection.getMetaData();
    Map<Name, List<Schema.Column>> columns = columns(about, schemas);
    List<Schema.Table> found = new ArrayList<>();
    for (String schema : schemas) {
      try (ResultSet row =
          about.getTables(catalog(connection), pattern(about, schema), "%", TYPES)) {
        while (row.next() && found.size() < MOST_TABLES) {
          String name = row.getString("TABLE_NAME");
          boolean visible = isVisible(schema, name);
          found.add(
              new Schema.Table(
                  schema,
                  name,
                  visible,
                  text(row.getString("REMARKS")),
                  columns.getOrDefault(new Name(schema, name), List.of()),
                  List.of(),
                  List.of()));
        }
      }
    }
    List<Schema.Table> whole = new ArrayList<>();
    for (Schema.Table table : found) {
      whole.add(table.visible() ? withKeys(about, table) : table);
    }
    return new Schema(dialect, schemas, whole, unmatched(whole));
  }

  /** A misspelt entry would hide nothing, so it is told. */
  private List<String> unmatched(List<Schema.Table> found) {
    if (found.size() >= MOST_TABLES) {
      return List.of(); // it may be among those that were not read
    }
    Set<String> names = new HashSet<>();
    Set<String> hideable = new HashSet<>();
    for (Schema.Table table : found) {
      String full = table.schema() + "." + table.name();
      names.add(dialect.stored(table.name()));
      names.add(dialect.stored(table.schema()) + "." + dialect.stored(table.name()));
      for (String name : List.of(table.name(), full)) {
        hideable.add(lower(name));
        table.columns().forEach(column -> hideable.add(lower(name + "." + column.name())));
      }
    }
    return Stream.concat(
            source.tables().stream()
                .filter(entry -> !names.contains(dialect.stored(entry)))
                .map(entry -> "tables: " + entry),
            source.hidden().stream()
                .filter(entry -> !hideable.contains(lower(entry)))
                .map(entry -> "hidden: " + entry))
        .toList();
  }

  /** In the order in which the database looks names up. */
  private List<String> schemas(Connection connection) throws SQLException {
    if (dialect == Dialect.SQLITE) {
      return List.of("main");
    }
    if (!source.schemas().isEmpty()) {
      return source.schemas();
    }
    if (dialect == Dialect.POSTGRESQL) {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("select current_schemas(false)")) {
        return row.next() ? Arrays.asList((String[]) row.getArray(1).getArray()) : List.of();
      }
    }
    String own = connection.getSchema();
    return List.of(own == null ? "" : own);
  }

  private @Nullable String catalog(Connection connection) throws SQLException {
    return dialect == Dialect.SQLITE ? null : connection.getCatalog();
  }

  private @Nullable String pattern(DatabaseMetaData about, String schema) throws SQLException {
    if (dialect == Dialect.SQLITE || schema.isEmpty()) {
      return null;
    }
    String escape = about.getSearchStringEscape();
    return schema.replace("_", escape + "_").replace("%", escape + "%");
  }

  private Map<Name, List<Schema.Column>> columns(DatabaseMetaData about, List<String> schemas)
      throws SQLException {
    Map<Name, List<Schema.Column>> columns = new HashMap<>();
    for (String schema : schemas) {
      try (ResultSet row =
          about.getColumns(catalog(about.getConnection()), pattern(about, schema), "%", "%")) {
        while (row.next()) {
          String table = row.getString("TABLE_NAME");
          String name = row.getString("COLUMN_NAME");
          columns
              .computeIfAbsent(new Name(schema, table), key -> new ArrayList<>())
              .add(
                  new Schema.Column(
                      name,
                      text(row.getString("TYPE_NAME")),
                      !isHidden(schema, table + "." + name),
                      text(row.getString("REMARKS"))));
        }
      }
    }
    return columns;
  }

  private Schema.Table withKeys(DatabaseMetaData about, Schema.Table table) throws SQLException {
    String schema = dialect == Dialect.SQLITE || table.schema().isEmpty() ? null : table.schema();
    Map<Integer, String> keys = new LinkedHashMap<>();
    try (ResultSet row =
        about.getPrimaryKeys(catalog(about.getConnection()), schema, table.name())) {
      while (row.next()) {
        keys.put(row.getInt("KEY_SEQ"), row.getString("COLUMN_NAME"));
      }
    }
    List<Schema.Reference> references = new ArrayList<>();
    try (ResultSet row =
        about.getImportedKeys(catalog(about.getConnection()), schema, table.name())) {
      while (row.next()) {
        references.add(
            new Schema.Reference(
                row.getString("FKCOLUMN_NAME"),
                row.getString("PKTABLE_NAME"),
                text(row.getString("PKCOLUMN_NAME"))));
      }
    }
    return new Schema.Table(
        table.schema(),
        table.name(),
        true,
        table.comment(),
        table.columns(),
        keys.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(Map.Entry::getValue)
            .toList(),
        references);
  }

  private boolean isVisible(String schema, String table) {
    String name = dialect.stored(table);
    return (tables.isEmpty()
            || tables.contains(name)
            || tables.contains(dialect.stored(schema) + "." + name))
        && !isHidden(schema, table);
  }

  /** Whether the configuration hides a table, or a column as {@code TABLE.COLUMN}. */
  private boolean isHidden(String schema, String name) {
    return hidden.contains(lower(name)) || hidden.contains(lower(schema + "." + name));
  }

  /** In lower case where databases do so, letters beyond A to Z included: it hides rather more. */
  private String lower(String name) {
    return dialect == Dialect.POSTGRESQL ? name : name.toLowerCase(Locale.ROOT);
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text.strip();
  }
}
