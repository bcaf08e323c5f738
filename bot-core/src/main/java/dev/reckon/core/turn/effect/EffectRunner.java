package dev.reckon.core.turn.effect;

import dev.reckon.core.loop.WaitListener;
import dev.reckon.core.turn.EffectResult;
import dev.reckon.core.turn.TurnState;

/**
 * Does what a state asks for. Safe for use by any number of threads; interrupting the thread ends
 * it.
 */
public interface EffectRunner {
  /**
   * Does it once. A run that the interrupt stopped is an outcome, with what it produced until then.
   *
   * @param turn the turn's id, for the store and for logs
   * @param waits hears when it has to wait for what is busy: that time is not the turn's
   * @throws InterruptedException when the thread was interrupted
   */
  EffectResult perform(long turn, TurnState state, WaitListener waits) throws InterruptedException;
}
