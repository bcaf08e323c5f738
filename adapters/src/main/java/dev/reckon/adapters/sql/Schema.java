package dev.reckon.adapters.sql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a database has, and what of it may be seen. Immutable.
 *
 * @param schemas in the order in which names are looked up; one, with an empty name, where there
 *     are none
 * @param unmatched entries of the configuration, {@code tables} and {@code hidden}, that nothing in
 *     the database is called
 */
record Schema(Dialect dialect, List<String> schemas, List<Table> tables, List<String> unmatched) {
  /**
   * A table or view.
   *
   * @param visible whether queries may name it
   * @param comment of the database; may be empty
   * @param keys its primary key's columns
   */
  record Table(
      String schema,
      String name,
      boolean visible,
      String comment,
      List<Column> columns,
      List<String> keys,
      List<Reference> references) {
    Table {
      columns = List.copyOf(columns);
      keys = List.copyOf(keys);
      references = List.copyOf(references);
    }

    List<Column> shown() {
      return columns.stream().filter(Column::visible).toList();
    }
  }

  /** A column. */
  record Column(String name, String type, boolean visible, String comment) {}

  /** A foreign key's column. */
  record Reference(String column, String table, String target) {}

  Schema {
    schemas = List.copyOf(schemas);
    tables = List.copyOf(tables);
    unmatched = List.copyOf(unmatched);
  }

  /**
   * The table that the database would find under that name, visible or not.
   *
   * @throws RefusedQueryException if several differ only in what this dialect takes for equal
   */
  Optional<Table> find(Optional<String> schema, String name) {
    String wanted = dialect.key(name);
    List<String> order =
        schema.map(dialect::key).<List<String>>map(List::of).orElseGet(this::schemaKeys);
    for (String each : order) {
      List<Table> found =
          tables.stream()
              .filter(table -> dialect.stored(table.schema()).equals(each))
              .filter(table -> dialect.stored(table.name()).equals(wanted))
              .toList();
      if (found.stream().map(Table::name).distinct().count() > 1) {
        throw new RefusedQueryException("several tables are called " + name + " here");
      }
      if (!found.isEmpty()) {
        return Optional.of(found.getFirst());
      }
    }
    return Optional.empty();
  }

  private List<String> schemaKeys() {
    return schemas.stream().map(dialect::stored).toList();
  }

  List<Table> shown() {
    return tables.stream().filter(Table::visible).toList();
  }

  /** The keys of a table's columns by whether they may be seen. */
  Map<Boolean, Set<String>> columns(Table table) {
    Map<Boolean, Set<String>> columns = new LinkedHashMap<>();
    for (boolean visible : new boolean[] {true, false}) {
      columns.put(
          visible,
          table.columns().stream()
              .filter(column -> column.visible() == visible)
              .map(column -> dialect.stored(column.name()))
              .collect(Collectors.toUnmodifiableSet()));
    }
    return columns;
  }
}
