package dev.reckon.core.turn.effect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.model.ModelPrices;
import dev.reckon.core.model.ScriptedModel;
import dev.reckon.core.turn.AttachedFile;
import dev.reckon.core.turn.EffectResult;
import dev.reckon.core.turn.FirstReply;
import dev.reckon.core.turn.SavedRun;
import dev.reckon.core.turn.TurnEvent;
import dev.reckon.core.turn.TurnRequest;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnSettings;
import dev.reckon.core.turn.TurnState;
import dev.reckon.core.turn.TurnStateJson;
import dev.reckon.core.turn.TurnStatus;
import dev.reckon.core.turn.Usage;
import dev.reckon.core.turn.VerifyMode;
import dev.reckon.sandbox.GuestError;
import dev.reckon.sandbox.Produced;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.SandboxFile;
import dev.reckon.sandbox.Timing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StepwiseDriverTest {
  /** A judge that quotes the program. */
  private static final String JUDGED =
      "{\"requirements\": [{\"requirement\": \"it prints\", \"kind\": \"other\", \"quote\":"
          + " \"print\", \"mismatch\": \"\"}]}";

  private static final String PROGRAM = "```python\nprint(open('pay.csv').read())\n```";
  private static final Produced NOTHING = new Produced("", "", 0, List.of(), 0);
  private static final ModelPrices UNPRICED = model -> Optional.empty();

  private final FakeSandbox sandbox = new FakeSandbox();
  private final MemoryFiles files = new MemoryFiles();
  private final List<String> saved = new ArrayList<>();
  private final List<TurnEvent> events = new ArrayList<>();
  private final TurnStateJson json = new TurnStateJson();

  private StepwiseDriver driver(ScriptedModel model, ModelPrices prices) {
    return new StepwiseDriver(
        TestEffects.of(model, sandbox, files, prices),
        (turn, state) -> saved.add(json.write(state)),
        InstantSource.system());
  }

  private TurnResult drive(ScriptedModel model, TurnState from) {
    try (StepwiseDriver driver = driver(model, UNPRICED)) {
      return driver.drive(7, from, events::add);
    }
  }

  private TurnState asking(String text, TurnSettings settings) {
    String id = files.keep(0, "pay.csv", "dept,pay\nA,10\n".getBytes(StandardCharsets.UTF_8));
    return TurnState.begin(
        TurnRequest.of(
            text,
            List.of(),
            List.of(new AttachedFile(id, "pay.csv", 14, true)),
            "team",
            "cli/1",
            settings));
  }

  private static RunResult printed(String text) {
    return new RunResult.Completed(new Produced(text, "", 0, List.of(), 0), Timing.NONE);
  }

  @Test
  void aQuestionIsAnsweredAndVerified() {
    sandbox.will(printed("average pay: 10"));
    ScriptedModel model =
        ScriptedModel.of(
            PROGRAM,
            """
            {"requirements":[{"requirement":"average pay","kind":"measure",
            "quote":"average pay: 10","mismatch":""}]}\
            """);
    TurnResult result = drive(model, asking("average pay", TurnSettings.DEFAULT));
    assertEquals(TurnStatus.VERIFIED, result.status(), result.message());
    assertEquals("average pay: 10", result.output());
    assertEquals(7, result.turn());
    assertEquals(2, result.usage().calls());
    assertEquals(
        List.of(
            TurnEvent.Phase.GENERATING,
            TurnEvent.Phase.SCREENING,
            TurnEvent.Phase.EXECUTING,
            TurnEvent.Phase.VERIFYING,
            TurnEvent.Phase.DONE),
        events.stream().map(TurnEvent::phase).toList());
    assertEquals("pay.csv", sandbox.ran.getFirst().files().getFirst().name());
  }

  @Test
  void whatWasPaidForIsSaved() {
    sandbox.will(printed("print: 10"));
    drive(ScriptedModel.of(PROGRAM, JUDGED), asking("average pay", TurnSettings.DEFAULT));
    assertEquals(List.of("screening", "verifying", "done"), savedPhases());
  }

  @Test
  void aGivenProgramIsSavedByItsResultAlone() {
    sandbox.will(printed("10"));
    TurnRequest request =
        TurnRequest.run("", "print(10)", null, List.of(), "team", "cli/1", TurnSettings.DEFAULT);
    assertEquals("10", drive(ScriptedModel.of(), TurnState.begin(request)).output());
    assertEquals(List.of(), savedPhases());
  }

  @Test
  void whereNoValuesAreFoundTheTextsThatNoFileHoldsAreNamed() {
    String id = files.keep(0, "pay.csv", "dept,pay\nA,10\n".getBytes(StandardCharsets.UTF_8));
    for (String region : List.of("A", "nowhere")) {
      sandbox.will(
          new RunResult.Failed(
              new GuestError("ZeroDivisionError", "division by zero", 1, "Traceback"),
              new Produced("", "", 0, List.of(), 0, Set.of("pay.csv")),
              Timing.NONE));
      TurnRequest request =
          TurnRequest.run(
              "",
              "print(1 / 0)",
              new SavedRun("", List.of(new SavedRun.Sought("dept", region))),
              List.of(new AttachedFile(id, "pay.csv", 14, true)),
              "team",
              "cli/1",
              TurnSettings.DEFAULT);
      String message = drive(ScriptedModel.of(), TurnState.begin(request)).message();
      assertEquals(
          region.equals("nowhere"),
          message.equals("No row has dept = nowhere: it does not occur in pay.csv."),
          message);
    }
  }

  private List<String> savedPhases() {
    return saved.stream()
        .map(text -> text.replaceFirst("(?s).*?\"phase\":\"(\\w+)\".*", "$1"))
        .toList();
  }

  @Test
  void aSourceIsInspectedOnce() {
    TurnState begin = asking("average pay", TurnSettings.DEFAULT.withVerify(VerifyMode.OFF));
    ScriptedModel model = ScriptedModel.of(PROGRAM, PROGRAM, "```python\nprint(1)\n```");
    try (StepwiseDriver driver = driver(model, UNPRICED)) {
      for (int turn = 0; turn < 3; turn++) {
        sandbox.will(printed("average pay: 10"));
        assertEquals("average pay: 10", driver.drive(turn, begin, events::add).output());
      }
    }
    assertEquals(List.of("print(open('pay.csv').read())", "print(1)"), sandbox.inspected);
  }

  @Test
  void anyStateThatWasSavedGoesOnToTheSameEnd() {
    sandbox.will(printed("average pay: 10"));
    TurnState begin = asking("average pay", TurnSettings.DEFAULT.withVerify(VerifyMode.OFF));
    TurnResult first = drive(ScriptedModel.of(PROGRAM), begin);
    for (String text : List.copyOf(saved)) {
      sandbox.will(printed("average pay: 10"));
      TurnResult again = drive(ScriptedModel.of(PROGRAM), json.read(text));
      assertEquals(first.status(), again.status());
      assertEquals(first.code(), again.code());
      assertEquals(first.output(), again.output());
    }
  }

  @Test
  void aCrashIsMendedWithTheErrorItsLineAndNearColumns() {
    sandbox.will(
        new RunResult.Failed(
            new GuestError("KeyError", "'Pay'", 1, "Traceback"),
            new Produced("reading\n", "", 0, List.of(), 0),
            Timing.NONE),
        printed("average pay: 10"));
    ScriptedModel model = ScriptedModel.of(PROGRAM, PROGRAM, JUDGED);
    TurnResult result = drive(model, asking("average pay", TurnSettings.DEFAULT));
    assertEquals(TurnStatus.VERIFIED, result.status(), result.message());
    String repair = model.asked().get(1).messages().getLast().text();
    assertTrue(repair.contains("KeyError: 'Pay'"), repair);
    assertTrue(repair.contains("print(open('pay.csv').read())"), repair);
    assertTrue(repair.contains("come near:\n⟦names⟧\npay\n"), repair);
    assertTrue(repair.contains("attempt 2 of 3"), repair);
    assertTrue(repair.contains("reading"), repair);
  }

  @Test
  void anErrorEndsTheStepInsteadOfTheWait() {
    EffectRunner failing =
        (turn, state, waits) -> {
          throw new StackOverflowError();
        };
    try (StepwiseDriver driver =
        new StepwiseDriver(failing, (turn, state) -> {}, InstantSource.system())) {
      TurnResult result = driver.drive(7, asking("x", TurnSettings.DEFAULT), events::add);
      assertEquals(TurnStatus.FAILED, result.status());
    }
  }

  /** More such turns than there are processors, and each of them can be cancelled. */
  @Test
  @Timeout(120)
  void aStepThatHeedsNoInterruptKeepsNoTurnFromEnding() throws InterruptedException {
    int turns = 2 * Runtime.getRuntime().availableProcessors() + 1;
    AtomicBoolean released = new AtomicBoolean();
    CountDownLatch spinning = new CountDownLatch(turns);
    EffectRunner deaf =
        (turn, state, waits) -> {
          spinning.countDown();
          while (!released.get()) {
            Thread.onSpinWait();
          }
          return new EffectResult.ModelFailed("released");
        };
    List<TurnResult> results = new CopyOnWriteArrayList<>();
    List<Thread> threads = new ArrayList<>();
    TurnState begin = asking("x", TurnSettings.DEFAULT);
    StepwiseDriver driver = new StepwiseDriver(deaf, (turn, state) -> {}, InstantSource.system());
    try {
      for (int turn = 1; turn <= turns; turn++) {
        long id = turn;
        threads.add(
            Thread.ofVirtual().start(() -> results.add(driver.drive(id, begin, event -> {}))));
      }
      spinning.await();
      threads.forEach(Thread::interrupt);
      for (Thread thread : threads) {
        thread.join();
      }
    } finally {
      released.set(true);
      driver.close();
    }
    assertEquals(turns, results.size());
    assertTrue(results.stream().allMatch(result -> result.status() == TurnStatus.CANCELLED));
  }

  @Test
  void anInterruptCancelsAndIsCleared() throws InterruptedException {
    AtomicReference<TurnResult> result = new AtomicReference<>();
    AtomicBoolean interrupted = new AtomicBoolean(true);
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (StepwiseDriver driver = driver(ScriptedModel.of(PROGRAM), UNPRICED)) {
                    result.set(
                        driver.drive(7, asking("average pay", TurnSettings.DEFAULT), events::add));
                    interrupted.set(Thread.currentThread().isInterrupted());
                  }
                });
    sandbox.endless.await();
    thread.interrupt();
    thread.join();
    TurnResult cancelled = Objects.requireNonNull(result.get());
    assertEquals(TurnStatus.CANCELLED, cancelled.status());
    assertEquals("partial", cancelled.output());
    assertFalse(interrupted.get());
  }

  @Test
  void afterSuspendAnInterruptLeavesTheTurnAsItWas() throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    CountDownLatch running = new CountDownLatch(1);
    StepwiseDriver driver = driver(ScriptedModel.of(PROGRAM), UNPRICED);
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    driver.drive(
                        7,
                        asking("average pay", TurnSettings.DEFAULT),
                        event -> {
                          if (event.phase() == TurnEvent.Phase.EXECUTING) {
                            running.countDown();
                          }
                        });
                  } catch (TurnSuspendedException e) {
                    thrown.set(e);
                  }
                });
    running.await();
    driver.suspend();
    thread.interrupt();
    thread.join();
    driver.close();
    assertNotNull(thrown.get());
    assertEquals(List.of("screening"), savedPhases());
  }

  @Test
  void theWallTimeEndsATurnThatHangs() {
    TurnSettings settings = shortened(Duration.ofMillis(300));
    TurnResult result = drive(ScriptedModel.of(PROGRAM), asking("average pay", settings));
    assertEquals(TurnStatus.OVER_BUDGET, result.status());
    assertTrue(result.message().contains("turn.max_seconds"), result.message());
  }

  @Test
  void aCallThatCouldNotBeJudgedWithinTheCeilingIsNotMade() {
    ScriptedModel model = ScriptedModel.of();
    ModelPrices dear = name -> Optional.of(new ModelPrices.Price(100, 100));
    try (StepwiseDriver driver = driver(model, dear)) {
      TurnResult result = driver.drive(7, asking("average pay", TurnSettings.DEFAULT), events::add);
      assertEquals(TurnStatus.OVER_BUDGET, result.status());
      assertEquals(0.0, result.usage().costUsd());
      assertEquals(List.of(), model.asked());
    }
  }

  @Test
  void anUnpricedModelHasNoKnownCost() {
    sandbox.will(printed("average pay: 10"));
    TurnResult result =
        drive(ScriptedModel.of(PROGRAM, JUDGED), asking("average pay", TurnSettings.DEFAULT));
    assertEquals(null, result.usage().costUsd());
    assertTrue(result.usage().inputTokens() > 500, result.usage().toString());
  }

  @Test
  void aStepsFilesAreThereForTheNextStep() {
    sandbox.will(
        new RunResult.Completed(
            new Produced(
                "cleaned 1 row", "", 0, List.of(SandboxFile.text("clean.csv", "pay\n10\n")), 0),
            Timing.NONE),
        printed("average pay: 10"));
    ScriptedModel model =
        ScriptedModel.of(
            "PLAN\n1. clean | reads: pay.csv | leaves: clean.csv\n2. average | reads: clean.csv",
            PROGRAM,
            JUDGED,
            "```python\nprint(open('clean.csv').read())\n```",
            JUDGED);
    TurnResult result = drive(model, asking("average pay", TurnSettings.DEFAULT));
    assertEquals(TurnStatus.VERIFIED, result.status(), result.message());
    assertEquals(List.of("clean", "average"), result.steps().stream().map(s -> s.title()).toList());
    assertEquals(
        List.of("pay.csv", "clean.csv"),
        sandbox.ran.get(1).files().stream().map(SandboxFile::name).toList());
    assertTrue(model.asked().get(3).messages().getFirst().text().contains("clean.csv: CSV"));
    assertTrue(model.asked().get(4).messages().getLast().text().contains("cleaned 1 row"));
  }

  @Test
  void aFileThatIsNoLongerKeptIsAskedForAgain() {
    TurnState state =
        TurnState.begin(
            TurnRequest.of(
                "average pay",
                List.of(),
                List.of(new AttachedFile("gone", "pay.csv", 14, true)),
                "team",
                "cli/1",
                TurnSettings.DEFAULT));
    TurnResult result = drive(ScriptedModel.of(), state);
    assertEquals(TurnStatus.FAILED, result.status());
    assertEquals("The file pay.csv is no longer kept. Attach it again.", result.message());
  }

  @Test
  void aModelThatRunsDryIsAFaultThatThePersonReadsInPlainWords() {
    TurnResult result = drive(ScriptedModel.of(), asking("average pay", TurnSettings.DEFAULT));
    assertEquals(TurnStatus.FAILED, result.status());
    assertTrue(result.message().startsWith("Something went wrong inside Reckon"));
  }

  @Test
  void aProgramWhoseWorkerWasLostIsRunOnceMore() {
    sandbox.will(
        new RunResult.WorkerLost("it was killed", NOTHING, Timing.NONE),
        printed("average pay: 10"));
    TurnResult result =
        drive(ScriptedModel.of(PROGRAM), asking("average pay", withoutVerification()));
    assertEquals("average pay: 10", result.output());
    assertEquals(1, result.attempts().size());
  }

  @Test
  void waitingIsNoneOfTheTurnsTime() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    EffectRunner waiting =
        (turn, state, waits) -> {
          waits.waiting("the model", 12);
          now.updateAndGet(instant -> instant.plus(Duration.ofHours(1)));
          waits.working();
          now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(2)));
          return new EffectResult.Replied(new FirstReply.Say("Done."), Usage.NONE);
        };
    try (StepwiseDriver driver = new StepwiseDriver(waiting, (turn, state) -> {}, now::get)) {
      TurnResult result = driver.drive(7, asking("average pay", TurnSettings.DEFAULT), events::add);
      assertEquals("Done.", result.message());
      assertEquals(Duration.ofSeconds(2), result.elapsed());
    }
  }

  @Test
  void whoWaitsIsTold() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    EffectRunner waiting =
        (turn, state, waits) -> {
          waits.waiting("the model", 12);
          told.await();
          waits.working();
          return new EffectResult.Replied(new FirstReply.Say("Done."), Usage.NONE);
        };
    try (StepwiseDriver driver =
        new StepwiseDriver(waiting, (turn, state) -> {}, InstantSource.system())) {
      driver.drive(
          7,
          asking("average pay", TurnSettings.DEFAULT),
          event -> {
            events.add(event);
            if (event.phase() == TurnEvent.Phase.WAITING) {
              told.countDown();
            }
          });
    }
    assertTrue(
        events.stream().anyMatch(event -> event.detail().equals("the model, 12 ahead")),
        events::toString);
  }

  @Test
  void anErrorInAStepEndsTheTurn() {
    EffectRunner broken =
        (turn, state, waits) -> {
          throw new StackOverflowError();
        };
    try (StepwiseDriver driver =
        new StepwiseDriver(broken, (turn, state) -> {}, InstantSource.system())) {
      TurnResult result = driver.drive(7, asking("average pay", TurnSettings.DEFAULT), events::add);
      assertEquals(TurnStatus.FAILED, result.status());
    }
  }

  private static TurnSettings withoutVerification() {
    return TurnSettings.DEFAULT.withVerify(VerifyMode.OFF);
  }

  @Test
  void withoutSampleRowsNoPromptOfATurnHoldsAValueOfTheFile() {
    TurnSettings d = TurnSettings.DEFAULT;
    TurnSettings hidden =
        new TurnSettings(
            d.maxAttempts(),
            d.maxSteps(),
            d.maxCostUsd(),
            d.maxTokens(),
            d.wallTime(),
            VerifyMode.TWICE,
            d.code(),
            d.limits(),
            d.historyTokens(),
            d.replyTokens(),
            0);
    byte[] table =
        "dept,ada@example.org,customer 0049123\nSecretSales,31337,x\n"
            .getBytes(StandardCharsets.UTF_8);
    TurnRequest request =
        TurnRequest.of(
            "average pay",
            List.of(),
            List.of(
                new AttachedFile(files.keep(0, "pay.csv", table), "pay.csv", table.length, true)),
            "team",
            "cli/1",
            hidden);
    sandbox.will(
        new RunResult.Failed(
            new GuestError("KeyError", "'Dept'", 1, "Traceback"), NOTHING, Timing.NONE),
        printed("average pay: 10\nRESULT: 10"),
        printed("average pay: 10\nRESULT: 10"),
        printed("average pay: 10\nRESULT: 10"));
    ScriptedModel model = ScriptedModel.of(PROGRAM, PROGRAM, PROGRAM, JUDGED);
    drive(model, TurnState.begin(request));
    String prompts = model.asked().toString();
    assertTrue(model.asked().size() >= 3, prompts);
    assertTrue(prompts.contains("\"dept\""), prompts);
    for (String value : List.of("ada@example.org", "0049123", "SecretSales", "31337")) {
      assertFalse(prompts.contains(value), value);
    }
  }

  @Test
  void withoutSampleRowsTheJudgeSeesNoLineOfAFileThatTheProgramLeft() {
    for (int rows : new int[] {0, 3}) {
      sandbox.will(
          new RunResult.Completed(
              new Produced(
                  "cleaned 1 row",
                  "",
                  0,
                  List.of(SandboxFile.text("clean.csv", "dept\nSecretSales\n")),
                  0),
              Timing.NONE));
      TurnSettings d = TurnSettings.DEFAULT;
      TurnSettings settings =
          new TurnSettings(
              d.maxAttempts(),
              d.maxSteps(),
              d.maxCostUsd(),
              d.maxTokens(),
              d.wallTime(),
              d.verify(),
              d.code(),
              d.limits(),
              d.historyTokens(),
              d.replyTokens(),
              rows);
      ScriptedModel model = ScriptedModel.of(PROGRAM, JUDGED);
      drive(model, asking("clean it", settings));
      String prompts = model.asked().toString();
      assertTrue(prompts.contains("clean.csv"), prompts);
      assertEquals(rows > 0, prompts.contains("SecretSales"), prompts);
    }
  }

  @Test
  void thanksStartNoRunAndNoCall() {
    TurnRequest thanks =
        TurnRequest.of(
            "Thanks a lot!", List.of(), List.of(), "team", "cli/1", TurnSettings.DEFAULT);
    TurnResult result = drive(ScriptedModel.of(), TurnState.begin(thanks));
    assertEquals("You're welcome.", result.message());
    assertEquals(0, result.usage().calls());
  }

  @Test
  void aJournalThatFailsStopsTheTurnWhereItWas() {
    TurnJournal full =
        (turn, state) -> {
          throw new IllegalStateException("disk full");
        };
    try (StepwiseDriver driver =
        new StepwiseDriver(
            TestEffects.of(ScriptedModel.of(PROGRAM), sandbox, files, UNPRICED),
            full,
            InstantSource.system())) {
      assertThrows(
          IllegalStateException.class,
          () -> driver.drive(7, asking("average pay", TurnSettings.DEFAULT), events::add));
    }
  }

  private static TurnSettings shortened(Duration wallTime) {
    TurnSettings d = TurnSettings.DEFAULT;
    return new TurnSettings(
        d.maxAttempts(),
        d.maxSteps(),
        d.maxCostUsd(),
        d.maxTokens(),
        wallTime,
        d.verify(),
        d.code(),
        d.limits(),
        d.historyTokens(),
        d.replyTokens(),
        d.sampleRows());
  }
}
