package dev.reckon.core.store.jdbi;

import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.StoreException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.sqlite.SQLiteConnection;

/** A copy of a database in use, by SQLite's online backup. Writers continue while it is taken. */
final class SqliteBackup {
  private static final int ALL_PAGES = -1;
  private static final int PAUSE_MS = 50;
  private static final int PAUSES = 200;

  private SqliteBackup() {}

  /**
   * Takes a copy, checks it, and puts it in its place in one step: there is never half a backup
   * under that name.
   *
   * @throws StoreException when that is not possible, or when there is a file of that name
   */
  static void take(DataSource source, SqliteErrors errors, Path target) {
    if (Files.exists(target)) {
      throw new StoreException(
          Kind.CANNOT_OPEN, "There is already a file " + target + ". Name another.");
    }
    Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
    try {
      Files.deleteIfExists(unfinished);
      OwnerOnly.create(unfinished);
      // All pages in one step: in steps, each write of another connection would restart it.
      try (Connection connection = source.getConnection()) {
        int code =
            connection
                .unwrap(SQLiteConnection.class)
                .getDatabase()
                .backup("main", unfinished.toString(), null, PAUSE_MS, PAUSES, ALL_PAGES);
        if (code != 0) {
          throw new StoreException(
              Kind.FAULT,
              "SQLite could not finish the backup " + target + " (code " + code + "). Try again.");
        }
      }
      check(unfinished);
      settle(unfinished, target);
    } catch (SQLException e) {
      throw errors.translate(e);
    } catch (IOException e) {
      throw new StoreException(
          Kind.CANNOT_OPEN,
          "The backup " + target + " cannot be written. Check its folder and the space there.",
          e);
    } finally {
      remove(unfinished);
    }
  }

  /**
   * Reads a whole database file for damage.
   *
   * @throws StoreException of kind {@code CORRUPT} when it is damaged or is not a database of
   *     Reckon
   */
  static void check(Path file) {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:file:" + file + "?mode=ro&immutable=1");
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("pragma quick_check(1)")) {
      if (answer.next() && answer.getString(1).equals("ok") && ofReckon(connection)) {
        return;
      }
    } catch (SQLException e) {
      throw new StoreException(
          Kind.CORRUPT, file + " is damaged or is not an SQLite database. Take another backup.", e);
    }
    throw new StoreException(
        Kind.CORRUPT, file + " is damaged, or is not a database of Reckon's. Take another backup.");
  }

  private static boolean ofReckon(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*) from sqlite_master where name in ('turn', 'delivery')")) {
      return row.next() && row.getInt(1) == 2;
    }
  }

  /** Moves a finished file to its name, on the disk before this returns. */
  static void settle(Path file, Path target) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new StoreException(Kind.FAULT, "The file " + file + " cannot be removed.", e);
    }
  }
}
