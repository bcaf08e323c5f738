package dev.reckon.core.store.jdbi;

import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.StoreException.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jspecify.annotations.Nullable;

/**
 * Moves all that a store holds to an empty one, of the same or the other kind. Rows go over in the
 * order of their keys, some in each transaction, so that a copy which was interrupted continues
 * where it ended. Until it is complete nothing else opens the target.
 */
public final class StoreCopy {
  /** In the target while a copy into it is not complete; names the source by its salt. */
  static final String UNFINISHED = "unfinished_copy";

  private static final int ROWS = 200;

  /** A table, its key, how many rows go over at a time, and which columns are JSON. */
  record Table(String name, List<String> key, int rows, Set<String> json) {
    private static Table of(String name, String... key) {
      return new Table(name, List.of(key), ROWS, Set.of());
    }

    private Table json(String... columns) {
      return new Table(name, key, rows, Set.of(columns));
    }

    /** For rows of many megabytes each. */
    private Table singly() {
      return new Table(name, key, 1, json);
    }
  }

  /** Those that others refer to come first. */
  static final List<Table> TABLES =
      List.of(
          Table.of("person", "id"),
          Table.of("team", "id"),
          Table.of("conversation", "id"),
          Table.of("delivery", "seq").json("incoming"),
          Table.of("attachment", "delivery", "position").singly(),
          Table.of("imported", "delivery", "position").json("names", "notices"),
          Table.of("turn", "id").json("result"),
          Table.of("attempt", "turn", "number"),
          Table.of("usage", "id"),
          Table.of("posted", "surface", "ref"),
          Table.of("outgoing", "id").json("address", "reply", "asker"),
          Table.of("content", "sha256").singly(),
          Table.of("stored_object", "key"),
          Table.of("file", "id"),
          Table.of("computation", "id"),
          Table.of("computation_version", "computation", "version")
              .json("parameters", "columns", "files"),
          Table.of("schedule", "id").json("address"),
          Table.of("schedule_file", "schedule", "name"),
          Table.of("memory", "id"),
          Table.of("feedback", "turn", "person"),
          Table.of("setting", "scope", "name"),
          Table.of("offer", "id"),
          Table.of("audit", "id"),
          Table.of("policy_change", "id"),
          Table.of("web_session", "id"),
          Table.of("web_share", "id"),
          Table.of("web_conversation", "id"),
          Table.of("web_message", "id").json("body"),
          Table.of("installation", "id"),
          Table.of("installed_team", "team"));

  private final JdbiStore source;
  private final JdbiStore target;
  private final Consumer<String> say;

  private StoreCopy(JdbiStore source, JdbiStore target, Consumer<String> say) {
    this.source = source;
    this.target = target;
    this.say = say;
  }

  /**
   * Copies, or continues with a copy; then compares the number of rows of each table.
   *
   * @param say hears how far it is
   * @return how many rows each table has now, in both
   * @throws StoreException when either is in use by a running {@code start}, the target holds
   *     something else, or what arrived is not what was sent
   */
  public static Map<String, Long> copy(
      StoreAccess from, StoreAccess to, Clock clock, Consumer<String> say) {
    try (JdbiStore source = JdbiStore.open(from, clock);
        JdbiStore target = JdbiStore.openUnfinished(to, Optional.empty(), clock);
        AutoCloseable _ = source.lockInstance(() -> {});
        AutoCloseable _ = lock(source, target)) {
      return new StoreCopy(source, target, say).perform();
    } catch (StoreException e) {
      throw e;
    } catch (Exception e) {
      throw new StoreException(Kind.FAULT, "The copy was interrupted: " + e, e);
    }
  }

  private static AutoCloseable lock(JdbiStore source, JdbiStore target) {
    if (source.place().equals(target.place())) {
      throw new StoreException(
          Kind.CANNOT_OPEN, "The store is to be copied to itself: " + source.place());
    }
    return target.lockInstance(() -> {});
  }

  private Map<String, Long> perform() {
    begin();
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Table table : TABLES) {
      counts.put(table.name(), copy(table));
    }
    target.database().write(this::complete);
    return counts;
  }

  private String salt() {
    return source
        .database()
        .read(
            handle ->
                handle.createQuery("select salt from pseudonym_salt").mapTo(String.class).one());
  }

  /** Marks the target, once: an empty one, or one that this source's copy was started into. */
  private void begin() {
    String salt = salt();
    boolean begun = target.database().read(StoreCopy::isUnfinished);
    if (begun) {
      String from =
          target
              .database()
              .read(
                  handle ->
                      handle
                          .createQuery("select source from unfinished_copy")
                          .mapTo(String.class)
                          .one());
      if (!from.equals(salt)) {
        throw new StoreException(
            Kind.CANNOT_OPEN,
            "A copy of another store into " + target.place() + " is not complete. Empty it first.");
      }
      say.accept("Continuing the copy that was started.");
      return;
    }
    if (TABLES.stream().anyMatch(table -> count(target, table) > 0)) {
      throw new StoreException(
          Kind.CANNOT_OPEN,
          target.place() + " holds data already. Copy into an empty database, or another file.");
    }
    target
        .database()
        .write(
            handle -> {
              handle.execute("create table unfinished_copy (source text not null)");
              return handle.execute("insert into unfinished_copy (source) values (?)", salt);
            });
  }

  /** Whether a copy into this database was started and has not been completed. */
  static boolean isUnfinished(Handle handle) {
    try (ResultSet tables =
        handle
            .getConnection()
            .getMetaData()
            .getTables(
                handle.getConnection().getCatalog(),
                handle.getConnection().getSchema(),
                UNFINISHED,
                new String[] {"TABLE"})) {
      return tables.next();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private long copy(Table table) {
    long all = count(source, table);
    Map<String, Integer> types = target.database().read(handle -> types(handle, table));
    long there = count(target, table);
    say.accept(table.name() + ": " + (all - there) + " of " + all + " rows to copy");
    List<Object> after = there == 0 ? List.of() : last(table);
    while (there < all) {
      List<Object> from = after;
      List<Map<String, Object>> rows =
          source.database().read(handle -> page(handle, table, from, types));
      if (rows.isEmpty()) {
        break;
      }
      target.database().write(handle -> insert(handle, table, rows, types));
      there += rows.size();
      after = table.key().stream().map(rows.getLast()::get).toList();
    }
    long arrived = count(target, table);
    if (arrived != all) {
      throw new StoreException(
          Kind.FAULT,
          "The table %s has %d rows in %s and %d in %s. Empty the target and copy again."
              .formatted(table.name(), all, source.place(), arrived, target.place()));
    }
    return all;
  }

  private static long count(JdbiStore store, Table table) {
    return store
        .database()
        .read(
            handle ->
                handle.createQuery("select count(*) from " + table.name()).mapTo(Long.class).one());
  }

  /** The key of the last row that arrived. */
  private List<Object> last(Table table) {
    String keys = String.join(", ", table.key());
    String backwards = table.key().stream().map(key -> key + " desc").collect(joined());
    Map<String, Object> row =
        target
            .database()
            .read(
                handle ->
                    handle
                        .createQuery(
                            "select %s from %s order by %s limit 1"
                                .formatted(keys, table.name(), backwards))
                        .mapToMap()
                        .one());
    return table.key().stream().map(row::get).toList();
  }

  private static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(", ");
  }

  private static Map<String, Integer> types(Handle handle, Table table) {
    Map<String, Integer> types = new LinkedHashMap<>();
    try {
      Connection connection = handle.getConnection();
      try (ResultSet columns =
          connection
              .getMetaData()
              .getColumns(connection.getCatalog(), connection.getSchema(), table.name(), "%")) {
        while (columns.next()) {
          types.put(columns.getString("COLUMN_NAME"), type(columns.getString("TYPE_NAME")));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return types;
  }

  /** By the name: SQLite's driver has no number of its own for each. */
  private static int type(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "integer", "int8", "bigserial" -> Types.BIGINT;
      case "real", "float8" -> Types.DOUBLE;
      case "blob", "bytea" -> Types.BINARY;
      case "text" -> Types.VARCHAR;
      default -> throw new IllegalStateException("a column has the unknown type " + name);
    };
  }

  private static List<Map<String, Object>> page(
      Handle handle, Table table, List<Object> after, Map<String, Integer> types) {
    String keys = table.key().stream().collect(joined());
    String where =
        after.isEmpty()
            ? ""
            : " where (%s) > (%s)"
                .formatted(keys, Stream.generate(() -> "?").limit(after.size()).collect(joined()));
    String columns = String.join(", ", types.keySet());
    var query =
        handle.createQuery(
            "select %s from %s%s order by %s limit %d"
                .formatted(columns, table.name(), where, keys, table.rows()));
    for (int i = 0; i < after.size(); i++) {
      query.bind(i, after.get(i));
    }
    return query
        .map(
            (row, context) -> {
              Map<String, Object> values = new LinkedHashMap<>();
              for (Map.Entry<String, Integer> column : types.entrySet()) {
                Object value = value(row, column.getKey(), column.getValue());
                if (!row.wasNull()) {
                  values.put(column.getKey(), value);
                }
              }
              return values;
            })
        .list();
  }

  private static Object value(ResultSet row, String column, int type) throws SQLException {
    return switch (type) {
      case Types.BIGINT -> row.getLong(column);
      case Types.DOUBLE -> row.getDouble(column);
      case Types.BINARY -> orEmpty(row.getBytes(column));
      default -> orEmpty(row.getString(column));
    };
  }

  /** A null is left out by the caller, which asks the row. */
  private static Object orEmpty(@Nullable Object value) {
    return value == null ? "" : value;
  }

  private static int insert(
      Handle handle, Table table, List<Map<String, Object>> rows, Map<String, Integer> types) {
    String sql =
        "insert into %s (%s) values (%s)"
            .formatted(
                table.name(),
                String.join(", ", types.keySet()),
                types.keySet().stream().map(_ -> "?").collect(joined()));
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      for (Map<String, Object> row : rows) {
        int position = 1;
        for (Map.Entry<String, Integer> column : types.entrySet()) {
          set(statement, position++, table, column, row.get(column.getKey()));
        }
        statement.addBatch();
      }
      return statement.executeBatch().length;
    } catch (SQLException e) {
      throw new TransactionException("rows were refused", e);
    }
  }

  /** What an earlier version stored may hold characters that not every database has a place for. */
  private static void set(
      PreparedStatement statement,
      int position,
      Table table,
      Map.Entry<String, Integer> column,
      @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setNull(position, column.getValue());
      case Long number -> statement.setLong(position, number);
      case Double number -> statement.setDouble(position, number);
      case byte[] bytes -> statement.setBytes(position, bytes);
      default -> {
        String text = value.toString();
        statement.setString(
            position,
            table.json().contains(column.getKey())
                ? StoredText.cleanJson(text)
                : StoredText.clean(text));
      }
    }
  }

  /**
   * New rows continue where the source would have: a number that was used once is not used again.
   */
  private int complete(Handle handle) {
    for (Table table : TABLES) {
      if (table.key().equals(List.of("id")) || table.key().equals(List.of("seq"))) {
        String key = table.key().getFirst();
        OptionalLong last =
            source
                .database()
                .read(from -> source.database().engine().lastNumber(from, table.name(), key));
        // 0 where none was ever used.
        if (last.orElse(0) > 0) {
          target.database().engine().goOnAfter(handle, table.name(), key, last.getAsLong());
        }
      }
    }
    handle.execute("update pseudonym_salt set salt = ?", salt());
    return handle.execute("drop table unfinished_copy");
  }
}
