package dev.reckon.core.store.jdbi;

import dev.reckon.core.loop.Backoff;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.UnableToManipulateTransactionIsolationLevelException;
import org.jspecify.annotations.Nullable;

/**
 * Writes at isolation level SERIALIZABLE: whatever runs at the same time, the outcome is that of
 * some order one after another, so that work may read and then write by what it read. A transaction
 * that the server ends for another's sake is done once more. Reads are single statements at READ
 * COMMITTED.
 *
 * <p>While the server is away, work waits. Where the connection is lost during a commit, the server
 * is asked by the transaction's number what became of it: work is never done twice on a guess.
 */
final class PostgresTransactions implements Transactions {
  /** For a conflict, which is over when the other transaction is. */
  private static final Backoff CONFLICT =
      new Backoff(Duration.ofMillis(4), Duration.ofMillis(500), Duration.ofMinutes(1));

  /** For a server that is away. */
  private static final Backoff AWAY =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofMinutes(3));

  /**
   * A key that is taken or missing for good is an internal error, and shows after so many tries.
   */
  private static final int TRIES_FOR_A_KEY = 8;

  /**
   * A process that is stopped in the middle of a transaction keeps its rows from others no longer;
   * when it continues, the transaction is done once more.
   */
  private static final Duration MOST_IDLE = Duration.ofSeconds(4);

  private final Jdbi jdbi;
  private final Outage outage;
  private final Duration patience;
  private final CountDownLatch closed = new CountDownLatch(1);

  PostgresTransactions(Jdbi jdbi, String place, Duration patience) {
    this.jdbi = jdbi;
    this.outage = new Outage("The database " + place);
    this.patience = patience;
  }

  @Override
  public <T> T read(Function<Handle, T> work) {
    return persistently(() -> once(work));
  }

  private <T> T once(Function<Handle, T> work) {
    try (Handle handle = jdbi.open()) {
      return work.apply(handle);
    }
  }

  /** In a transaction, so that rows come a few at a time. */
  @Override
  public <T> T readNow(Function<Handle, T> work) {
    long tried = System.nanoTime();
    try {
      T result = once(handle -> handle.inTransaction(work::apply));
      outage.over();
      return result;
    } catch (JdbiException e) {
      if (PostgresErrors.remedy(e) == PostgresErrors.Remedy.RECONNECT) {
        outage.met(silence(e), e, tried);
      }
      throw e;
    }
  }

  @Override
  public <T> T write(Function<Handle, T> work) {
    return persistently(
        () -> {
          Attempt<T> attempt = new Attempt<>(jdbi);
          try {
            return attempt.perform(work);
          } catch (JdbiException e) {
            if (attempt.isCommitted() || (attempt.isDoubtful() && committed(attempt.number()))) {
              return attempt.result();
            }
            throw e;
          }
        });
  }

  @Override
  public <T> T writeNow(Function<Handle, T> work) {
    return new Attempt<T>(jdbi).perform(work);
  }

  /** Whether a transaction was committed; one that is still under way is waited for. */
  private boolean committed(String number) {
    while (true) {
      String status = persistently(() -> once(handle -> status(handle, number)));
      if (!"in progress".equals(status)) {
        return "committed".equals(status);
      }
      LockSupport.parkNanos(AWAY.first().toNanos());
    }
  }

  private static String status(Handle handle, String number) {
    return handle
        .createQuery("select pg_xact_status(cast(:number as xid8))")
        .bind("number", number)
        .mapTo(String.class)
        .one();
  }

  /** One try of a transaction. For one thread. */
  private static final class Attempt<T> {
    private final Jdbi jdbi;
    private String number = "";
    private @Nullable T result;
    private boolean asked;
    private boolean committed;

    Attempt(Jdbi jdbi) {
      this.jdbi = jdbi;
    }

    T perform(Function<Handle, T> work) {
      try (Handle handle = jdbi.open()) {
        handle.begin();
        try {
          number = begin(handle);
          T done = work.apply(handle);
          result = done;
          asked = true;
          handle.commit();
          committed = true;
          return done;
        } catch (Throwable e) {
          asked &= PostgresErrors.remedy(e) == PostgresErrors.Remedy.RECONNECT;
          rollback(handle);
          throw e;
        }
      }
    }

    boolean isCommitted() {
      return committed;
    }

    /** Whether the server was asked to commit, and its answer was lost. */
    boolean isDoubtful() {
      return asked && !committed;
    }

    String number() {
      return number;
    }

    @SuppressWarnings("NullAway") // null only where the work's result is
    T result() {
      return result;
    }
  }

  /** Both in one message to the server. */
  private static String begin(Handle handle) {
    try (Statement statement = handle.getConnection().createStatement()) {
      statement.execute(
          "set transaction isolation level serializable;"
              + " set local idle_in_transaction_session_timeout = "
              + MOST_IDLE.toMillis()
              + "; select pg_current_xact_id()::text");
      statement.getMoreResults();
      statement.getMoreResults();
      try (ResultSet row = statement.getResultSet()) {
        row.next();
        return row.getString(1);
      }
    } catch (SQLException e) {
      throw new UnableToManipulateTransactionIsolationLevelException("serializable", e);
    }
  }

  private static void rollback(Handle handle) {
    try {
      if (handle.isInTransaction()) {
        handle.rollback();
      }
    } catch (JdbiException e) {
      // The connection is gone, and the transaction with it.
      abandon(handle);
    }
  }

  private static void abandon(Handle handle) {
    try {
      Connection connection = handle.getConnection();
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      throw new ConnectionException(e);
    }
  }

  /** Tries until it succeeds, fails for good, or patience is at its end. */
  private <T> T persistently(Supplier<T> work) {
    // An interrupt is how turns are cancelled; half of the work in a database is worse than all.
    boolean interrupted = Thread.interrupted();
    long began = System.nanoTime();
    int conflicts = 0;
    int keys = 0;
    int failures = 0;
    try {
      while (true) {
        long tried = System.nanoTime();
        try {
          T result = work.get();
          outage.over();
          return result;
        } catch (JdbiException e) {
          boolean byInterrupt = PostgresErrors.isInterrupt(e);
          boolean asked = Thread.interrupted();
          interrupted |= asked || byInterrupt;
          PostgresErrors.Remedy remedy = PostgresErrors.remedy(e);
          if (closed.getCount() == 0 || System.nanoTime() - began > patience.toNanos()) {
            throw e;
          }
          switch (remedy) {
            case KEY -> {
              if (++keys > TRIES_FOR_A_KEY) {
                throw e;
              }
              interrupted |= pause(jittered(CONFLICT.after(conflicts++)));
            }
            case REPEAT -> interrupted |= pause(jittered(CONFLICT.after(conflicts++)));
            case WAIT -> interrupted |= pause(AWAY.after(failures++));
            case RECONNECT -> {
              if (!byInterrupt) {
                outage.met(silence(e), e, tried);
                interrupted |= pause(AWAY.after(failures++));
              }
            }
            case NONE -> {
              if (!byInterrupt) {
                throw e;
              }
            }
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static String silence(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return Objects.toString(root.getMessage(), root.getClass().getSimpleName())
        .lines()
        .findFirst()
        .map(reason -> "does not answer (" + reason + ")")
        .orElse("does not answer");
  }

  private static Duration jittered(Duration pause) {
    return Duration.ofNanos(ThreadLocalRandom.current().nextLong(pause.toNanos()) + 1);
  }

  /** Returns whether the thread was interrupted meanwhile; closing the store ends the pause. */
  private boolean pause(Duration length) {
    try {
      boolean atOnce = closed.await(length.toNanos(), TimeUnit.NANOSECONDS);
      return atOnce && Thread.interrupted();
    } catch (InterruptedException e) {
      return true;
    }
  }

  @Override
  public int waitingWriters() {
    return 0;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
