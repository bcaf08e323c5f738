package dev.reckon.core.turn.effect;

import dev.reckon.core.turn.TurnState;

/** Remembers where turns stand. Safe for use by any number of threads. */
public interface TurnJournal {
  /**
   * Saves the state that the turn has come to; when this returns, a crash continues from there.
   *
   * @throws RuntimeException when it could not be saved; the turn then stops where it was
   */
  void save(long turn, TurnState state);
}
