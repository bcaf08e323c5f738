package dev.reckon.core.store.jdbi;

import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jspecify.annotations.Nullable;

/** Handles, transactions, and the store's errors in place of the library's. */
final class Database {
  private final Jdbi jdbi;
  private final SqliteErrors errors;

  /**
   * SQLite lets a writer that waits sleep and try again, which a writer in a loop can starve. In
   * one process writers queue here instead, in the order in which they came.
   */
  private final ReentrantLock writers = new ReentrantLock(true);

  @SuppressWarnings("ThreadLocalUsage") // one for each store, as long-lived as the program
  private final ThreadLocal<@Nullable Handle> mine = new ThreadLocal<>();

  Database(DataSource source, SqliteErrors errors) {
    this.jdbi = Jdbi.create(source);
    // Arguments are what people wrote: they must not reach a log by way of an exception.
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    this.errors = errors;
  }

  /** Reads outside a transaction, or in the thread's own where it has one. */
  <T> T read(Function<Handle, T> work) {
    Handle current = mine.get();
    if (current != null) {
      return work.apply(current);
    }
    try (Handle handle = open()) {
      return work.apply(handle);
    } catch (JdbiException e) {
      throw errors.translate(e);
    }
  }

  /** Writes in one transaction, which is the thread's own where it has one. */
  <T> T write(Function<Handle, T> work) {
    Handle current = mine.get();
    if (current != null) {
      return work.apply(current);
    }
    writers.lock();
    try (Handle handle = open()) {
      mine.set(handle);
      return handle.inTransaction(work::apply);
    } catch (JdbiException e) {
      throw errors.translate(e);
    } finally {
      mine.remove();
      writers.unlock();
    }
  }

  /** Has each statement that is executed from now on reported. */
  void log(SqlLogger logger) {
    jdbi.setSqlLogger(logger);
  }

  /** How many threads wait to write. */
  int waitingWriters() {
    return writers.getQueueLength();
  }

  /**
   * Work in a database is short, and half of it is worse than all: an interrupt, which is how turns
   * are cancelled, waits until it is done.
   */
  private Handle open() {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return jdbi.open();
        } catch (ConnectionException e) {
          if (!hasCause(e, InterruptedException.class)) {
            throw e;
          }
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean hasCause(Throwable failure, Class<?> type) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(type::isInstance);
  }

  /** Runs one statement; returns how many rows it changed. */
  int update(String sql, @Nullable Object... arguments) {
    return write(handle -> handle.execute(sql, arguments));
  }
}
