package dev.reckon.core.turn.effect;

import dev.reckon.core.turn.TurnEvent;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnState;
import java.util.function.Consumer;

/** Brings turns to their end. Safe for use by any number of threads, one per turn. */
public interface TurnDriver {
  /**
   * Continues from a state until the turn is done: step, save, perform, step. From a fresh state
   * and from one that was saved before a crash it is the same call; what was in progress then is
   * done again.
   *
   * <p>Interrupting the thread cancels the turn: it ends as cancelled with what was produced until
   * then, is saved so, and is returned as usual, with the thread's interrupt cleared. After {@link
   * #suspend} an interrupt leaves the turn as it was last saved.
   *
   * @param turn the turn's id, for the journal, events and logs
   * @param from the state to continue from; a turn that is done is returned at once
   * @param listener called for every transition on the calling thread, after it was saved
   * @throws TurnSuspendedException if the thread was interrupted after {@link #suspend}
   */
  TurnResult drive(long turn, TurnState from, Consumer<TurnEvent> listener);

  /**
   * From now on an interrupt means that this process is going down: the turn stays as it was last
   * saved, to be driven on after the next start.
   */
  void suspend();
}
