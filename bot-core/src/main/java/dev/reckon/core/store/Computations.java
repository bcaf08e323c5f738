package dev.reckon.core.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Saved computations, shared by a team. */
public interface Computations {
  /** Keeps a computation under its name; where the name is taken, as the next version of it. */
  SavedComputation save(String team, SavedComputation computation);

  /** The newest version. */
  Optional<SavedComputation> find(String team, String name);

  /** All versions, the newest first. */
  List<SavedComputation> versions(String team, String name);

  /** The newest version of each, by name. */
  List<SavedComputation> list(String team);

  /**
   * The names of those whose newest version was saved from an answer in conversations whose ids
   * begin so.
   */
  Set<String> savedIn(String team, String conversations);

  /**
   * Takes a name away; the record stays.
   *
   * @return whether there was one
   */
  boolean forget(String team, String name);
}
