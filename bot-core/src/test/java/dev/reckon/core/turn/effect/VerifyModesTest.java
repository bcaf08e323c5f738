package dev.reckon.core.turn.effect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.model.LanguageModel;
import dev.reckon.core.model.ModelReply;
import dev.reckon.core.model.ModelRequest;
import dev.reckon.core.model.ModelRequest.Purpose;
import dev.reckon.core.model.ScriptedModel;
import dev.reckon.core.turn.TurnRequest;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnSettings;
import dev.reckon.core.turn.TurnState;
import dev.reckon.core.turn.TurnStatus;
import dev.reckon.core.turn.VerifyMode;
import dev.reckon.sandbox.Produced;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.SourceReport;
import dev.reckon.sandbox.Timing;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerifyModesTest {
  /** A judge that quotes the program. */
  private static final String JUDGED =
      "{\"requirements\": [{\"requirement\": \"it prints\", \"kind\": \"other\", \"quote\":"
          + " \"print\", \"mismatch\": \"\"}]}";

  private static final String PROGRAM = "```python\nprint('RESULT: 4')\n```";
  private final FakeSandbox sandbox = new FakeSandbox();

  private TurnResult drive(LanguageModel model, VerifyMode mode, String text) {
    TurnRequest request =
        TurnRequest.of(
            text, List.of(), List.of(), "team", "cli/1", TurnSettings.DEFAULT.withVerify(mode));
    try (StepwiseDriver driver =
        new StepwiseDriver(
            TestEffects.of(model, sandbox, new MemoryFiles(), name -> Optional.empty()),
            (turn, state) -> {},
            InstantSource.system())) {
      return driver.drive(7, TurnState.begin(request), event -> {});
    }
  }

  /** Only what was cheap is run again. */
  private static RunResult inNoTime(String text) {
    return new RunResult.Completed(new Produced(text, "", 0, List.of(), 0), Timing.NONE);
  }

  private static RunResult printed(String text) {
    return new RunResult.Completed(
        new Produced(text, "", 0, List.of(), 0), new Timing(Duration.ZERO, Duration.ofSeconds(1)));
  }

  @Test
  void twoProgramsThatAgreeVerify() {
    sandbox.will(
        printed("average: 4 EUR\nRESULT: 4"), printed("mean 4.0\nRESULT: {\"mean\": 4.0}"));
    ScriptedModel model = ScriptedModel.of(PROGRAM, PROGRAM);
    TurnResult result = drive(model, VerifyMode.TWICE, "average");
    assertEquals(TurnStatus.VERIFIED, result.status());
    assertEquals("Checked twice: two programs agree.", result.message());
    assertEquals("average: 4 EUR\n", result.output());
    assertEquals(2, result.usage().calls());
    assertEquals(Purpose.SECOND_PROGRAM, model.asked().getLast().purpose());
    model
        .asked()
        .getLast()
        .messages()
        .forEach(message -> assertTrue(!message.text().contains("average: 4"), "it is blind"));
    assertTrue(model.asked().getFirst().messages().getFirst().text().contains("`RESULT:`"));
  }

  @Test
  void disagreementIsShownWithBothResultsAndCostsNoAttempt() {
    sandbox.will(printed("RESULT: 4"), printed("RESULT: 5"));
    TurnResult result = drive(ScriptedModel.of(PROGRAM, PROGRAM), VerifyMode.TWICE, "average");
    assertEquals(TurnStatus.UNVERIFIED, result.status());
    assertEquals("Not verified: two programs disagree; first: 4; second: 5", result.message());
    assertEquals(1, result.attempts().size());
  }

  @Test
  void freeTextAndRandomResultsFallBackToTheJudge() {
    sandbox.will(printed("words without a result line"));
    assertEquals(
        "Checked: it prints.",
        drive(ScriptedModel.of(PROGRAM, JUDGED), VerifyMode.TWICE, "average").message());
    sandbox
        .will(printed("RESULT: 4"))
        .willReport(
            new SourceReport(null, 1, List.of(), List.of(), Set.of(SourceReport.Trait.RANDOM)));
    TurnResult random = drive(ScriptedModel.of(PROGRAM, JUDGED), VerifyMode.TWICE, "random");
    assertEquals(TurnStatus.VERIFIED, random.status());
    assertTrue(random.message().endsWith("Not reproducible: it uses random numbers."));
  }

  @Test
  void whatTheClockOrChanceDecidesIsMarkedInEveryMode() {
    sandbox
        .will(printed("RESULT: 4"))
        .willReport(
            new SourceReport(null, 1, List.of(), List.of(), Set.of(SourceReport.Trait.CLOCK)));
    TurnResult clock = drive(ScriptedModel.of(PROGRAM, JUDGED), VerifyMode.JUDGE, "today");
    assertTrue(clock.message().endsWith("Not reproducible: it uses the clock."), clock.message());
    sandbox.will(inNoTime("4")).willSayAgain(inNoTime("5"));
    TurnResult hidden = drive(ScriptedModel.of(PROGRAM, JUDGED), VerifyMode.JUDGE, "hash");
    assertTrue(
        hidden.message().endsWith("Not reproducible: a second run printed something else."),
        hidden.message());
  }

  @Test
  void aSecondProgramThatFailsFallsBackToTheJudge() {
    sandbox.will(printed("RESULT: 4"), printed("no result"));
    TurnResult result =
        drive(ScriptedModel.of(PROGRAM, PROGRAM, JUDGED), VerifyMode.TWICE, "average");
    assertEquals(TurnStatus.VERIFIED, result.status());
    assertEquals(3, result.usage().calls());
  }

  @Test
  void rulesAloneDecideWhereTheySuffice() {
    sandbox.will(printed("119"));
    TurnResult result = drive(ScriptedModel.of(PROGRAM), VerifyMode.AUTO, "What is 17 * 7?");
    assertEquals(TurnStatus.VERIFIED, result.status());
    assertEquals("Checked by a rule: Reckon's own code finds 119 as well.", result.message());
    TurnResult.Verification verification = result.verification();
    assertNotNull(verification);
    assertEquals("119", verification.requirements().getFirst().evidence());
  }

  @Test
  void aReplyThatWasCutOffIsNeverRun() {
    sandbox.will(printed("sum 15"));
    List<ModelRequest> asked = new ArrayList<>();
    TurnResult result =
        drive(
            new CuttingModel(asked, "```python\nprint('sum 1", PROGRAM, JUDGED),
            VerifyMode.JUDGE,
            "sum");
    assertEquals(TurnStatus.VERIFIED, result.status(), result.message());
    assertEquals(1, sandbox.ran.size());
    assertEquals(2 * asked.getFirst().maxOutputTokens(), asked.get(1).maxOutputTokens());
    String again = asked.get(1).messages().getLast().text();
    assertTrue(again.contains("shorter program"), again);
    String error = result.attempts().getFirst().error();
    assertNotNull(error);
    assertTrue(error.contains("cut off"), error);
  }

  @Test
  void aReplyLongerThanItsCeilingIsCutOff() {
    ModelReply endless = new ModelReply("x".repeat(100_000), "m", null);
    assertTrue(endless.within(1_000).isCutOff());
    assertEquals(20_000, endless.within(1_000).text().length());
    assertFalse(endless.within(10_000).isCutOff());
  }

  /** Its first reply comes to its ceiling. */
  private static final class CuttingModel implements LanguageModel {
    private final List<ModelRequest> asked;
    private final ScriptedModel replies;

    CuttingModel(List<ModelRequest> asked, String... replies) {
      this.asked = asked;
      this.replies = ScriptedModel.of(replies);
    }

    @Override
    public ModelReply complete(ModelRequest request) {
      ModelReply reply = replies.complete(request);
      asked.add(request);
      return asked.size() > 1
          ? reply
          : new ModelReply(reply.text(), reply.model(), null, ModelReply.Finish.LENGTH);
    }

    @Override
    public String modelFor(ModelRequest.Purpose purpose) {
      return replies.modelFor(purpose);
    }
  }

  @Test
  void theJudgeDecidesWhereRulesDoNot() {
    sandbox.will(printed("118"));
    TurnResult result =
        drive(ScriptedModel.of(PROGRAM, "Perhaps."), VerifyMode.AUTO, "What is 17 * 7?");
    assertEquals(TurnStatus.UNVERIFIED, result.status());
  }
}
