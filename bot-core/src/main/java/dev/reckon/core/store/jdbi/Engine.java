package dev.reckon.core.store.jdbi;

import dev.reckon.core.message.ConversationId;
import dev.reckon.core.store.StoreException;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What differs between the databases that a store can lie in. */
interface Engine {
  /** Where the store lies, for messages: never a password. */
  String place();

  /** Connections that are configured for durable work; not pooled. */
  DataSource dataSource();

  /** How many connections the pool may hold. */
  int connections();

  /**
   * Makes the store's tables, or brings them to the version that this program knows.
   *
   * @throws StoreException when that is not possible; the message says what to do
   */
  void bringUpToDate();

  /** How work is brought into transactions. */
  Transactions transactions(Jdbi jdbi);

  /** What a failure means to the person who runs this program. */
  StoreException translate(Exception failure);

  /**
   * Keeps other instances off until it is closed.
   *
   * @param shared whether others that share it, too, are welcome, where such a database can serve
   *     several
   * @param lost called at most once, on a thread of the lock's, when another instance has it
   * @throws StoreException when another instance has it
   */
  AutoCloseable lockInstance(boolean shared, Runnable lost);

  /** What is wrong with the database, or empty; may read all of it. */
  Optional<String> damage(Handle handle);

  /**
   * Keeps other transactions from adding to a conversation until this one ends, so that its
   * deliveries are seen in the order of their numbers.
   */
  void holdConversation(Handle handle, ConversationId conversation);

  /** The database's time, in milliseconds since 1970 UTC. */
  long now(Handle handle);

  /** Whether only one process can serve from such a database. */
  boolean isForOneProcess();

  /** What a query ends in whose rows must stay as they are until the transaction ends. */
  String lockingRows();

  /** The last number that a table's counter gave, used or not; empty where it has no counter. */
  OptionalLong lastNumber(Handle handle, String table, String column);

  /** Lets a table's counter continue after a number. */
  void goOnAfter(Handle handle, String table, String column, long number);

  /** Before a person's rows are deleted: sees to it that they cannot be read from the disk. */
  void beforeErasing(Handle handle);

  /** After that was committed; outside a transaction. */
  void afterErasing(Handle handle);
}
