package dev.reckon.core.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Language;
import dev.reckon.core.surface.render.ProgressText;
import dev.reckon.sandbox.GuestError;
import dev.reckon.sandbox.SourceReport;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TurnStateJsonTest {
  private final TurnStateJson json = new TurnStateJson();

  private static final TurnRequest REQUEST =
      TurnRequest.of(
          "average of prices.csv",
          List.of(new PriorTurn("hello", TurnStatus.DECLINED, "Hi.", "", "")),
          List.of(new AttachedFile("f1", "sales.csv", 12, true)),
          "team",
          "cli/1",
          TurnSettings.DEFAULT);

  @Test
  void aFreshStateReadsBackAsItWas() {
    TurnState state = TurnState.begin(REQUEST);
    assertEquals(state, json.read(json.write(state)));
  }

  @Test
  void theLanguageIsKept() {
    TurnState state = TurnState.begin(REQUEST.in(Language.JAPANESE));
    assertEquals(state, json.read(json.write(state)));
    TurnState ended =
        TurnMachine.next(state, new EffectResult.Cancelled(Optional.empty()), Duration.ZERO);
    assertEquals(ended, json.read(json.write(ended)));
    TurnResult result = ((TurnState.Done) ended).result();
    assertEquals(Language.JAPANESE, result.language());
    assertEquals("キャンセルしました。", result.message());
    assertEquals("プログラムを書いています …", ProgressText.doing(TurnEvents.of(1, state)));
  }

  @Test
  void aStateWithAttemptsReadsBackAsItWas() {
    CodeFacts facts = new CodeFacts(Set.of(SourceReport.Trait.RANDOM));
    RunSummary run =
        new RunSummary(
            RunSummary.Ending.FAILED,
            "partial",
            "",
            7,
            List.of(new TurnResult.ProducedFile("f2", "out.csv", 3)),
            Set.of("sales.csv"),
            new GuestError("KeyError", "'salary'", 3, "Traceback"),
            "",
            true,
            Duration.ofMillis(12),
            "CPython",
            "es lief zu lange",
            List.of("region"));
    Attempt attempt =
        new Attempt(
            1,
            1,
            "print(1)",
            facts,
            run,
            new AttemptFailure(AttemptFailure.Cause.CRASHED, "KeyError: 'salary'", 3, "KeyError"),
            new Judgement(
                Judgement.Verdict.REJECTED,
                "not sorted",
                List.of(new TurnResult.Requirement("sorted", false, "3, 1"))));
    TurnProgress work =
        new TurnProgress(
            REQUEST,
            List.of(new PlanStep("read", List.of("sales.csv"), List.of("clean.csv"))),
            List.of(),
            List.of(attempt),
            List.of(),
            List.of("prices.csv"),
            new Usage(1, 10, 20, null),
            Duration.ofSeconds(3));
    TurnState state = new TurnState.Verifying(work, "print(2)", facts, run);
    assertEquals(state, json.read(json.write(state)));
    String before = json.write(state).replace(",\"engine\":\"CPython\"", "");
    assertEquals("", ((TurnState.Verifying) json.read(before)).run().engine());
  }

  @Test
  void earlierOutputsAreCarriedAsExcerptsOnly() {
    String output = "first\n" + "x".repeat(64 * 1024) + "\nlast";
    PriorTurn earlier = new PriorTurn("sum", TurnStatus.VERIFIED, "Done.", "print(1)", output);
    assertTrue(earlier.output().startsWith("first\n") && earlier.output().endsWith("\nlast"));
    TurnState state =
        TurnState.begin(
            TurnRequest.of(
                "and now",
                Collections.nCopies(30, earlier),
                List.of(),
                "team",
                "cli/1",
                TurnSettings.DEFAULT));
    String text = json.write(state);
    assertTrue(text.length() < 64 * 1024, "characters of a saved state: " + text.length());
    assertEquals(state, json.read(text));
  }

  @Test
  void aStateThatWasSavedWithWholeOutputsLoads() {
    String whole = "y".repeat(10_000);
    String saved =
        json.write(
                TurnState.begin(
                    TurnRequest.of(
                        "and now",
                        List.of(new PriorTurn("sum", TurnStatus.VERIFIED, "", "", "PRINTED")),
                        List.of(),
                        "team",
                        "cli/1",
                        TurnSettings.DEFAULT)))
            .replace("PRINTED", whole);
    TurnState.Generating state = (TurnState.Generating) json.read(saved);
    String output = state.work().request().history().getFirst().output();
    assertTrue(output.length() < 2_000 && output.contains("characters left out"), output);
  }

  @Test
  void theTextNamesItsFormatAndPhase() {
    String text = json.write(TurnState.begin(REQUEST));
    assertTrue(text.startsWith("{\"format\":1,\"phase\":\"generating\""), text);
    assertTrue(text.contains("\"wallTime\":\"PT5M\""), text);
  }

  @Test
  void unknownFieldsAreSkippedAndMissingListsAreEmpty() {
    String text =
        json.write(TurnState.begin(REQUEST))
            .replace("\"attempts\":[],", "")
            .replace("\"plan\":[],", "\"novelty\":{\"a\":1},");
    assertTrue(text.contains("novelty") && !text.contains("\"attempts\""), text);
    assertEquals(TurnState.begin(REQUEST), json.read(text));
  }

  @Test
  void anotherFormatIsRefusedByName() {
    String text = json.write(TurnState.begin(REQUEST)).replace("\"format\":1", "\"format\":99");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> json.read(text));
    assertTrue(String.valueOf(e.getMessage()).contains("format 99"), e.getMessage());
  }

  @Test
  void whatIsNoStateIsRefused() {
    for (String text :
        List.of("", "[]", "{}", "{\"format\":1}", "{\"format\":1,\"phase\":\"x\"}")) {
      assertThrows(IllegalArgumentException.class, () -> json.read(text), text);
    }
  }
}
