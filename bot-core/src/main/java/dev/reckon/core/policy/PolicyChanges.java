package dev.reckon.core.policy;

import java.util.List;

/** The record of changes, kept for good. Safe for use by any number of threads. */
public interface PolicyChanges {
  /** All of them, the oldest first. */
  List<PolicyChange> all();

  /** Adds one; when this returns, it is on disk. */
  void add(PolicyChange change);
}
