package dev.reckon.core.policy;

import java.util.List;
import java.util.function.Function;

/** The record of changes, kept for good. Safe for use by any number of threads. */
public interface PolicyChanges {
  /** All of them, the oldest first. */
  List<PolicyChange> all();

  /**
   * Adds one that follows from all that are there; when this returns, it is on disk. Nobody else,
   * in another process neither, adds one in between.
   *
   * @param decision sees all, the oldest first; may be asked more than once, and what it throws
   *     leaves everything as it was
   */
  PolicyChange add(Function<List<PolicyChange>, PolicyChange> decision);
}
