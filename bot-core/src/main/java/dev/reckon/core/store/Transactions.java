package dev.reckon.core.store;

import java.util.function.Supplier;

/** Makes several changes to the store at once. Safe for use by any number of threads. */
public interface Transactions {
  /**
   * Runs work in a transaction: all of its changes are kept, or none. Calls of the store made
   * inside take part; a nested transaction joins the outer one. It holds the store's only write
   * lock, so the work must be quick.
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
}
