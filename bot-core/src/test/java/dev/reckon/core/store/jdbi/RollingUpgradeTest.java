package dev.reckon.core.store.jdbi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * During a rollout processes of the version before and of this one share a PostgreSQL database,
 * whose tables are this version's. So a migration may only add what the version before need not
 * know of, or loosen what it relies on; and processes that start together must not both migrate. A
 * SQLite file has one process, which is stopped before.
 */
class RollingUpgradeTest {
  /** Several processes share a database from this version on. */
  private static final int FIRST_SHARED = 14;

  private static final Path MIGRATIONS =
      Path.of(
          System.getProperty("reckon.root"), "bot-core/src/main/resources/db/migration/postgresql");

  /** Statements that the rules below refuse and that are harmless all the same, with the reason. */
  private static final Map<String, String> HARMLESS = Map.of();

  private static final Pattern CREATE_TABLE = Pattern.compile("create table (\\w+) \\(.*\\)");
  private static final Pattern CREATE_INDEX =
      Pattern.compile("create (unique )?index \\w+ on (\\w+)\\b.*");
  private static final Pattern ALTER = Pattern.compile("alter table (\\w+) (.*)");
  private static final Pattern DROP_CONSTRAINT = Pattern.compile("drop constraint \\w+");

  /** Why processes of the version before could fail on a migration; empty where they cannot. */
  static List<String> problems(String migration) {
    List<String> problems = new ArrayList<>();
    Set<String> created = new HashSet<>();
    for (String each : migration.replaceAll("--[^\\n]*", "").split(";", -1)) {
      String statement = each.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
      Matcher table = CREATE_TABLE.matcher(statement);
      Matcher index = CREATE_INDEX.matcher(statement);
      Matcher alter = ALTER.matcher(statement);
      boolean fine;
      if (statement.isEmpty() || HARMLESS.containsKey(statement)) {
        fine = true;
      } else if (table.matches()) {
        fine = created.add(table.group(1));
      } else if (index.matches()) {
        fine = index.group(1) == null || created.contains(index.group(2));
      } else {
        fine = alter.matches() && (created.contains(alter.group(1)) || isLoosening(alter.group(2)));
      }
      if (!fine) {
        problems.add(statement);
      }
    }
    return problems;
  }

  /** What the version before does not name gets a default or stays null. */
  private static boolean isLoosening(String change) {
    boolean adds =
        change.startsWith("add column ")
            && (!change.contains(" not null") || change.contains(" default "))
            && !change.contains(" unique")
            && !change.contains(" check");
    return adds || DROP_CONSTRAINT.matcher(change).matches();
  }

  @Test
  void noMigrationTakesAnythingFromTheVersionBefore() throws IOException {
    Map<String, List<String>> problems = new TreeMap<>();
    int checked = 0;
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      for (Path file : files.filter(it -> version(it) >= FIRST_SHARED).toList()) {
        checked++;
        List<String> found = problems(Files.readString(file));
        if (!found.isEmpty()) {
          problems.put(file.getFileName().toString(), found);
        }
      }
    }
    assertEquals(Schema.VERSION - FIRST_SHARED + 1, checked);
    assertEquals(Map.of(), problems);
  }

  private static int version(Path file) {
    return Integer.parseInt(file.getFileName().toString().replaceFirst("V(\\d+)__.*", "$1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop table file",
        "alter table file drop column attached",
        "alter table file rename column name to called",
        "alter table file rename to files",
        "alter table file alter column bytes type integer",
        "alter table file alter column person set not null",
        "alter table file alter column turn drop default",
        "alter table file add column size bigint not null",
        "alter table file add column size bigint unique",
        "alter table file add constraint positive check (bytes > 0)",
        "create unique index file_name on file (name)",
        "update file set turn = 1",
        "delete from file",
        "create table more (id bigint); drop table file",
      })
  void whatWouldBreakTheVersionBeforeIsFound(String migration) {
    assertEquals(1, problems(migration).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table more (id bigint not null unique); create unique index m on more (id)",
        "create table more (id bigint); alter table more add column x bigint not null",
        "alter table file add column size bigint; -- not null\n create index s on file (size)",
        "alter table file add column size bigint not null default 0",
        "alter table file drop constraint file_sha256_fkey",
      })
  void whatTheVersionBeforeNeedNotKnowIsFine(String migration) {
    assertEquals(List.of(), problems(migration));
  }

  @Test
  void processesThatStartTogetherUpgradeOnce() throws Exception {
    String empty = PostgresServer.newest().empty();
    String older = PostgresServer.newest().empty();
    Flyway.configure()
        .dataSource(older, null, null)
        .locations("classpath:db/migration/postgresql")
        .target(Integer.toString(FIRST_SHARED))
        .load()
        .migrate();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> starts = new ArrayList<>();
      for (String url : List.of(empty, empty, older, older)) {
        starts.add(() -> start(url));
      }
      for (Future<Integer> exit : threads.invokeAll(starts)) {
        assertEquals(0, exit.get());
      }
    }
    for (String url : List.of(empty, older)) {
      assertEquals(
          number(url, "select count(distinct version) from flyway_schema_history"),
          number(url, "select count(*) from flyway_schema_history"));
      assertEquals(
          Schema.VERSION,
          number(url, "select max(cast(version as integer)) from flyway_schema_history"));
    }
  }

  private static int start(String url) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "--enable-native-access=ALL-UNNAMED",
                SchemaTest.OpenAndClose.class.getName(),
                url)
            .redirectErrorStream(true)
            .start();
    process.getInputStream().transferTo(System.out);
    return process.waitFor();
  }

  private static int number(String url, String sql) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
