package dev.reckon.core.store.jdbi;

import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.StoreException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a database to the version that this program knows. Loading Flyway costs about 200 ms of
 * processor time on top of the 950 ms that the rest of the store's start takes, so it is left alone
 * when the database is current.
 */
final class Schema {
  /** The newest migration among the resources; a test compares the two. */
  static final int VERSION = 4;

  private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final SqliteAddress address;
  private final DataSource source;
  private final SqliteErrors errors;
  private final Clock clock;

  Schema(SqliteAddress address, DataSource source, SqliteErrors errors, Clock clock) {
    this.address = address;
    this.source = source;
    this.errors = errors;
    this.clock = clock;
  }

  void bringUpToDate() {
    if (version() == VERSION) {
      return;
    }
    Path marker = address.file().resolveSibling(address.file().getFileName() + ".migrating");
    try (FileChannel channel =
            FileChannel.open(marker, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      // Another process may have done it while this one waited for the lock.
      int before = lock.isValid() ? version() : VERSION;
      if (before < VERSION) {
        if (holds("table")) {
          backUp(before);
        }
        migrate();
      }
      Files.deleteIfExists(marker);
    } catch (IOException e) {
      throw new StoreException(
          Kind.CANNOT_OPEN,
          "The folder of the database " + address.file() + " cannot be written to.",
          e);
    }
  }

  /** 0 for a database without tables of ours. */
  private int version() {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      if (!holds("flyway_schema_history")) {
        return 0;
      }
      try (ResultSet row =
          statement.executeQuery(
              "select max(cast(version as integer)) from flyway_schema_history where success ="
                  + " 1")) {
        int version = row.next() ? row.getInt(1) : 0;
        if (version > VERSION) {
          throw new StoreException(
              Kind.NEWER,
              "The database "
                  + address.file()
                  + " was written by a newer version of Reckon. Use that version, or put back the"
                  + " backup that was taken before the upgrade.");
        }
        return version;
      }
    } catch (SQLException e) {
      throw errors.translate(e);
    }
  }

  /** Whether there is a table of that name, or any at all for the name {@code table}. */
  private boolean holds(String name) {
    try (Connection connection = source.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "select 1 from sqlite_master where ? in (name, type) limit 1")) {
      query.setString(1, name);
      try (ResultSet row = query.executeQuery()) {
        return row.next();
      }
    } catch (SQLException e) {
      throw errors.translate(e);
    }
  }

  private void backUp(int before) {
    Path backup =
        address
            .file()
            .resolveSibling(
                "%s.v%d-%s.backup"
                    .formatted(
                        address.file().getFileName(), before, STAMP.format(clock.instant())));
    try {
      // SQLite writes into an empty file that is there.
      OwnerOnly.create(backup);
    } catch (IOException e) {
      throw new StoreException(Kind.CANNOT_OPEN, "The backup " + backup + " cannot be written.", e);
    }
    try (Connection connection = source.getConnection();
        PreparedStatement copy = connection.prepareStatement("vacuum into ?")) {
      copy.setString(1, backup.toString());
      copy.execute();
      LOG.info("Before the upgrade from version {} a backup was taken: {}", before, backup);
    } catch (SQLException e) {
      throw errors.translate(e);
    }
  }

  private void migrate() {
    try {
      Flyway.configure().dataSource(source).locations("classpath:db/migration").load().migrate();
    } catch (FlywayException e) {
      throw errors.translate(e);
    }
  }
}
