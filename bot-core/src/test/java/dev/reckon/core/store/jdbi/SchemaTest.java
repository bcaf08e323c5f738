package dev.reckon.core.store.jdbi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
  private static final Path MIGRATIONS =
      Path.of(System.getProperty("reckon.root"), "bot-core/src/main/resources/db/migration/sqlite");

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("reckon.db");
  }

  private String url() {
    return "jdbc:sqlite:" + file();
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private List<Path> backups() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(path -> path.toString().endsWith(".backup")).toList();
    }
  }

  @Test
  void theVersionIsThatOfTheNewestMigration() throws IOException {
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      int newest =
          files
              .map(path -> path.getFileName().toString().replaceFirst("V(\\d+)__.*", "$1"))
              .mapToInt(Integer::parseInt)
              .max()
              .orElseThrow();
      assertEquals(newest, Schema.VERSION);
    }
  }

  @Test
  void aNewDatabaseNeedsNoBackup() throws IOException {
    JdbiStore.open(url(), Clock.systemUTC()).close();
    JdbiStore.open(url(), Clock.systemUTC()).close();
    assertEquals(List.of(), backups());
  }

  @Test
  void aBackupIsTakenBeforeAnOlderDatabaseChanges() throws Exception {
    execute(
        "create table flyway_schema_history (installed_rank integer primary key, version text,"
            + " description text not null, type text not null, script text not null,"
            + " checksum integer, installed_by text not null, installed_on text not null default"
            + " (strftime('%Y-%m-%d %H:%M:%f','now')), execution_time integer not null,"
            + " success boolean not null)",
        "create table precious (word text)", "insert into precious values ('kept')");
    JdbiStore.open(url(), Clock.systemUTC()).close();
    assertEquals(1, backups().size());
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + backups().get(0));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select word from precious")) {
      assertTrue(row.next());
      assertEquals("kept", row.getString(1));
    }
  }

  @Test
  void aNewerDatabaseIsLeftAlone() throws SQLException {
    JdbiStore.open(url(), Clock.systemUTC()).close();
    execute(
        "insert into flyway_schema_history (installed_rank, version, description, type, script,"
            + " installed_by, installed_on, execution_time, success)"
            + " values (999, '999', 'later', 'SQL', 'V999', 'x', '2030-01-01', 1, 1)");
    StoreException refusal =
        assertThrows(StoreException.class, () -> JdbiStore.open(url(), Clock.systemUTC()));
    assertEquals(StoreException.Kind.NEWER, refusal.kind());
  }

  @Test
  void severalProcessesMayMeetANewDatabase() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      Callable<Integer> open =
          () -> {
            Process process =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "--enable-native-access=ALL-UNNAMED",
                        OpenAndClose.class.getName(),
                        url())
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().transferTo(System.out);
            return process.waitFor();
          };
      for (Future<Integer> exit : threads.invokeAll(List.of(open, open, open))) {
        assertEquals(0, exit.get());
      }
    }
  }

  /** A process that opens the store, and says by its exit whether that worked. */
  static final class OpenAndClose {
    private OpenAndClose() {}

    public static void main(String[] arguments) {
      JdbiStore.open(arguments[0], Clock.systemUTC()).close();
    }
  }
}
