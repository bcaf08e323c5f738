package dev.reckon.core.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Language;
import dev.reckon.core.turn.RunSummary.Ending;
import dev.reckon.sandbox.GuestError;
import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.SourceReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TurnMachineTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Usage CALL = new Usage(1, 100, 50, 0.01);

  private static TurnState begin(String text, AttachedFile... files) {
    return begin(text, TurnSettings.DEFAULT, files);
  }

  private static TurnState begin(String text, TurnSettings settings, AttachedFile... files) {
    return TurnState.begin(
        TurnRequest.of(text, List.of(), List.of(files), "team", "cli/1", settings));
  }

  private static TurnState after(TurnState from, EffectResult... outcomes) {
    TurnState state = from;
    for (EffectResult outcome : outcomes) {
      state = TurnMachine.next(state, outcome, SECOND);
    }
    return state;
  }

  private static TurnResult result(TurnState state) {
    return assertInstanceOf(TurnState.Done.class, state).result();
  }

  private static EffectResult reply(FirstReply reply) {
    return new EffectResult.Replied(reply, CALL);
  }

  private static EffectResult code(String source) {
    return reply(new FirstReply.Code(source));
  }

  private static EffectResult clean() {
    return clean(Set.of());
  }

  private static EffectResult clean(Set<SourceReport.Trait> traits) {
    return new EffectResult.Inspected(
        new Inspection.Read(new SourceReport(null, 1, List.of(), List.of(), traits)));
  }

  private static EffectResult printed(String output) {
    return new EffectResult.Ran(run(Ending.COMPLETED, output, null, ""));
  }

  private static EffectResult crashed(String type, String message) {
    return new EffectResult.Ran(
        run(Ending.FAILED, "partial\n", new GuestError(type, message, 1, "Traceback"), ""));
  }

  private static EffectResult printedAfterReading(String file, String output) {
    return new EffectResult.Ran(
        new RunSummary(
            Ending.COMPLETED, output, "", 0, List.of(), Set.of(file), null, "", false, SECOND));
  }

  private static RunSummary run(
      Ending ending, String output, @Nullable GuestError error, String detail) {
    return new RunSummary(ending, output, "", 0, List.of(), Set.of(), error, detail, false, SECOND);
  }

  private static EffectResult judged(Judgement.Verdict verdict, String reason) {
    return new EffectResult.Judged(new Judgement(verdict, reason, List.of()), CALL);
  }

  private static EffectResult yes() {
    return judged(Judgement.Verdict.ANSWERS, "every requirement has its evidence.");
  }

  private static EffectResult no(String reason) {
    return judged(Judgement.Verdict.REJECTED, reason);
  }

  @Test
  void theStraightWayVisitsEveryState() {
    TurnState state = begin("2 + 2");
    assertInstanceOf(TurnState.Generating.class, state);
    state = after(state, code("print(2+2)"));
    assertInstanceOf(TurnState.Screening.class, state);
    state = after(state, clean());
    assertInstanceOf(TurnState.Executing.class, state);
    state = after(state, printed("sum: 4"));
    assertInstanceOf(TurnState.Verifying.class, state);
    TurnResult result = result(after(state, yes()));
    assertEquals(TurnStatus.VERIFIED, result.status());
    assertEquals("Checked: every requirement has its evidence.", result.message());
    assertEquals("sum: 4", result.output());
    assertEquals("print(2+2)", result.code());
    assertEquals(new Usage(2, 200, 100, 0.02), result.usage());
    assertEquals(Duration.ofSeconds(4), result.elapsed());
    assertEquals(1, result.attempts().size());
    assertEquals("completed", result.attempts().getFirst().status());
  }

  @Test
  void aCrashIsMendedAndTheLastAttemptStartsAfresh() {
    TurnState state = after(begin("x"), code("a"), clean(), crashed("KeyError", "'a'"));
    TurnProgress work = assertInstanceOf(TurnState.Generating.class, state).work();
    GenerationStrategy.Repair repair =
        assertInstanceOf(GenerationStrategy.Repair.class, GenerationStrategy.next(work));
    assertEquals("a", repair.failed().code());
    state = after(state, code("b"), clean(), crashed("ValueError", "no"));
    work = assertInstanceOf(TurnState.Generating.class, state).work();
    GenerationStrategy.Fresh fresh =
        assertInstanceOf(GenerationStrategy.Fresh.class, GenerationStrategy.next(work));
    assertEquals(2, fresh.failed().size());
  }

  @Test
  void failingTheSameWayTwiceStartsAfreshBeforeTheLastAttempt() {
    TurnState state =
        after(
            begin("x", withAttempts(5)),
            code("a"),
            clean(),
            crashed("KeyError", "'a'"),
            code("b"),
            clean(),
            crashed("KeyError", "'a'"));
    TurnProgress work = assertInstanceOf(TurnState.Generating.class, state).work();
    assertInstanceOf(GenerationStrategy.Fresh.class, GenerationStrategy.next(work));
    TurnState other =
        after(
            begin("x", withAttempts(5)),
            code("a"),
            clean(),
            crashed("KeyError", "'a'"),
            code("b"),
            clean(),
            crashed("KeyError", "'b'"));
    work = assertInstanceOf(TurnState.Generating.class, other).work();
    assertInstanceOf(GenerationStrategy.Repair.class, GenerationStrategy.next(work));
  }

  @Test
  void threeAttemptsInAllAndNoMore() {
    TurnState state = begin("x");
    for (int i = 0; i < 3; i++) {
      assertInstanceOf(TurnState.Generating.class, state);
      state = after(state, code("a" + i), clean(), crashed("KeyError", "'" + i + "'"));
    }
    TurnResult result = result(state);
    assertEquals(TurnStatus.FAILED, result.status());
    assertEquals("No answer after 3 attempts: KeyError: '2'", result.message());
    assertEquals(3, result.attempts().size());
  }

  @Test
  void aCleanRunThatWasJudgedWrongIsShownWithTheObjection() {
    TurnState state =
        after(
            begin("x"),
            code("a"),
            clean(),
            printed("3, 1, 2"),
            no("not sorted (“3, 1”)"),
            code("b"),
            clean(),
            crashed("KeyError", "'b'"),
            reply(new FirstReply.Unusable("it was empty")));
    TurnResult result = result(state);
    assertEquals(TurnStatus.UNVERIFIED, result.status());
    assertEquals("Not verified: not sorted (“3, 1”)", result.message());
    assertEquals("3, 1, 2", result.output());
    assertEquals("a", result.code());
    assertEquals(
        List.of("completed", "failed", "no_code"),
        result.attempts().stream().map(TurnResult.Attempt::status).toList());
    assertFalse(assertNotNullVerification(result).answers());
  }

  private static TurnResult.Verification assertNotNullVerification(TurnResult result) {
    TurnResult.Verification verification = result.verification();
    assertNotNull(verification);
    return verification;
  }

  @Test
  void anUnsureJudgeCostsNoAttempt() {
    TurnResult result =
        result(
            after(
                begin("x"),
                code("a"),
                clean(),
                printed("1 row"),
                judged(Judgement.Verdict.UNSURE, "the judge's reply could not be read")));
    assertEquals(TurnStatus.UNVERIFIED, result.status());
    assertEquals("Not verified: the judge's reply could not be read", result.message());
    assertEquals(1, result.attempts().size());
  }

  @Test
  void aJudgeThatFailsNeverVerifies() {
    for (EffectResult failure :
        List.of(
            new EffectResult.ModelFailed("the server is down"),
            new EffectResult.OverBudget("too dear"),
            new EffectResult.OutOfTime(Optional.empty()),
            new EffectResult.Faulted("a fault"))) {
      TurnResult result = result(after(begin("x"), code("a"), clean(), printed("1 row"), failure));
      assertEquals(TurnStatus.UNVERIFIED, result.status(), failure.toString());
      assertEquals("1 row", result.output());
    }
  }

  @Test
  void cancellingKeepsWhatWasPrinted() {
    TurnResult result =
        result(
            after(
                begin("x"),
                code("a"),
                clean(),
                printed("1 row"),
                new EffectResult.Cancelled(Optional.empty())));
    assertEquals(TurnStatus.CANCELLED, result.status());
    assertEquals("1 row", result.output());
    TurnResult early = result(after(begin("x"), new EffectResult.Cancelled(Optional.empty())));
    assertEquals(TurnStatus.CANCELLED, early.status());
    assertEquals("", early.output());
  }

  @Test
  void screeningNamesLineAndRuleAndCostsNoRun() {
    SourceReport report =
        new SourceReport(
            null,
            3,
            List.of(
                new SourceReport.Import("pandas", 1, false),
                new SourceReport.Import("urllib.request", 2, true)),
            List.of(
                new SourceReport.Use("os.system", 3, true), new SourceReport.Use("eval", 3, false)),
            Set.of());
    TurnState state = after(begin("x"), code("a"), inspected(report));
    TurnProgress work = assertInstanceOf(TurnState.Generating.class, state).work();
    AttemptFailure failure = work.attempts().getLast().failure();
    assertNotNull(failure);
    assertEquals(AttemptFailure.Cause.SCREENED, failure.cause());
    assertEquals(
        List.of(
            "line 1: module pandas does not exist in this sandbox; use the standard library",
            "line 2: import of urllib.request is not allowed here",
            "line 3: calling os.system is not allowed here"),
        failure.reason().lines().toList());
    assertNull(work.attempts().getLast().run());
  }

  @Test
  void aProgramOverTheLineCeilingIsScreened() {
    SourceReport report = new SourceReport(null, 101, List.of(), List.of(), Set.of());
    TurnState state = after(begin("x"), code("a"), inspected(report));
    AttemptFailure failure =
        assertInstanceOf(TurnState.Generating.class, state).work().attempts().getLast().failure();
    assertNotNull(failure);
    assertTrue(failure.reason().contains("101 lines, at most 100"), failure.reason());
  }

  @Test
  void freeChecksFailARunBeforeTheJudgeIsAsked() {
    AttachedFile pay = new AttachedFile("f", "pay.csv", 1, true);
    assertFailure(AttemptFailure.Cause.PRINTED_NOTHING, begin("x"), clean(), printed(" \n"));
    assertFailure(
        AttemptFailure.Cause.TRIVIAL_OUTPUT, begin("x"), clean(), printed("Average:\nTotal:"));
    assertFailure(
        AttemptFailure.Cause.FILE_NOT_OPENED,
        begin("average pay", pay),
        clean(),
        printed("pay: 10"));
    assertFailure(
        AttemptFailure.Cause.FILE_NOT_OPENED,
        begin("average of pay.csv", new AttachedFile("f", "pay.csv", 1, false)),
        clean(),
        printed("pay: 10"));
    assertFailure(
        AttemptFailure.Cause.FILE_NOT_OPENED,
        begin("join pay.csv and ages.csv", pay, new AttachedFile("g", "ages.csv", 1, true)),
        clean(),
        printedAfterReading("pay.csv", "joined: 10"));
  }

  @Test
  void aFileIsOpenedUnderTheNameThatItWasTurnedInto() {
    AttachedFile jan = new AttachedFile("f", "budget-Jan.csv", 1, true, "budget.xlsx");
    AttachedFile feb = new AttachedFile("g", "budget-Feb.csv", 1, true, "budget.xlsx");
    assertFailure(
        AttemptFailure.Cause.FILE_NOT_OPENED,
        begin("total of budget.xlsx", jan, feb),
        clean(),
        printed("total: 10"));
    assertInstanceOf(
        TurnState.Verifying.class,
        after(
            begin("total of budget.xlsx", jan, feb),
            code("a"),
            clean(),
            printedAfterReading("budget-Feb.csv", "total: 10")));
    // The report.csv that was attached, not the one that was made of report.xlsx.
    assertInstanceOf(
        TurnState.Verifying.class,
        after(
            begin(
                "total of report.csv",
                new AttachedFile("f", "report.csv", 1, true, "report.xlsx"),
                new AttachedFile("g", "report-2.csv", 1, true, "report.csv")),
            code("a"),
            clean(),
            printedAfterReading("report-2.csv", "total: 10")));
  }

  @Test
  void whatARightAnswerMayPrintIsADoubtAndNoVerdict() {
    assertEquals(
        List.of("The output may hold no answer."),
        OutputChecks.doubts(CodeFacts.NONE, run("None"), Language.ENGLISH));
    CodeFacts catching = new CodeFacts(Set.of(SourceReport.Trait.CATCHES_AND_PRINTS));
    assertEquals(
        List.of("The program may have caught an error and printed it instead of an answer."),
        OutputChecks.doubts(catching, run("Error: row 3 has no date"), Language.ENGLISH));
    assertEquals(List.of(), OutputChecks.doubts(catching, run("sum 15"), Language.ENGLISH));
    TurnResult unchecked =
        result(
            after(
                begin("x", TurnSettings.DEFAULT.withVerify(VerifyMode.OFF)),
                code("a"),
                clean(),
                printed("None")));
    assertTrue(unchecked.message().endsWith("The output may hold no answer."), unchecked.message());
  }

  private static RunSummary run(String output) {
    return run(Ending.COMPLETED, output, null, "");
  }

  @Test
  void aReplyThatWasCutOffIsAskedForAgainOnceAndTakesNoAttempt() {
    EffectResult cut = new EffectResult.Replied(new FirstReply.CutOff(4_000), Usage.NONE);
    TurnState state = after(begin("x"), cut);
    TurnProgress work = assertInstanceOf(TurnState.Generating.class, state).work();
    AttemptFailure failure = work.attempts().getLast().failure();
    assertNotNull(failure);
    assertEquals(AttemptFailure.Cause.CUT_OFF, failure.cause());
    assertTrue(failure.reason().contains("turn.max_output_tokens"), failure.reason());
    assertEquals(2 * work.request().settings().replyTokens(), work.replyTokens());
    assertInstanceOf(GenerationStrategy.Repair.class, GenerationStrategy.next(work));
    assertEquals(work.request().settings().maxAttempts() + 1, work.maxAttempts());

    TurnResult twice = result(after(state, cut));
    assertEquals(TurnStatus.FAILED, twice.status());
    assertTrue(twice.message().contains("Twice the model's reply was cut off"), twice.message());
    assertInstanceOf(TurnState.Screening.class, after(state, code("a")));
  }

  @Test
  void aPlainYesIsWeakerThanVerified() {
    Judgement plain =
        new Judgement(Judgement.Verdict.ANSWERS, "it said yes", List.of(), Judgement.Method.PLAIN);
    TurnResult result =
        result(
            after(
                begin("x"),
                code("a"),
                clean(),
                printed("1 row"),
                new EffectResult.Judged(plain, Usage.NONE)));
    assertEquals(TurnStatus.PLAIN_YES, result.status());
    assertTrue(result.message().startsWith("Judged by a plain yes"), result.message());
    TurnResult.Verification found = result.verification();
    assertNotNull(found);
    assertFalse(found.answers());
  }

  private static void assertFailure(
      AttemptFailure.Cause cause, TurnState begin, EffectResult... outcomes) {
    TurnState state = after(after(begin, code("a")), outcomes);
    TurnProgress work = assertInstanceOf(TurnState.Generating.class, state).work();
    AttemptFailure failure = work.attempts().getLast().failure();
    assertNotNull(failure);
    assertEquals(cause, failure.cause());
  }

  @Test
  void whatOutputChecksMustNotFail() {
    AttachedFile pay = new AttachedFile("f", "pay.csv", 1, true);
    for (String output :
        List.of(
            "0",
            "True",
            "[]: no such rows",
            "result: none above 5",
            "None",
            "*\n**\n***",
            "'Traceback (most recent call last)' stands there 2 times")) {
      assertInstanceOf(
          TurnState.Verifying.class,
          after(begin("x"), code("a"), clean(), printed(output)),
          output);
    }
    assertInstanceOf(
        TurnState.Verifying.class,
        after(
            begin("how many error lines"),
            code("a"),
            clean(),
            printed("Error: 12 lines, warning: 3 lines")));
    assertInstanceOf(
        TurnState.Verifying.class,
        after(
            begin("average pay", pay),
            code("a"),
            clean(),
            printedAfterReading("pay.csv", "pay: 10")));
  }

  @Test
  void theFormsOtherThanCodeEndTheTurn() {
    TurnResult asked = result(after(begin("x"), reply(new FirstReply.Ask("Which year?"))));
    assertEquals(TurnStatus.ASKED, asked.status());
    assertEquals("Which year?", asked.message());
    TurnResult declined =
        result(
            after(
                begin("x"), reply(new FirstReply.Decline("a server to run", "estimate its load"))));
    assertEquals(TurnStatus.DECLINED, declined.status());
    assertEquals("a server to run\nWhat can be done: estimate its load", declined.message());
    TurnResult said = result(after(begin("x"), reply(new FirstReply.Say("You're welcome."))));
    assertEquals("You're welcome.", said.message());
    assertEquals(List.of(), said.attempts());
  }

  @Test
  void madeUpDataIsNeverVerifiedNorJudged() {
    TurnState state = after(begin("average of sales.csv"), code("a"), clean(), printed("10"));
    TurnResult result = result(state);
    assertEquals(TurnStatus.UNVERIFIED, result.status());
    assertTrue(result.message().contains("sales.csv is not there"), result.message());
    assertTrue(result.message().contains("SAMPLE DATA"), result.message());
    assertNull(result.verification());
  }

  @Test
  void aFileThatAProgramMissedIsMadeUpFromThenOn() {
    TurnResult result =
        result(
            after(
                begin("average of my sales"),
                code("a"),
                clean(),
                crashed("FileNotFoundError", "[Errno 2] No such file or directory: 'sales.csv'"),
                code("b"),
                clean(),
                printed("10")));
    assertTrue(result.message().startsWith("Not verified: sales.csv is not there"));
  }

  @Test
  void withCheckingOffNothingIsVerified() {
    TurnSettings off = TurnSettings.DEFAULT.withVerify(VerifyMode.OFF);
    TurnResult result = result(after(begin("x", off), code("a"), clean(), printed("10")));
    assertEquals(TurnStatus.UNVERIFIED, result.status());
    assertTrue(result.message().contains("verify.mode"));
  }

  @Test
  void aGivenProgramRunsAsItIsAndNobodyJudgesIt() {
    TurnRequest request =
        TurnRequest.run("run", "print(1)", null, List.of(), "team", "cli/1", TurnSettings.DEFAULT);
    TurnState state = TurnState.begin(request);
    assertEquals(TurnStatus.NOT_JUDGED, result(after(state, clean(), printed("1"))).status());
    TurnResult failed =
        result(after(state, clean(), crashed("ZeroDivisionError", "division by zero")));
    assertEquals(TurnStatus.FAILED, failed.status());
    assertEquals("partial\n", failed.output());
    assertEquals(
        "The program stopped with an error in line 1: ZeroDivisionError: division by zero",
        failed.message());
  }

  @Test
  void aSavedComputationSaysWhatItIsAndWhyItFoundNothing() {
    SavedRun saved =
        new SavedRun("Saved computation pay.", List.of(new SavedRun.Sought("REGION", "x")));
    TurnRequest request =
        TurnRequest.run(
                "pay",
                "print(1)",
                saved,
                List.of(new AttachedFile("f1", "pay.csv", 12, false, "pay.xlsx")),
                "t",
                "cli/1",
                TurnSettings.DEFAULT)
            .in(Language.GERMAN);
    TurnState state = TurnState.begin(request);
    assertEquals("Saved computation pay.", result(after(state, clean(), printed("1"))).message());
    String error = "max() iterable argument is empty";
    GuestError empty = new GuestError("ValueError", error, 1, "Traceback");
    RunSummary failed =
        new RunSummary(
            Ending.FAILED, "", "", 0, List.of(), Set.of("pay.csv"), empty, "", false, SECOND);
    assertEquals(
        Label.STATUS_VALUE_ABSENT.in(Language.GERMAN, "REGION = x", "pay.xlsx"),
        result(after(state, clean(), new EffectResult.Ran(failed.lacking(List.of("REGION")))))
            .message());
    assertEquals(
        Label.STATUS_EMPTY_INPUT.in(Language.GERMAN, 1, "ValueError: " + error),
        result(after(state, clean(), new EffectResult.Ran(failed))).message());
    TurnRequest again =
        TurnRequest.run(
            "pay",
            "print(1)",
            new SavedRun("", List.of()),
            List.of(),
            "t",
            "cli/1",
            TurnSettings.DEFAULT);
    assertEquals(
        "The program had no values to compute with in line 1 (ValueError: " + error + ").",
        result(after(TurnState.begin(again), clean(), crashed("ValueError", error))).message());
    assertEquals(
        "Ran as written. Nobody checked the result.",
        result(after(TurnState.begin(again), clean(), printed("1"))).message());
  }

  @Test
  void aGivenProgramThatThePolicyForbidsIsNotRunAndMayBeLong() {
    TurnState state =
        TurnState.begin(
            TurnRequest.run("run", "x", null, List.of(), "team", "cli/1", TurnSettings.DEFAULT));
    SourceReport deletes =
        new SourceReport(
            null, 500, List.of(), List.of(new SourceReport.Use("os.remove", 3, true)), Set.of());
    TurnResult refused = result(after(state, inspected(deletes)));
    assertEquals(TurnStatus.FAILED, refused.status());
    assertEquals(
        "The program was not run: line 3: calling os.remove is not allowed here",
        refused.message());
    SourceReport isLong = new SourceReport(null, 500, List.of(), List.of(), Set.of());
    assertInstanceOf(TurnState.Executing.class, after(state, inspected(isLong)));
  }

  @Test
  void aProgramThatCouldNotBeReadIsNotRun() {
    TurnState state =
        after(
            begin("x"),
            code("a"),
            new EffectResult.Inspected(new Inspection.NotRead("it takes too long to read")));
    AttemptFailure failure =
        assertInstanceOf(TurnState.Generating.class, state).work().attempts().getLast().failure();
    assertNotNull(failure);
    assertTrue(failure.reason().contains("it takes too long to read"), failure.reason());
  }

  @Test
  void whatAStoppedRunHadPrintedIsShownWhenTheTurnIsCancelled() {
    RunSummary partial = run(Ending.STOPPED, "row 1\n", null, "it was stopped");
    TurnResult result =
        result(
            after(
                begin("x"), code("a"), clean(), new EffectResult.Cancelled(Optional.of(partial))));
    assertEquals(TurnStatus.CANCELLED, result.status());
    assertEquals("row 1\n", result.output());
    assertEquals("a", result.code());
    assertEquals("stopped", result.attempts().getLast().status());
  }

  private static EffectResult inspected(SourceReport report) {
    return new EffectResult.Inspected(new Inspection.Read(report));
  }

  private static FirstReply.Plan plan(int steps) {
    return new FirstReply.Plan(
        IntStream.rangeClosed(1, steps)
            .mapToObj(i -> new PlanStep("step " + i, List.of(), List.of()))
            .toList());
  }

  @Test
  void stepsOfAPlanGoOneByOneAndShareTheirRepairs() {
    TurnState state = after(begin("x"), reply(plan(2)), code("a"), clean(), printed("one"), yes());
    TurnProgress work = assertInstanceOf(TurnState.Generating.class, state).work();
    assertEquals(2, work.step());
    assertEquals(4, work.maxAttempts());
    assertInstanceOf(GenerationStrategy.First.class, GenerationStrategy.next(work));
    TurnResult result = result(after(state, code("b"), clean(), printed("two"), yes()));
    assertEquals(TurnStatus.VERIFIED, result.status());
    assertEquals(
        List.of(
            new TurnResult.Step("step 1", "verified", "one"),
            new TurnResult.Step("step 2", "verified", "two")),
        result.steps());
    assertEquals("two", result.output());
  }

  @Test
  void aFailedStepStopsThePlanAndKeepsTheEarlierResults() {
    TurnState state = after(begin("x"), reply(plan(3)), code("a"), clean(), printed("one"), yes());
    for (int i = 0; i < 4; i++) {
      state = after(state, code("b" + i), clean(), crashed("KeyError", "'" + i + "'"));
    }
    TurnResult result = result(state);
    assertEquals(TurnStatus.FAILED, result.status());
    assertEquals(
        List.of("verified", "failed", "not_run"),
        result.steps().stream().map(TurnResult.Step::status).toList());
    assertEquals("one", result.steps().getFirst().output());
    assertTrue(result.message().startsWith("Step 2 of 3: "), result.message());
  }

  @Test
  void anUncheckedStepKeepsTheWholeFromBeingVerified() {
    TurnResult result =
        result(
            after(
                begin("x"),
                reply(plan(2)),
                code("a"),
                clean(),
                printed("one"),
                judged(Judgement.Verdict.UNSURE, "no clear verdict"),
                code("b"),
                clean(),
                printed("two"),
                yes()));
    assertEquals(TurnStatus.UNVERIFIED, result.status());
    assertEquals("Not verified: step 1: no clear verdict", result.message());
  }

  @Test
  void aPlanThatIsTooLongOrComesTwiceIsAFailedAttempt() {
    TurnState state = after(begin("x"), reply(plan(6)));
    TurnProgress work = assertInstanceOf(TurnState.Generating.class, state).work();
    AttemptFailure failure = work.attempts().getLast().failure();
    assertNotNull(failure);
    assertTrue(failure.reason().contains("this one has 6 steps"), failure.reason());
    state = after(begin("x"), reply(plan(2)), reply(plan(2)));
    work = assertInstanceOf(TurnState.Generating.class, state).work();
    assertEquals(1, work.attempts().size());
  }

  @Test
  void aModelErrorBeforeAnyCleanRunEndsAsThat() {
    TurnResult result =
        result(after(begin("x"), new EffectResult.ModelFailed("The key is wrong.")));
    assertEquals(TurnStatus.MODEL_ERROR, result.status());
    assertEquals("The key is wrong.", result.message());
  }

  @Test
  void anOutcomeThatDoesNotFitIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> after(begin("x"), printed("1")));
    TurnState done = after(begin("x"), new EffectResult.Cancelled(Optional.empty()));
    assertThrows(IllegalArgumentException.class, () -> after(done, printed("1")));
  }

  private static TurnSettings withAttempts(int attempts) {
    TurnSettings d = TurnSettings.DEFAULT;
    return new TurnSettings(
        attempts,
        d.maxSteps(),
        d.maxCostUsd(),
        d.maxTokens(),
        d.wallTime(),
        d.verify(),
        d.code(),
        d.limits(),
        d.historyTokens(),
        d.replyTokens(),
        d.sampleRows());
  }
}
