package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckon.adapters.llm.FakeModelServer;
import dev.reckon.adapters.llm.FakeModelServer.Answer;
import dev.reckon.adapters.llm.FakeModelServer.Call;
import dev.reckon.app.StartedReckon;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A question that only a database answers, in Slack and at the terminal, on the built program. */
class SlackSourcesIT {
  private static final String VERDICT =
      """
      {"requirements":[{"requirement":"the total","kind":"measure","quote":"SUM(total)","mismatch":""}]}\
      """;

  @TempDir Path folder;
  private final FakeSlack slack = new FakeSlack().channel("C1", "U1", "U2", FakeSlack.BOT);
  private final SlackPeople people = new SlackPeople(slack);
  private final FakeModelServer model = new FakeModelServer().answerBy(SlackSourcesIT::answer);
  private final int port = StartedReckon.freePort();
  private final SignedRequests requests = new SignedRequests(port);

  SlackSourcesIT() throws IOException {}

  /** First asks for a column that is hidden, and is corrected by what comes back. */
  private static Answer answer(Call call) {
    String prompt = call.last("user");
    if (prompt.contains("⟦output⟧")) {
      return Answer.text(VERDICT);
    }
    String column = prompt.contains("⟦error⟧") ? "total" : "margin";
    return Answer.text(
        """
        ```python
        # /// query shop -> orders.csv
        # SELECT SUM(%s) AS total FROM orders WHERE status = 'paid'
        # ///
        import csv
        for row in csv.DictReader(open("orders.csv")):
            print("total:", row["total"])
        ```\
        """
            .formatted(column));
  }

  @BeforeEach
  void fill() throws Exception {
    try (Connection shop = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shop.db"));
        Statement statement = shop.createStatement()) {
      statement.execute("create table orders (id integer, total real, margin real, status text)");
      statement.execute(
          "insert into orders values (1, 120.5, 20, 'paid'), (2, 80, 10, 'open'), (3, 45, 5,"
              + " 'paid')");
    }
  }

  @AfterEach
  void close() {
    requests.close();
    model.close();
    slack.close();
  }

  private List<String> settings() {
    return new ArrayList<>(
        List.of(
            "sources.shop.url=jdbc:sqlite:" + folder.resolve("shop.db"),
            "sources.shop.description=orders of the web shop",
            "sources.shop.hidden=orders.margin",
            "model.base_url=" + model.url(),
            "model.name=m",
            "store.url=jdbc:sqlite:" + folder.resolve("reckon.db"),
            "sandbox.workers=1"));
  }

  @Test
  void inSlackADatabaseIsListedAndAnswers() throws Exception {
    List<String> set = settings();
    set.addAll(
        List.of(
            "slack.enabled=true",
            "slack.mode=http",
            "slack.api_url=" + slack.base() + "/api/",
            "policy.people=slack/T1/U1",
            "policy.sources=shop:slack/T1",
            "http.port=" + port));
    Map<String, String> secrets =
        Map.of(
            "SLACK_BOT_TOKEN", FakeSlack.BOT_TOKEN,
            "SLACK_APP_TOKEN", FakeSlack.APP_TOKEN,
            "SLACK_SIGNING_SECRET", FakeSlack.SECRET);
    try (StartedReckon program = StartedReckon.service(folder, secrets, set)) {
      program.awaitWords("Running: ");
      say(program, "sources");
      program.until("the list", () -> shows("orders of the web shop"), slack::transcript);
      say(program, "revenue of paid orders");
      program.until("the answer", () -> shows("total: 165.5"), slack::transcript);
      program.until(
          "the query",
          () -> shows("shop (rows: 1; read ") && shows("SELECT SUM(total) AS total"),
          slack::transcript);
      assertFalse(shows("jdbc:"), () -> slack.transcript().toString());
    }
  }

  private void say(StartedReckon program, String text) throws Exception {
    JsonNode mention =
        people.envelope(people.message("C1", "U1", slack.ts(), "", "<@UBOT> " + text));
    program.until(
        "taken",
        () -> {
          try {
            return requests.deliver("events_api", mention).statusCode() == 200;
          } catch (IOException e) {
            return false;
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
          }
        },
        slack::transcript);
  }

  private boolean shows(String words) {
    return slack.in("C1").stream().anyMatch(message -> message.shown().contains(words));
  }

  @Test
  void atTheTerminalTheAnswerHasTheQueryAsEvidence() throws Exception {
    List<String> words = new ArrayList<>(List.of("ask", "revenue of paid orders", "--json"));
    settings().forEach(one -> words.addAll(List.of("--set", one)));
    StartedReckon.Ended ended = StartedReckon.run(folder, "", words.toArray(String[]::new));
    JsonNode answer = new ObjectMapper().readTree(ended.out());
    assertEquals("verified", answer.path("status").asText(), ended.out() + ended.err());
    assertEquals("total: 165.5\n", answer.path("output").asText());
    assertEquals(2, answer.path("attempts").size());
    assertTrue(
        answer.path("attempts").path(0).path("error").asText().contains("no column margin"),
        ended.out());
    assertEquals("shop", answer.path("queries").path(0).path("source").asText());
    assertEquals(1, answer.path("queries").path(0).path("rows").asInt());
    assertFalse((ended.out() + ended.err()).contains("jdbc:"), ended.err());
  }
}
