package dev.reckon.core.turn.effect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.files.FileProfiles;
import dev.reckon.core.files.PlainImporter;
import dev.reckon.core.loop.WaitListener;
import dev.reckon.core.model.ModelRequest;
import dev.reckon.core.model.ScriptedModel;
import dev.reckon.core.prompt.PromptTexts;
import dev.reckon.core.source.DataQuery;
import dev.reckon.core.source.DataSources;
import dev.reckon.core.source.QueryResult;
import dev.reckon.core.turn.TurnRequest;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnSettings;
import dev.reckon.core.turn.TurnState;
import dev.reckon.core.turn.TurnStatus;
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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueryTurnsTest {
  private static final Instant NOW = Instant.parse("2026-11-29T09:00:00Z");
  private static final String JUDGED =
      """
      {"requirements": [{"requirement": "the total", "kind": "measure", "quote": "SUM(total)",
        "mismatch": ""}]}\
      """;

  private final FakeSandbox sandbox = new FakeSandbox();
  private final List<DataQuery> queried = new ArrayList<>();

  /** Knows one table, and no column {@code totals}. */
  private final DataSources shop =
      new DataSources() {
        @Override
        public List<String> names() {
          return List.of("shop");
        }

        @Override
        public String description(Collection<String> sources, String request, WaitListener waits) {
          return sources.contains("shop") ? "shop: orders (total numeric)" : "";
        }

        @Override
        public QueryResult run(DataQuery query, WaitListener waits) {
          queried.add(query);
          if (query.sql().contains("totals")) {
            return new QueryResult.Refused("there is no column totals in these tables");
          }
          return query.sql().contains("away")
              ? new QueryResult.Unreachable("The database shop cannot be reached now.")
              : new QueryResult.Fetched("total\n12\n".getBytes(StandardCharsets.UTF_8), 1);
        }
      };

  private static String program(String sql, String python) {
    return "# /// query shop -> orders.csv\n# " + sql + "\n# ///\n" + python;
  }

  private static String reply(String sql, String python) {
    return "```python\n" + program(sql, python) + "\n```";
  }

  private static RunResult printed(String text) {
    return new RunResult.Completed(
        new Produced(text, "", 0, List.of(), 0), new Timing(Duration.ZERO, Duration.ofSeconds(1)));
  }

  private TurnResult drive(ScriptedModel model, TurnRequest request) {
    try (StepwiseDriver driver =
        new StepwiseDriver(
            new TurnEffects(
                model,
                sandbox,
                new MemoryFiles(),
                new FileProfiles(new PlainImporter()),
                PromptTexts.shipped(),
                name -> Optional.empty(),
                shop,
                InstantSource.fixed(NOW)),
            (turn, state) -> {},
            InstantSource.system())) {
      return driver.drive(7, TurnState.begin(request), event -> {});
    }
  }

  private static TurnRequest asking(List<String> sources) {
    return TurnRequest.of(
            "total of all orders", List.of(), List.of(), "team", "cli/1", TurnSettings.DEFAULT)
        .withSources(sources);
  }

  private static String text(ModelRequest request) {
    return String.join("\n", request.messages().stream().map(ModelRequest.Message::text).toList());
  }

  @Test
  void aBadQueryGoesBackLikeACrashAndAGoodOneIsReadOnce() {
    sandbox.will(
        new RunResult.Failed(
            new GuestError("KeyError", "'totl'", 5, "Traceback"),
            new Produced("", "", 0, List.of(), 0),
            Timing.NONE),
        printed("total: 12"));
    ScriptedModel model =
        ScriptedModel.of(
            reply("SELECT SUM(totals) AS total FROM orders", "print(1)"),
            reply("SELECT SUM(total) AS total FROM orders", "print(row['totl'])"),
            reply("SELECT SUM(total) AS total FROM orders", "print('total:', total)"),
            JUDGED);
    TurnResult result = drive(model, asking(List.of("shop")));
    assertEquals(TurnStatus.VERIFIED, result.status());
    assertEquals(2, queried.size(), "what was fetched is used again");
    assertEquals(1, result.data().size());
    assertEquals(NOW, result.data().getFirst().at());
    assertEquals(1, result.data().getFirst().rows());
    assertTrue(text(model.asked().getFirst()).contains("shop: orders (total numeric)"));
    assertTrue(text(model.asked().get(1)).contains("there is no column totals"));
    String judge = text(model.asked().getLast());
    assertTrue(judge.contains("SELECT SUM(total) AS total FROM orders"), judge);
    assertTrue(judge.contains("ran on the database shop and gave 1 rows"), judge);
    List<SandboxFile> files = sandbox.ran.getLast().files();
    assertEquals(List.of("orders.csv"), files.stream().map(SandboxFile::name).toList());
    assertEquals("total\n12\n", new String(files.getFirst().content(), StandardCharsets.UTF_8));
  }

  @Test
  void aQueryDoesNotTakeTheNameOfWhatAStepLeft() {
    sandbox.will(
        new RunResult.Completed(
            new Produced(
                "cleaned", "", 0, List.of(SandboxFile.text("orders.csv", "total\n5\n")), 0),
            Timing.NONE),
        printed("total: 12"));
    ScriptedModel model =
        ScriptedModel.of(
            "PLAN\n1. clean | leaves: orders.csv\n2. total | reads: orders.csv",
            "```python\nprint('cleaned')\n```",
            JUDGED,
            reply("SELECT SUM(total) AS total FROM orders", "print('total:', total)"),
            "```python\n"
                + program("SELECT SUM(total) AS total FROM orders", "print('total:', total)")
                    .replace("orders.csv", "sums.csv")
                + "\n```",
            JUDGED);
    drive(model, asking(List.of("shop")));
    assertEquals(1, queried.size(), "what would be hidden is not fetched");
    assertTrue(text(model.asked().get(4)).contains("a file called orders.csv is here already"));
    assertEquals(
        List.of("sums.csv", "orders.csv"),
        sandbox.ran.getLast().files().stream().map(SandboxFile::name).toList());
  }

  @Test
  void whatWasFetchedBeforeARefusedQueryIsUsedAgain() {
    sandbox.will(printed("total: 12"));
    String good = "# /// query shop -> sums.csv\n# SELECT SUM(total) AS total FROM orders\n# ///\n";
    ScriptedModel model =
        ScriptedModel.of(
            "```python\n"
                + good
                + program("SELECT SUM(totals) AS total FROM orders", "print(1)")
                + "\n```",
            "```python\n"
                + good
                + program("SELECT COUNT(*) AS n FROM orders", "print('total:', total)")
                + "\n```",
            JUDGED);
    TurnResult result = drive(model, asking(List.of("shop")));
    assertEquals(TurnStatus.VERIFIED, result.status());
    assertEquals(
        List.of("sums.csv", "orders.csv", "orders.csv"),
        queried.stream().map(DataQuery::file).toList());
    assertEquals(2, result.data().size());
  }

  @Test
  void aTypedProgramQueriesAsWell() {
    sandbox.will(printed("12"));
    TurnRequest run =
        TurnRequest.run(
            "run",
            program("SELECT SUM(total) AS total FROM orders", "print(12)"),
            null,
            List.of(),
            "team",
            "cli/1",
            TurnSettings.DEFAULT);
    TurnResult result = drive(ScriptedModel.of(), run.withSources(List.of("shop")));
    assertEquals(TurnStatus.NOT_JUDGED, result.status());
    assertEquals(1, result.data().size());
    TurnResult refused = drive(ScriptedModel.of(), run);
    assertEquals(TurnStatus.FAILED, refused.status());
    assertEquals("The program was not run: no database may be queried here", refused.message());
    assertEquals(1, queried.size());
  }

  @Test
  void aDatabaseThatIsAwayEndsTheTurn() {
    ScriptedModel model = ScriptedModel.of(reply("SELECT 1 AS away", "print(1)"));
    TurnResult result = drive(model, asking(List.of("shop")));
    assertEquals(TurnStatus.FAILED, result.status());
    assertEquals("The database shop cannot be reached now.", result.message());
  }

  @Test
  void whereNoDatabaseMayBeQueriedThePromptNamesNone() {
    sandbox.will(printed("1"));
    ScriptedModel model = ScriptedModel.of("```python\nprint(1)\n```", "{}");
    drive(model, asking(List.of()));
    assertTrue(!text(model.asked().getFirst()).contains("# Databases"));
  }
}
