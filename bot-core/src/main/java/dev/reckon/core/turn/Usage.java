package dev.reckon.core.turn;

import org.jspecify.annotations.Nullable;

/**
 * What model calls used.
 *
 * @param calls how many
 * @param inputTokens as servers reported them, or estimated from the length where one reports none
 * @param outputTokens likewise
 * @param costUsd in US dollars, or null when a call's cost is unknown
 */
public record Usage(int calls, long inputTokens, long outputTokens, @Nullable Double costUsd) {
  public static final Usage NONE = new Usage(0, 0, 0, 0.0);

  /** Both together; the cost is unknown when either is. */
  public Usage plus(Usage other) {
    return new Usage(
        calls + other.calls,
        inputTokens + other.inputTokens,
        outputTokens + other.outputTokens,
        costUsd == null || other.costUsd == null ? null : Double.valueOf(costUsd + other.costUsd));
  }
}
