package dev.reckon.core.turn;

import dev.reckon.core.message.Language;

/**
 * Something a surface can show while a turn runs.
 *
 * @param turn the turn's id
 * @param phase what is being done
 * @param step which step of the plan, counted from 1
 * @param steps how many the plan has, 1 without a plan
 * @param attempt which attempt, counted from 1 over the whole turn
 * @param maxAttempts how many there may be
 * @param detail why, in words: what a repair fixes, a step's title; may be empty
 * @param language that of the request
 */
public record TurnEvent(
    long turn,
    Phase phase,
    int step,
    int steps,
    int attempt,
    int maxAttempts,
    String detail,
    Language language) {
  /** The states that take time, and the end. */
  public enum Phase {
    GENERATING,
    SCREENING,
    QUERYING,
    EXECUTING,
    VERIFYING,
    /** Something that the state needs is busy; the detail says what. */
    WAITING,
    DONE
  }
}
