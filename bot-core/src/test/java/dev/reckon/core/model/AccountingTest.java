package dev.reckon.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.model.ModelRequest.Purpose;
import dev.reckon.core.turn.TurnSettings;
import dev.reckon.core.turn.Usage;
import dev.reckon.core.turn.VerifyMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccountingTest {
  private static final Map<String, ModelPrices.Price> PRICES =
      Map.of("small", new ModelPrices.Price(1, 2), "large", new ModelPrices.Price(100, 200));
  private final Accounting accounting =
      new Accounting(name -> Optional.ofNullable(PRICES.get(name)));

  private static ModelRequest request(Purpose purpose) {
    return new ModelRequest(
        purpose,
        List.of(new ModelRequest.Message(ModelRequest.Role.USER, "x".repeat(3_000))),
        null,
        1_000);
  }

  @Test
  void reportedTokensArePriced() {
    ModelReply reply = new ModelReply("text", "small", new ModelReply.Tokens(1_000, 500));
    assertEquals(new Usage(1, 1_000, 500, 0.002), accounting.of(request(Purpose.GENERATE), reply));
  }

  @Test
  void tokensThatAreNotReportedAreEstimated() {
    Usage usage = accounting.of(request(Purpose.GENERATE), new ModelReply("abcd", "small", null));
    assertEquals(1_000, usage.inputTokens());
    assertEquals(2, usage.outputTokens());
  }

  @Test
  void anUnpricedCallMakesTheCostUnknown() {
    Usage usage = accounting.of(request(Purpose.GENERATE), new ModelReply("abcd", "free", null));
    assertNull(usage.costUsd());
    assertNull(usage.plus(new Usage(1, 1, 1, 0.1)).costUsd());
  }

  @Test
  void theJudgesCostIsReservedBeforeAProgramIsWritten() {
    TurnSettings settings = TurnSettings.DEFAULT;
    Usage used = new Usage(1, 0, 0, 0.0);
    assertEquals(
        Optional.empty(),
        accounting.refusal(used, request(Purpose.GENERATE), settings, "small", "small"));
    Optional<String> refused =
        accounting.refusal(used, request(Purpose.GENERATE), settings, "small", "large");
    assertTrue(refused.orElse("").contains("turn.max_cost_usd"), refused.toString());
    assertEquals(
        Optional.empty(),
        accounting.refusal(
            used,
            request(Purpose.GENERATE),
            settings.withVerify(VerifyMode.OFF),
            "small",
            "large"));
    assertEquals(
        Optional.empty(),
        accounting.refusal(used, request(Purpose.JUDGE), settings, "small", "small"));
  }

  @Test
  void theTokenCeilingHoldsWhateverTheCost() {
    Usage used = new Usage(9, 190_000, 8_000, null);
    Optional<String> refused =
        accounting.refusal(used, request(Purpose.GENERATE), TurnSettings.DEFAULT, "free", "free");
    assertTrue(refused.orElse("").contains("turn.max_tokens"), refused.toString());
  }
}
