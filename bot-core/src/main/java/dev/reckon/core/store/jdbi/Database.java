package dev.reckon.core.store.jdbi;

import dev.reckon.core.store.Lease;
import dev.reckon.core.store.LeaseLostException;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
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
  private final Engine engine;
  private final Transactions transactions;

  @SuppressWarnings("ThreadLocalUsage") // one for each store, as long-lived as the program
  private final ThreadLocal<@Nullable Handle> mine = new ThreadLocal<>();

  Database(DataSource source, Engine engine) {
    this.jdbi = Jdbi.create(source);
    this.engine = engine;
    // Arguments are what people wrote: they must not reach a log by way of an exception.
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    jdbi.registerArgument(new StoredText.Arguments());
    this.transactions = engine.transactions(jdbi);
  }

  Engine engine() {
    return engine;
  }

  /** Whether this thread holds a transaction, which others may wait for. */
  boolean isInTransaction() {
    return mine.get() != null;
  }

  /** Reads outside a transaction, or in the thread's own where it has one. */
  <T> T read(Function<Handle, T> work) {
    Handle current = mine.get();
    if (current != null) {
      return work.apply(current);
    }
    try {
      return transactions.read(work);
    } catch (JdbiException e) {
      throw engine.translate(e);
    }
  }

  /**
   * Writes in one transaction, which is the thread's own where it has one.
   *
   * @throws LeaseLostException if the thread works under a lease that another replica has taken
   *     over; nothing was written then
   */
  <T> T write(Function<Handle, T> work) {
    Handle current = mine.get();
    if (current != null) {
      return work.apply(current);
    }
    try {
      return transactions.write(
          handle -> {
            mine.set(handle);
            try {
              refuseWhenLost(handle);
              return work.apply(handle);
            } finally {
              mine.remove();
            }
          });
    } catch (JdbiException e) {
      throw engine.translate(e);
    }
  }

  private void refuseWhenLost(Handle handle) {
    Optional<Lease> lease = Lease.current();
    if (lease.isPresent() && !JdbiReplicas.holdsOn(handle, engine, lease.get())) {
      throw new LeaseLostException(lease.get());
    }
  }

  /** Reads, or fails within seconds where the database does not answer. */
  <T> T readNow(Function<Handle, T> work) {
    try {
      return transactions.readNow(work);
    } catch (JdbiException e) {
      throw engine.translate(e);
    }
  }

  /** Writes in one transaction of its own, which is tried once. */
  <T> T writeNow(Function<Handle, T> work) {
    try {
      return transactions.writeNow(work);
    } catch (JdbiException e) {
      throw engine.translate(e);
    }
  }

  /** Has each statement that is executed from now on reported. */
  void log(SqlLogger logger) {
    jdbi.setSqlLogger(logger);
  }

  /** How many threads wait to write, where they queue in this process. */
  int waitingWriters() {
    return transactions.waitingWriters();
  }

  /** Runs one statement; returns how many rows it changed. */
  int update(String sql, @Nullable Object... arguments) {
    return write(handle -> handle.execute(sql, arguments));
  }

  void close() {
    transactions.close();
  }
}
