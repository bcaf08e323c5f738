package dev.reckon.core.turn;

import dev.reckon.core.message.Truncation;

/**
 * An earlier request of the conversation, and what came of it.
 *
 * @param request what was asked
 * @param status how that turn ended
 * @param message its words: the reason, or the question that went back
 * @param code its answering program, or empty
 * @param output what that printed, an excerpt where it is long, or empty: a turn carries up to 30
 *     of these in every saved state
 */
public record PriorTurn(
    String request, TurnStatus status, String message, String code, String output) {
  /** How much of an output is kept, in characters. */
  private static final int OUTPUT = 1_500;

  /** What an excerpt says of the part that is left out is shorter than this. */
  private static final int NOTE = 60;

  public PriorTurn {
    // An excerpt that is read back stays as it is.
    output = output.length() > OUTPUT + NOTE ? Truncation.middle(output, OUTPUT) : output;
  }
}
