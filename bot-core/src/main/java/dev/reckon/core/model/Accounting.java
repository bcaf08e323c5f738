package dev.reckon.core.model;

import dev.reckon.core.turn.TurnSettings;
import dev.reckon.core.turn.Usage;
import dev.reckon.core.turn.VerifyMode;
import java.util.Locale;
import java.util.Optional;

/** Counts tokens and money, and says when the next call would go over a ceiling. */
public final class Accounting {
  /** What a judge's reply takes at most, for the reserve. */
  public static final int JUDGE_REPLY_TOKENS = 1_500;

  /** What a judge is sent besides the material: its instructions. */
  private static final long JUDGE_PROMPT_TOKENS = 1_500;

  private final ModelPrices prices;

  public Accounting(ModelPrices prices) {
    this.prices = prices;
  }

  /** What a call used; where the server reports no tokens they are estimated from the length. */
  public Usage of(ModelRequest request, ModelReply reply) {
    ModelReply.Tokens tokens = reply.tokens();
    long input = tokens == null ? TokenEstimate.of(request) : tokens.input();
    long output = tokens == null ? TokenEstimate.of(reply.text()) : tokens.output();
    return new Usage(
        1, input, output, prices.of(reply.model()).map(p -> p.cost(input, output)).orElse(null));
  }

  /**
   * Why the call must not be made, or empty. A call that writes a program is made only when the
   * call that judges it can still be paid.
   *
   * @param model the name that the call goes to
   * @param judge the name that the judge's call would go to
   */
  public Optional<String> refusal(
      Usage used, ModelRequest next, TurnSettings settings, String model, String judge) {
    boolean writes = next.purpose() != ModelRequest.Purpose.JUDGE;
    boolean reserve = writes && settings.verify() != VerifyMode.OFF;
    long input = TokenEstimate.of(next);
    long judgeInput = reserve ? JUDGE_PROMPT_TOKENS + input + next.maxOutputTokens() : 0;
    long judgeOutput = reserve ? JUDGE_REPLY_TOKENS : 0;
    long tokens =
        used.inputTokens()
            + used.outputTokens()
            + input
            + next.maxOutputTokens()
            + judgeInput
            + judgeOutput;
    if (tokens > settings.maxTokens()) {
      return Optional.of(
          "The next call to the model could go over the ceiling of "
              + settings.maxTokens()
              + " tokens per request (turn.max_tokens). Ask for less, or raise it.");
    }
    Double most = settings.maxCostUsd();
    Double spent = used.costUsd();
    if (most == null || spent == null) {
      return Optional.empty();
    }
    double cost =
        spent
            + prices.of(model).map(p -> p.cost(input, next.maxOutputTokens())).orElse(0.0)
            + (reserve
                ? prices.of(judge).map(p -> p.cost(judgeInput, judgeOutput)).orElse(0.0)
                : 0.0);
    return cost <= most
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "The next call to the model could go over the ceiling of %.2f US dollars per"
                    + " request (turn.max_cost_usd). Ask for less, or raise it.",
                most));
  }
}
