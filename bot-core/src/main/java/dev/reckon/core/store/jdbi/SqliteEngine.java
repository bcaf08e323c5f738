package dev.reckon.core.store.jdbi;

import dev.reckon.core.message.ConversationId;
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
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A SQLite file: one writer, one instance, a backup beside it before an upgrade. */
final class SqliteEngine implements Engine {
  static final int CONNECTIONS = 8;

  private static final Logger LOG = LoggerFactory.getLogger(SqliteEngine.class);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final SqliteAddress address;
  private final DataSource source;
  private final SqliteErrors errors;
  private final Schema schema;
  private final Duration patience;
  private final Clock clock;

  /** Makes the file where it is missing. */
  SqliteEngine(SqliteAddress address, Duration patience, Clock clock) {
    address.prepare();
    address.create();
    this.address = address;
    this.source = address.dataSource();
    this.errors = new SqliteErrors(address.file());
    this.schema = new Schema(this, "sqlite");
    this.patience = patience;
    this.clock = clock;
  }

  Path file() {
    return address.file();
  }

  @Override
  public String place() {
    return address.file().toString();
  }

  @Override
  public DataSource dataSource() {
    return source;
  }

  @Override
  public int connections() {
    return CONNECTIONS;
  }

  @Override
  public Transactions transactions(Jdbi jdbi) {
    return new SqliteTransactions(jdbi, place(), patience);
  }

  @Override
  public StoreException translate(Exception failure) {
    return errors.translate(failure);
  }

  /** The operating system keeps the lock for this process's whole life: it is never lost. */
  @Override
  public AutoCloseable lockInstance(boolean shared, Runnable lost) {
    return InstanceLock.acquire(address.file());
  }

  @Override
  public Optional<String> damage(Handle handle) {
    String answer = handle.createQuery("pragma quick_check(1)").mapTo(String.class).one();
    return answer.equals("ok") ? Optional.empty() : Optional.of(answer);
  }

  /** A transaction holds the whole database. */
  @Override
  public void holdConversation(Handle handle, ConversationId conversation) {
    // Nothing to add to that.
  }

  @Override
  public long now(Handle handle) {
    return handle
        .createQuery("select cast(unixepoch('subsec') * 1000 as integer)")
        .mapTo(Long.class)
        .one();
  }

  /** The instance lock sees to that. */
  @Override
  public boolean isForOneProcess() {
    return true;
  }

  /** A transaction holds the whole database. */
  @Override
  public String lockingRows() {
    return "";
  }

  @Override
  public OptionalLong lastNumber(Handle handle, String table, String column) {
    return handle
        .createQuery("select seq from sqlite_sequence where name = :name")
        .bind("name", table)
        .mapTo(Long.class)
        .findOne()
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  @Override
  public void goOnAfter(Handle handle, String table, String column, long number) {
    handle.execute("delete from sqlite_sequence where name = ?", table);
    handle.execute("insert into sqlite_sequence (name, seq) values (?, ?)", table, number);
  }

  /** Freed pages are overwritten. */
  @Override
  public void beforeErasing(Handle handle) {
    handle.createQuery("pragma secure_delete = on").mapToMap().list();
  }

  /**
   * The log of changes is emptied into the database; where readers hold it, a later one does it.
   */
  @Override
  public void afterErasing(Handle handle) {
    handle.createQuery("pragma wal_checkpoint(truncate)").mapToMap().list();
  }

  @Override
  public void bringUpToDate() {
    if (schema.version() == Schema.VERSION) {
      return;
    }
    Path marker = address.file().resolveSibling(address.file().getFileName() + ".migrating");
    try (FileChannel channel =
            FileChannel.open(marker, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      // Another process may have done it while this one waited for the lock.
      int before = lock.isValid() ? schema.version() : Schema.VERSION;
      if (before < Schema.VERSION) {
        if (schema.holdsSomething()) {
          backUp(before);
        }
        schema.migrate();
      }
      Files.deleteIfExists(marker);
    } catch (IOException e) {
      throw new StoreException(
          Kind.CANNOT_OPEN,
          "The folder of the database " + address.file() + " cannot be written to.",
          e);
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
}
