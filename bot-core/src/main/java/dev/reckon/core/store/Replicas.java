package dev.reckon.core.store;

import java.time.Duration;
import java.util.List;

/**
 * The processes that serve people from one store. Each calls {@link #join} once and {@link #beat}
 * often; one that has been silent for too long counts as ended, and what it worked on is released
 * for others. All times are the database's, so that clocks of machines need not agree.
 */
public interface Replicas {
  /** This process's id: no other one, nor an earlier one on the same machine, has it. */
  String self();

  /** Whether several processes can serve from this store. */
  boolean isShared();

  /**
   * A process begins to serve. In a store that only one process can use at a time (SQLite),
   * whatever others held is released at once.
   *
   * @param replica an id that no other process has had
   * @param silence how long it may be silent
   * @return ids of replicas whose work was released, as {@link #beat} returns them
   */
  List<String> join(String replica, Duration silence);

  /**
   * This process is alive. Releases the work of those that are not, if this one was heard all the
   * time that they were silent: while the database is away, nobody is heard, and nobody has ended.
   *
   * <p>What a replica worked on when it ended is suspected of having ended it. A single delivery
   * has a death counted. Of several at most one is guilty: only as many suspects as the square root
   * of their number are then worked on at once, and should a process end again, fewer, until one is
   * alone with it. A thousand suspects take four more ends to find the one that causes them, and
   * the others do not wait for each other one by one.
   *
   * @return ids of the replicas that ended, and of those that ended before and left work
   */
  List<String> beat(String replica, Duration silence);

  /**
   * A process is shut down; others need not wait for its silence. Tried once, because an end must
   * not wait for a store that is away.
   *
   * @throws StoreException when it could not be stored
   */
  void leave(String replica);

  /** How many are alive. */
  int alive();

  /**
   * Whether this replica does a task that only one does at a time: it keeps the task until it ends
   * or leaves. One that counts as ended does none. Where only one process can serve, it does every
   * task.
   */
  boolean leads(String task, String replica);

  /** Gives a task up that it no longer does, so that another replica can begin at once. */
  void release(String task, String replica);
}
