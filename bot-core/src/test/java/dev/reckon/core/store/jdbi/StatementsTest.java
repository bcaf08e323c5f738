package dev.reckon.core.store.jdbi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.store.LargeFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks SQLite how it would run each statement of the store. The statements are found by calling
 * every method of every port, so that a new method is covered by itself; and whatever SQL is in the
 * sources must have been among them, so that a branch which is not reached is noticed too.
 */
class StatementsTest {
  /** These hold a handful of rows, whatever happens. */
  private static final Set<String> SMALL =
      Set.of("policy_change", "pseudonym_salt", "web_session", "replica", "leader", "place");

  /** These hold whoever asked or was sent something in a day; the sweep reads them as a whole. */
  private static final Set<String> OF_A_DAY = Set.of("rate", "pace");

  /** These hold what waits or runs at this moment, and are read as a whole. */
  private static final Set<String> WAITING =
      Set.of("delivery_waiting", "delivery_worked", "outgoing_waiting", "turn_running");

  private static final Path SOURCES = Path.of("src/main/java/dev/reckon/core/store/jdbi");

  @TempDir Path folder;
  private final RecordFixture.StillClock clock = new RecordFixture.StillClock();
  private final Set<String> statements = new ConcurrentSkipListSet<>();
  private JdbiStore store;

  @BeforeEach
  void open() {
    store =
        JdbiStore.open(
            StoreAccess.of("jdbc:sqlite:" + folder.resolve("a.db")),
            Optional.of(new LargeFiles(new MemoryObjects(), EveryMethod.LARGE)),
            clock);
    store
        .database()
        .log(
            new SqlLogger() {
              @Override
              public void logBeforeExecution(StatementContext context) {
                statements.add(context.getParsedSql().getSql());
              }
            });
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void noStatementReadsAGrowingTableAsAWhole() throws Exception {
    new EveryMethod(store, clock).call();
    Map<String, String> scans = new TreeMap<>();
    try (Connection connection = store.dataSource().getConnection()) {
      Set<String> tables = new TreeSet<>(tables(connection));
      tables.removeAll(SMALL);
      tables.removeAll(OF_A_DAY);
      for (String sql : statements) {
        if (!sql.startsWith("pragma")) {
          scan(connection, sql, tables).ifPresent(step -> scans.put(sql, step));
        }
      }
    }
    assertTrue(
        statements.size() > 100, () -> "only " + statements.size() + " statements were seen");
    assertEquals(Map.of(), scans);
  }

  @Test
  void everyStatementOfTheSourcesIsAmongThem() throws Exception {
    new EveryMethod(store, clock).call();
    store.export().write(Optional.empty(), OutputStream.nullOutputStream());
    store.damage();
    List<String> seen = statements.stream().map(StatementsTest::plain).toList();
    List<String> missing =
        sqlInSources().stream()
            .filter(sql -> seen.stream().noneMatch(statement -> statement.contains(sql)))
            .toList();
    assertEquals(List.of(), missing);
  }

  @Test
  void everyReferenceHasAnIndex() throws SQLException {
    List<String> missing = new ArrayList<>();
    try (Connection connection = store.dataSource().getConnection()) {
      for (String table : tables(connection)) {
        List<String> references =
            column(connection, "select \"from\" from pragma_foreign_key_list('" + table + "')");
        for (String column : references) {
          String plan =
              String.join(
                  "",
                  column(
                      connection,
                      "explain query plan select 1 from " + table + " where " + column + " = 'x'",
                      4));
          if (plan.contains("SCAN")) {
            missing.add(table + "." + column);
          }
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void aScanIsFound() throws SQLException {
    try (Connection connection = store.dataSource().getConnection()) {
      Set<String> tables = Set.copyOf(tables(connection));
      assertTrue(scan(connection, "select * from turn where request = ?", tables).isPresent());
      assertFalse(scan(connection, "select * from turn where id = ?", tables).isPresent());
    }
  }

  private static List<String> tables(Connection connection) throws SQLException {
    return column(
        connection,
        "select name from sqlite_master where type = 'table' and name not like 'sqlite%'"
            + " and name not like 'flyway%' and name not like 'scheduled%'");
  }

  private static List<String> column(Connection connection, String sql) throws SQLException {
    return column(connection, sql, 1);
  }

  private static List<String> column(Connection connection, String sql, int column)
      throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(column));
      }
    }
    return values;
  }

  /** The step of the plan that reads a growing table, if one does. */
  private static Optional<String> scan(Connection connection, String sql, Set<String> growing)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("explain query plan " + sql);
        ResultSet steps = statement.executeQuery()) {
      while (steps.next()) {
        String step = steps.getString("detail");
        boolean bounded = WAITING.stream().anyMatch(index -> step.endsWith(" " + index));
        if (step.startsWith("SCAN ") && !bounded && isTable(sql, step, growing)) {
          return Optional.of(step);
        }
      }
    }
    return Optional.empty();
  }

  /** A scan names the table, or the alias that the statement gave it. */
  private static boolean isTable(String sql, String step, Set<String> growing) {
    String name = step.replaceFirst("SCAN (\\S+).*", "$1");
    return growing.contains(name)
        || growing.stream()
            .anyMatch(table -> sql.matches("(?s).*\\b" + table + " " + name + "\\b.*"));
  }

  private static final Pattern LITERAL =
      Pattern.compile(
          "\"\"\"\\n"
              + "(?<block>.*?)\"\"\"|(?<joined>\"(?:[^\"\\\\\\n"
              + "]|\\\\.)*\"(?:\\s*\\+\\s*\"(?:[^\"\\\\\\n"
              + "]|\\\\.)*\")*)",
          Pattern.DOTALL);

  private static Set<String> sqlInSources() throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.filter(StatementsTest::usesTheStore).toList()) {
        Matcher literal = LITERAL.matcher(Files.readString(file));
        while (literal.find()) {
          String text =
              literal.group("block") != null
                  ? literal.group("block")
                  : literal.group("joined").replaceAll("\"\\s*\\+\\s*\"", "").replace("\"", "");
          if (text.strip().matches("(?s)(select|insert|update|delete|with)\\s.*")) {
            found.add(plain(text));
          }
        }
      }
    }
    return found;
  }

  /** What opens, migrates, copies and restores a file speaks to it by plain JDBC. */
  private static boolean usesTheStore(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".java") && !name.matches("(Schema|Sqlite|Postgres|StoreCopy).*");
  }

  /** One blank between words, and every parameter a question mark. */
  private static String plain(String sql) {
    return sql.replaceAll("(?<![:'])[:][a-z_A-Z0-9]+|<[a-z]+>", "?")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
