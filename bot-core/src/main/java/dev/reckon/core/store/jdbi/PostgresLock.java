package dev.reckon.core.store.jdbi;

import dev.reckon.core.loop.Backoff;
import dev.reckon.core.loop.SupervisedLoop;
import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.StoreException.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the copying of a PostgreSQL store and those that serve from it apart, by an advisory lock
 * of the server's on a connection of its own; any number of {@code start} share it. The server
 * gives it up with the connection: a loop takes it again when the server is back, and says so when
 * another instance was quicker. Safe for use by any number of threads.
 */
final class PostgresLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresLock.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int ANSWER_SECONDS = 5;

  /** Ours among the locks of a database; the second half is the schema's. */
  private static final int KEY = 0x7265636b;

  private final PostgresAddress address;
  private final PostgresErrors errors;
  private final boolean shared;
  private final Runnable lost;
  private final SupervisedLoop watch;

  // Of the watch's thread after the start.
  private @Nullable Connection connection;
  private boolean gone;

  private PostgresLock(PostgresAddress address, boolean shared, Runnable lost) {
    this.shared = shared;
    this.address = address;
    this.errors = new PostgresErrors(address.place());
    this.lost = lost;
    this.watch =
        SupervisedLoop.every(
            LOOK,
            new SupervisedLoop.Schedule(
                "store-lock", LOOK, Duration.ofMinutes(1), Backoff.IMPATIENT),
            this::look,
            InstantSource.system());
  }

  /**
   * Takes the lock.
   *
   * @param shared whether others may share it
   * @param lost called at most once, when another instance took it while the server was away
   * @throws StoreException of kind {@code IN_USE} when another instance has it
   */
  static PostgresLock acquire(PostgresAddress address, boolean shared, Runnable lost) {
    PostgresLock lock = new PostgresLock(address, shared, lost);
    try {
      lock.connection = lock.take();
    } catch (SQLException e) {
      throw lock.errors.translate(e);
    }
    lock.watch.start();
    return lock;
  }

  private Connection take() throws SQLException {
    Connection fresh = address.source().getConnection();
    try {
      name(fresh);
      if (!locked(fresh)) {
        throw new StoreException(
            Kind.IN_USE,
            "Another process ("
                + (shared ? "a copy of the store, or an older version of Reckon" : "`reckon start`")
                + ") already uses the database "
                + address.place()
                + holder(fresh)
                + ". Stop that one first, or give this one a database or a schema of its own.");
      }
      return fresh;
    } catch (SQLException | RuntimeException e) {
      fresh.close();
      throw e;
    }
  }

  /** What a second instance's message, and pg_stat_activity, name this one by. */
  private static void name(Connection connection) throws SQLException {
    try (PreparedStatement name =
        connection.prepareStatement("select set_config('application_name', ?, false)")) {
      name.setString(1, "reckon start, process " + ProcessHandle.current().pid());
      name.execute();
    }
  }

  private boolean locked(Connection connection) throws SQLException {
    String function = shared ? "pg_try_advisory_lock_shared" : "pg_try_advisory_lock";
    try (PreparedStatement lock =
        connection.prepareStatement("select " + function + "(?, hashtext(current_schema()))")) {
      lock.setInt(1, KEY);
      try (ResultSet row = lock.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private static String holder(Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select a.application_name, coalesce(host(a.client_addr), 'this host') from pg_locks l"
                + " join pg_stat_activity a on a.pid = l.pid where l.locktype = 'advisory'"
                + " and l.granted and l.classid::bigint = ? and l.objsubid = 2 and l.database ="
                + " (select oid from pg_database where datname = current_database()) limit 1")) {
      query.setLong(1, KEY);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? " (" + row.getString(1) + ", from " + row.getString(2) + ")" : "";
      }
    }
  }

  /** Sees whether the lock is still held, and takes it again where the connection is gone. */
  private void look() throws SQLException {
    Connection held = connection;
    if (gone || (held != null && held.isValid(ANSWER_SECONDS))) {
      return;
    }
    if (held != null) {
      connection = null;
      held.close();
    }
    try {
      connection = take();
    } catch (StoreException e) {
      gone = true;
      LOG.error(
          "The database was away, and meanwhile another instance took this one's place. {}",
          e.getMessage());
      lost.run();
    } catch (SQLException e) {
      if (PostgresErrors.remedy(e) != PostgresErrors.Remedy.RECONNECT) {
        throw e;
      }
      LOG.debug("the lock's connection waits for the database", e);
    }
  }

  @Override
  public void close() throws SQLException {
    watch.close();
    Connection held = connection;
    if (held != null) {
      held.close();
    }
  }
}
