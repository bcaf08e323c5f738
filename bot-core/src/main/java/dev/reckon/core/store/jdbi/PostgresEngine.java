package dev.reckon.core.store.jdbi;

import dev.reckon.core.message.ConversationId;
import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.StoreException.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** A PostgreSQL database. */
final class PostgresEngine implements Engine {
  /** The oldest version that the contract suite runs on. */
  static final int OLDEST_VERSION = 14;

  private final StoreAccess access;
  private final PostgresAddress address;
  private final PostgresErrors errors;
  private final Schema schema;

  PostgresEngine(StoreAccess access) {
    this.access = access;
    this.address = PostgresAddress.of(access);
    this.errors = new PostgresErrors(address.place());
    this.schema = new Schema(this, "postgresql");
  }

  @Override
  public String place() {
    return address.place();
  }

  @Override
  public DataSource dataSource() {
    return address.source();
  }

  @Override
  public int connections() {
    return access.connections();
  }

  @Override
  public Transactions transactions(Jdbi jdbi) {
    return new PostgresTransactions(jdbi, address.place(), access.patience());
  }

  @Override
  public StoreException translate(Exception failure) {
    return errors.translate(failure);
  }

  /** Flyway's own lock keeps several processes from doing it at once. */
  @Override
  public void bringUpToDate() {
    checkServer();
    if (schema.version() < Schema.VERSION) {
      schema.migrate();
    }
  }

  private void checkServer() {
    try (Connection connection = address.source().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select current_setting('server_version'), current_setting('server_encoding'),"
                    + " current_setting('server_version_num')::integer, current_schema(),"
                    + " pg_is_in_recovery()")) {
      row.next();
      if (row.getInt(3) < OLDEST_VERSION * 10_000) {
        throw refuse(
            "is version %s. Use PostgreSQL %d or newer."
                .formatted(row.getString(1), OLDEST_VERSION));
      }
      if (!"UTF8".equals(row.getString(2))) {
        throw refuse(
            "has the encoding %s. Create the database with encoding UTF8."
                .formatted(row.getString(2)));
      }
      if (row.getString(4) == null) {
        throw refuse(
            "has no schema for this user. Create the one that currentSchema in store.url or the"
                + " user's search_path names.");
      }
      if (row.getBoolean(5)) {
        throw new StoreException(
            Kind.READ_ONLY,
            "The database "
                + address.place()
                + " is a standby and read-only. Set store.url to the primary.");
      }
    } catch (SQLException e) {
      throw errors.translate(e);
    }
  }

  private StoreException refuse(String what) {
    return new StoreException(Kind.CANNOT_OPEN, "The database " + address.place() + " " + what);
  }

  @Override
  public AutoCloseable lockInstance(boolean shared, Runnable lost) {
    return PostgresLock.acquire(address, shared, lost);
  }

  /** The server finds damage in its pages by itself; here it only has to answer. */
  @Override
  public Optional<String> damage(Handle handle) {
    handle.createQuery("select count(*) from pseudonym_salt").mapTo(Long.class).one();
    return Optional.empty();
  }

  @Override
  public void holdConversation(Handle handle, ConversationId conversation) {
    handle
        .createQuery("select id from conversation where id = :id for update")
        .bind("id", conversation.value())
        .mapTo(String.class)
        .findOne();
  }

  @Override
  public long now(Handle handle) {
    return handle
        .createQuery("select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)")
        .mapTo(Long.class)
        .one();
  }

  @Override
  public boolean isForOneProcess() {
    return false;
  }

  /** Others may still refer to the rows. */
  @Override
  public String lockingRows() {
    return " for no key update";
  }

  @Override
  public OptionalLong lastNumber(Handle handle, String table, String column) {
    return handle
        .createQuery(
            "select s.last_value from pg_sequences s where format('%I.%I', s.schemaname,"
                + " s.sequencename)::regclass = pg_get_serial_sequence(:table, :column)::regclass"
                + " and s.last_value is not null")
        .bind("table", table)
        .bind("column", column)
        .mapTo(Long.class)
        .findOne()
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  @Override
  public void goOnAfter(Handle handle, String table, String column, long number) {
    handle
        .createQuery("select setval(pg_get_serial_sequence(:table, :column)::regclass, :number)")
        .bind("table", table)
        .bind("column", column)
        .bind("number", number)
        .mapTo(Long.class)
        .one();
  }

  @Override
  public void beforeErasing(Handle handle) {
    // Deleted rows lie in the server's files until its autovacuum lets the room be used again.
  }

  @Override
  public void afterErasing(Handle handle) {
    // The same.
  }
}
