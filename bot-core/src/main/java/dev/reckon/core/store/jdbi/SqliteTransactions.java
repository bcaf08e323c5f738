package dev.reckon.core.store.jdbi;

import dev.reckon.core.loop.Backoff;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * One writer at a time. SQLite lets a writer that waits sleep and try again, which a writer in a
 * loop can starve: in one process writers queue here instead, in the order in which they came.
 *
 * <p>While another program holds the database, or the disk is full, work waits. Between two tries
 * it lets others by: what needs less room may find it.
 */
final class SqliteTransactions implements Transactions {
  private static final Backoff AGAIN =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofMinutes(3));

  private final Jdbi jdbi;
  private final Outage outage;
  private final Duration patience;
  private final ReentrantLock writers = new ReentrantLock(true);

  /** Writers that met a database that takes no changes. */
  private final AtomicInteger waiting = new AtomicInteger();

  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @param place for the log
   * @param patience how long work waits for a database that takes no changes before it fails
   */
  SqliteTransactions(Jdbi jdbi, String place, Duration patience) {
    this.jdbi = jdbi;
    this.outage = new Outage("The database " + place);
    this.patience = patience;
  }

  @Override
  public <T> T read(Function<Handle, T> work) {
    return persistently(
        () -> {
          try (Handle handle = open()) {
            return work.apply(handle);
          }
        });
  }

  @Override
  public <T> T write(Function<Handle, T> work) {
    AtomicBoolean waits = new AtomicBoolean();
    try {
      return persistently(
          () -> {
            long tried = System.nanoTime();
            try {
              T result = once(work);
              ended(waits);
              return result;
            } catch (JdbiException e) {
              SqliteErrors.passing(e)
                  .ifPresent(
                      what -> {
                        if (!waits.getAndSet(true)) {
                          waiting.incrementAndGet();
                        }
                        outage.met(what, e, tried);
                      });
              throw e;
            }
          });
    } finally {
      leave(waits);
    }
  }

  @Override
  public <T> T writeNow(Function<Handle, T> work) {
    return once(work);
  }

  /** What needs no room continues while others wait for some: it is over when nobody waits. */
  private void ended(AtomicBoolean waits) {
    leave(waits);
    if (waiting.get() == 0) {
      outage.over();
    }
  }

  private void leave(AtomicBoolean waits) {
    if (waits.getAndSet(false)) {
      waiting.decrementAndGet();
    }
  }

  /** Tries until it succeeds, fails for good, or patience is at its end. */
  private <T> T persistently(Supplier<T> work) {
    boolean interrupted = false;
    long began = System.nanoTime();
    try {
      for (int failures = 0; ; failures++) {
        try {
          return work.get();
        } catch (JdbiException e) {
          if (SqliteErrors.passing(e).isEmpty()
              || closed.getCount() == 0
              || System.nanoTime() - began > patience.toNanos()) {
            throw e;
          }
          interrupted |= pause(AGAIN.after(failures));
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private <T> T once(Function<Handle, T> work) {
    writers.lock();
    try (Handle handle = open()) {
      return handle.inTransaction(work::apply);
    } finally {
      writers.unlock();
    }
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

  /** A file that takes no changes can be read still, but whoever asks this wants to know. */
  @Override
  public <T> T readNow(Function<Handle, T> work) {
    outage
        .current()
        .ifPresent(
            failure -> {
              throw new ConnectionException(failure);
            });
    return read(work);
  }

  @Override
  public int waitingWriters() {
    return writers.getQueueLength();
  }

  @Override
  public void close() {
    closed.countDown();
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
