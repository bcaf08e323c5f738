package dev.reckon.core.turn;

import dev.reckon.sandbox.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings that a turn was started with. They are part of its state, so that a turn continues
 * under the same ones after a restart.
 *
 * @param maxAttempts programs written in all; each further step of a plan adds one
 * @param maxSteps of a plan
 * @param maxCostUsd ceiling for the model's cost in US dollars, or null for none; it holds where
 *     the model has a price
 * @param maxTokens ceiling for tokens of all calls together, whatever they cost
 * @param wallTime ceiling for the whole turn
 * @param verify how the output is checked
 * @param code what programs may not do
 * @param limits for each run
 * @param historyTokens how much of the conversation the model is shown
 * @param replyTokens ceiling for one reply of the model
 * @param sampleRows rows of an attached table that the model is shown; 0 shows no values at all
 */
public record TurnSettings(
    int maxAttempts,
    int maxSteps,
    @Nullable Double maxCostUsd,
    long maxTokens,
    Duration wallTime,
    VerifyMode verify,
    CodePolicy code,
    Limits limits,
    int historyTokens,
    int replyTokens,
    int sampleRows) {
  /** Three attempts, five steps, 0.25 US dollars, 200,000 tokens, five minutes, a judge. */
  public static final TurnSettings DEFAULT =
      new TurnSettings(
          3,
          5,
          0.25,
          200_000,
          Duration.ofMinutes(5),
          VerifyMode.JUDGE,
          CodePolicy.DEFAULT,
          Limits.DEFAULT,
          6_000,
          4_000,
          3);

  public TurnSettings {
    if (maxAttempts < 1 || maxSteps < 1) {
      throw new IllegalArgumentException("a turn needs at least one attempt and one step");
    }
    if ((maxCostUsd != null && maxCostUsd < 0) || maxTokens < 0 || !wallTime.isPositive()) {
      throw new IllegalArgumentException("ceilings must not be negative");
    }
    if (historyTokens < 0 || replyTokens < 1 || sampleRows < 0) {
      throw new IllegalArgumentException("token and row counts must not be negative");
    }
  }

  public TurnSettings withVerify(VerifyMode mode) {
    return new TurnSettings(
        maxAttempts,
        maxSteps,
        maxCostUsd,
        maxTokens,
        wallTime,
        mode,
        code,
        limits,
        historyTokens,
        replyTokens,
        sampleRows);
  }

  /** The same with a lower ceiling where that one is lower; null changes nothing. */
  public TurnSettings withinCostUsd(@Nullable Double ceiling) {
    if (ceiling == null || (maxCostUsd != null && maxCostUsd <= ceiling)) {
      return this;
    }
    return new TurnSettings(
        maxAttempts,
        maxSteps,
        ceiling,
        maxTokens,
        wallTime,
        verify,
        code,
        limits,
        historyTokens,
        replyTokens,
        sampleRows);
  }
}
