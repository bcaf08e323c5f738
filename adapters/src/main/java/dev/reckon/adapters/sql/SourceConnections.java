package dev.reckon.adapters.sql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import dev.reckon.adapters.sql.SourceSettings.Source;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to one database. Those to PostgreSQL are kept between queries for a minute, since
 * opening one takes a login and often TLS; all others are opened for each query. There are never
 * more than are in use at the same time, which {@link JdbcSources} bounds. A pool of connections
 * that logs in by itself would repeat a refused password, so this one opens only what is asked for.
 * Safe for use by any number of threads.
 */
final class SourceConnections implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SourceConnections.class);
  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final int VALID_SECONDS = 2;

  private final Source source;
  private final ReadOnlySession sessions;
  private final boolean kept;
  private final AtomicLong numbers = new AtomicLong();
  private final Cache<Long, Connection> idle =
      Caffeine.newBuilder()
          .expireAfterWrite(KEPT)
          .scheduler(Scheduler.systemScheduler())
          .<Long, Connection>removalListener(
              (_, connection, cause) -> {
                if (cause.wasEvicted() && connection != null) {
                  close(connection);
                }
              })
          .build();

  SourceConnections(Source source, ReadOnlySession sessions) {
    this.source = source;
    this.sessions = sessions;
    this.kept = Dialect.of(source.url()) == Dialect.POSTGRESQL;
  }

  /** A connection in a read-only transaction, for one thread until it is closed. */
  Lease lease() throws SQLException {
    for (Long number : idle.asMap().keySet()) {
      Connection found = idle.asMap().remove(number);
      if (found != null) {
        if (found.isValid(VALID_SECONDS)) {
          return new Lease(found);
        }
        close(found);
      }
    }
    return new Lease(sessions.open(source));
  }

  /** A connection in use; closed unless all went well with it. */
  final class Lease implements AutoCloseable {
    private final Connection connection;
    private boolean sound;

    private Lease(Connection connection) {
      this.connection = connection;
    }

    Connection connection() {
      return connection;
    }

    /** Ends the transaction; the connection may be used again, by others. */
    void done() throws SQLException {
      connection.rollback();
      sound = true;
    }

    @Override
    public void close() {
      if (sound && kept) {
        idle.put(numbers.incrementAndGet(), connection);
      } else {
        SourceConnections.close(connection);
      }
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.info("a connection could not be closed: {}", e.getSQLState());
    }
  }

  @Override
  public void close() {
    for (Long number : idle.asMap().keySet()) {
      Connection left = idle.asMap().remove(number);
      if (left != null) {
        close(left);
      }
    }
  }
}
