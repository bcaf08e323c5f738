package dev.reckon.core.store;

import dev.reckon.core.policy.Ledger;
import dev.reckon.core.policy.PolicyChanges;
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

  Preferences settings();

  Offers offers();

  Audit audit();

  Statistics statistics();

  Privacy privacy();

  Export export();

  /** What was used so far, for budgets. */
  Ledger ledger();

  /** What administrators changed. */
  PolicyChanges policyChanges();

  /** What waits at this moment. */
  Backlog backlog();

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
