package dev.reckon.core.store.jdbi;

import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * One writer at a time. SQLite lets a writer that waits sleep and try again, which a writer in a
 * loop can starve: in one process writers queue here instead, in the order in which they came.
 */
final class SqliteTransactions implements Transactions {
  private final Jdbi jdbi;
  private final ReentrantLock writers = new ReentrantLock(true);

  SqliteTransactions(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public <T> T read(Function<Handle, T> work) {
    try (Handle handle = open()) {
      return work.apply(handle);
    }
  }

  @Override
  public <T> T write(Function<Handle, T> work) {
    writers.lock();
    try (Handle handle = open()) {
      return handle.inTransaction(work::apply);
    } finally {
      writers.unlock();
    }
  }

  /** A file is there or fails at once. */
  @Override
  public <T> T readNow(Function<Handle, T> work) {
    return read(work);
  }

  @Override
  public int waitingWriters() {
    return writers.getQueueLength();
  }

  @Override
  public void close() {
    // Nobody waits for longer than SQLite's own bound.
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
}
