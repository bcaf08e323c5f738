package dev.reckon.core.store;

import java.util.function.Supplier;

/**
 * Everything that must be remembered. Safe for use by any number of threads. Every method of its
 * parts may throw {@link StoreException}.
 */
public interface Store extends AutoCloseable {
  Deliveries deliveries();

  Conversations conversations();

  Turns turns();

  Outbox outbox();

  Files files();

  Computations computations();

  Feedback feedback();

  Settings settings();

  Offers offers();

  /**
   * Does several things as one: all of it is kept, or none. Calls made inside take part; a
   * transaction inside a transaction is the same one. It holds the store's only write lock: do
   * nothing slow in it.
   */
  <T> T inTransaction(Supplier<T> work);

  /** The same for work without a result. */
  default void transact(Runnable work) {
    inTransaction(
        () -> {
          work.run();
          return true;
        });
  }

  @Override
  void close();
}
