package dev.reckon.core.store.jdbi;

import dev.reckon.core.message.Action;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.message.Team;
import dev.reckon.core.source.DataQuery;
import dev.reckon.core.source.QueriedData;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.turn.AttachedFile;
import dev.reckon.core.turn.Attempt;
import dev.reckon.core.turn.AttemptFailure;
import dev.reckon.core.turn.CodeFacts;
import dev.reckon.core.turn.CodePolicy;
import dev.reckon.core.turn.Judgement;
import dev.reckon.core.turn.PlanStep;
import dev.reckon.core.turn.PriorTurn;
import dev.reckon.core.turn.RunSummary;
import dev.reckon.core.turn.TurnProgress;
import dev.reckon.core.turn.TurnRequest;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnSettings;
import dev.reckon.core.turn.TurnState;
import dev.reckon.core.turn.TurnStatus;
import dev.reckon.core.turn.Usage;
import dev.reckon.core.turn.VerifyMode;
import dev.reckon.sandbox.GuestError;
import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.SourceReport;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A value of everything that is stored as JSON, with no field at its default. */
final class StoredSamples {
  private static final Address ADDRESS = new Address("slack", "C1/1700.1", "C1", true);
  private static final Person PERSON = new Person("slack/T1/U1", "Ada", Person.Role.EXTERNAL);
  private static final Team TEAM = new Team("slack/T1", "Acme");
  private static final ConversationId CONVERSATION = new ConversationId("slack/T1/C1/1700.1");

  private static final QueriedData DATA =
      new QueriedData(
          new DataQuery("shop", "orders.csv", "SELECT 1 AS total", List.of()),
          "d1",
          12,
          345,
          Instant.parse("2026-11-24T12:00:01Z"));

  private StoredSamples() {}

  /** By the name of the fixture. */
  static Map<String, Object> all() {
    Map<String, Object> samples = new LinkedHashMap<>();
    samples.put(
        "incoming-text",
        incoming(
            new Content.Text("average of sales.csv", true),
            new Attachment.Inline("a.csv", new byte[] {1, 2, 3}),
            new Attachment.Remote("b.csv", "F123", 42)));
    samples.put(
        "incoming-pressed",
        incoming(new Content.Pressed(new Action(Action.Verb.SHOW_EVIDENCE, 7), "input")));
    samples.put(
        "incoming-edited", incoming(new Content.Edited("slack/E0", "as it reads now", true, true)));
    samples.put("incoming-moved", incoming(new Content.Moved(CONVERSATION, TEAM, ADDRESS)));
    samples.put(
        "incoming-scheduled",
        incoming(
            new Content.Scheduled(3, "do burn month=4", Instant.parse("2026-11-23T08:00:00Z"), 2)));
    samples.put("address", ADDRESS);
    samples.put("person", PERSON);
    samples.put(
        "reply",
        new Reply(
            7,
            Reply.Kind.NOT_JUDGED,
            "A headline",
            List.of(
                new Block.Text("Some text."),
                new Block.Output("4.5\n", 12),
                new Block.Table(List.of("a", "b"), List.of(List.of("1", "2"))),
                new Block.Code("print(1)", true),
                new Block.File("f1", "chart.png", 99),
                new Block.Footer("1 attempt")),
            List.of(new Action(Action.Verb.SAVE, 7), new Action(Action.Verb.CONFIRM, 8))));
    samples.put(
        "reply-chart",
        new Reply(
            7,
            Reply.Kind.VERIFIED,
            "A headline",
            List.of(
                new Block.Chart(
                    new Block.File("f1", "chart.png", 99),
                    1080,
                    690,
                    "Pay (bars)",
                    List.of(
                        new Block.Chart.Series(
                            "bars",
                            "mean",
                            List.of(
                                new Block.Chart.Point("a", 3.5),
                                new Block.Chart.Point("b", Double.NaN)))))),
            List.of()));
    samples.put(
        "reply-finding",
        new Reply(
            7,
            Reply.Kind.VERIFIED,
            "A headline",
            List.of(new Block.Finding("North is highest: 5"), new Block.Output("North: 5\n", 0)),
            List.of()));
    samples.put(
        "reply-query",
        new Reply(
            7,
            Reply.Kind.VERIFIED,
            "A headline",
            List.of(
                new Block.Query("shop", "SELECT 1 AS total", "orders.csv", 12, DATA.at()),
                new Block.Page("/c/5")),
            List.of()));
    samples.put(
        "reply-table-chart",
        new Reply(
            0,
            Reply.Kind.NOTICE,
            "A headline",
            List.of(
                new Block.TableChart(
                    new Block.Table(List.of("year", "n"), List.of(List.of("2024", "1"))))),
            List.of()));
    samples.put(
        "result-query",
        new TurnResult(
            8,
            TurnStatus.VERIFIED,
            "Checked.",
            "12",
            "print(12)",
            List.of(),
            List.of(),
            null,
            List.of(),
            Usage.NONE,
            Duration.ofSeconds(2),
            Language.ENGLISH,
            List.of(DATA)));
    samples.put("result", result());
    samples.put("result-headline", result("The average is 4.5"));
    samples.put(
        "parameters",
        List.of(
            new SavedComputation.Parameter("rate", SavedComputation.Type.NUMBER, "0.5"),
            new SavedComputation.Parameter("name", SavedComputation.Type.TEXT, "Ada")));
    samples.put("names", List.of("salary", "department"));
    return samples;
  }

  private static Incoming incoming(Content content, Attachment... attachments) {
    return new Incoming(
        "slack/E1",
        CONVERSATION,
        TEAM,
        PERSON,
        ADDRESS,
        content,
        List.of(attachments),
        Instant.parse("2026-11-24T12:00:00.123Z"));
  }

  static TurnResult result() {
    return result("");
  }

  private static TurnResult result(String headline) {
    TurnResult.Verification verification =
        new TurnResult.Verification(
            true,
            "it answers",
            List.of(new TurnResult.Requirement("average", true, "4.5")),
            headline);
    return new TurnResult(
        7,
        TurnStatus.VERIFIED,
        "It answers.",
        "4.5\n",
        "print(4.5)",
        List.of(new TurnResult.Step("read", "verified", "4.5\n")),
        List.of(
            new TurnResult.Attempt(
                1, 1, "print(x)", "failed", "partial", "NameError: x", verification)),
        verification,
        List.of(new TurnResult.ProducedFile("f2", "out.csv", 3)),
        new Usage(2, 100, 20, 0.5),
        Duration.ofMillis(1234));
  }

  /** A turn's state in each of its phases, by the name of the fixture. */
  static Map<String, TurnState> states() {
    CodeFacts facts = new CodeFacts(Set.of(SourceReport.Trait.RANDOM));
    RunSummary run =
        new RunSummary(
            RunSummary.Ending.FAILED,
            "partial",
            "a warning",
            7,
            List.of(new TurnResult.ProducedFile("f2", "out.csv", 3)),
            Set.of("sales.csv"),
            new GuestError("KeyError", "'salary'", 3, "Traceback"),
            "detail",
            true,
            Duration.ofMillis(12));
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
                List.of(new TurnResult.Requirement("sorted", false, "3, 1")),
                Judgement.Method.TWICE));
    TurnRequest request =
        new TurnRequest(
            "average of prices.csv",
            List.of(
                new PriorTurn("hello", TurnStatus.VERIFIED, "It answers.", "print(2)", "2\n"),
                new PriorTurn("and now", TurnStatus.ASKED, "Which one?", "", "")),
            List.of(new AttachedFile("f1", "sales.csv", 12, true)),
            List.of("prices.csv"),
            "always in euros",
            "print(3)",
            "slack/T1",
            "slack/T1/C1/1700.1",
            new TurnSettings(
                4,
                6,
                0.75,
                1_000,
                Duration.ofMinutes(2),
                VerifyMode.TWICE,
                new CodePolicy(List.of("socket"), List.of("os.system"), List.of("__globals__"), 50),
                new Limits(
                    Duration.ofSeconds(7),
                    Duration.ofSeconds(8),
                    9_000,
                    10_000,
                    11_000,
                    12_000,
                    13),
                14,
                15,
                16),
            null,
            null,
            Language.ENGLISH,
            List.of());
    TurnProgress work =
        new TurnProgress(
            request,
            List.of(
                new PlanStep("read", List.of("sales.csv"), List.of("clean.csv")),
                new PlanStep("count", List.of(), List.of())),
            List.of(attempt),
            List.of(attempt),
            List.of(),
            List.of("prices.csv"),
            new Usage(1, 10, 20, null),
            Duration.ofSeconds(3));
    Map<String, TurnState> states = new LinkedHashMap<>();
    states.put("state-generating", new TurnState.Generating(work));
    states.put("state-screening", new TurnState.Screening(work, "print(2)"));
    states.put("state-querying", querying());
    states.put("state-executing", new TurnState.Executing(work, "print(2)", facts));
    states.put("state-verifying", new TurnState.Verifying(work, "print(2)", facts, run));
    states.put("state-done", new TurnState.Done(result()));
    return states;
  }

  private static TurnState querying() {
    TurnRequest request =
        TurnRequest.of("total", List.of(), List.of(), "team", "c1", TurnSettings.DEFAULT)
            .withSources(List.of("shop"));
    TurnProgress work =
        new TurnProgress(
            request,
            List.of(),
            List.of(),
            List.of(),
            List.of(DATA),
            List.of(),
            Usage.NONE,
            Duration.ofSeconds(1));
    return new TurnState.Querying(work, "print(2)", new CodeFacts(Set.of()));
  }

  /** Every enum whose constants are stored, by its name in the fixture. */
  static Map<String, Class<? extends Enum<?>>> enums() {
    return Map.ofEntries(
        Map.entry("verb", Action.Verb.class),
        Map.entry("standing", Person.Role.class),
        Map.entry("reply", Reply.Kind.class),
        Map.entry("parameter", SavedComputation.Type.class),
        Map.entry("turnKind", TurnKind.class),
        Map.entry("status", TurnStatus.class),
        Map.entry("verdict", Judgement.Verdict.class),
        Map.entry("method", Judgement.Method.class),
        Map.entry("ending", RunSummary.Ending.class),
        Map.entry("cause", AttemptFailure.Cause.class),
        Map.entry("verify", VerifyMode.class),
        Map.entry("trait", SourceReport.Trait.class));
  }
}
