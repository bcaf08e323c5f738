package dev.reckon.core.store.jdbi;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * How work is brought into transactions. Work may be done more than once when an earlier attempt
 * left nothing behind, so it must change nothing but the database. Safe for use by any number of
 * threads.
 */
interface Transactions extends AutoCloseable {
  /** Reads outside a transaction. */
  <T> T read(Function<Handle, T> work);

  /** Writes in one transaction: all of it is kept, or none. */
  <T> T write(Function<Handle, T> work);

  /** Reads, but fails within seconds where the database does not answer or takes no changes. */
  <T> T readNow(Function<Handle, T> work);

  /** Writes, but tries only once and fails within seconds where the database does not answer. */
  <T> T writeNow(Function<Handle, T> work);

  /** How many threads wait for another's transaction to end, where that is known. */
  int waitingWriters();

  /** Work that waits for the database gives up. */
  @Override
  void close();
}
