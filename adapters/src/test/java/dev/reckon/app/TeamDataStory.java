package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckon.adapters.fetch.LocalInternet;
import dev.reckon.adapters.llm.FakeModelServer;
import dev.reckon.adapters.llm.FakeModelServer.Answer;
import dev.reckon.adapters.llm.FakeModelServer.Call;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a team tells Reckon, and files by their address, on the built program: facts are told,
 * proposed, confirmed and forgotten; a file is fetched through a proxy; a script uses the team's
 * saved computations over the API. One test for each surface that the story is told on.
 */
public abstract class TeamDataStory {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final String PRICES = "https://" + LocalInternet.HOST + "/prices.csv";
  private static final String TOLD = "prices are net of tax";
  private static final String PROPOSED = "the list leaves out services";

  @TempDir Path folder;
  private final int port;
  private final FakeModelServer model;
  private LocalInternet internet;
  private StartedReckon program;

  protected TeamDataStory() throws IOException {
    port = StartedReckon.freePort();
    model = new FakeModelServer().answerBy(TeamDataStory::answer);
  }

  /** What the platform needs to be switched on, and who may use it. */
  protected abstract List<String> settings();

  protected abstract Map<String, String> secrets();

  /** The team that the story's place belongs to. */
  protected abstract String team();

  /** Somebody writes; returns once the platform has been told that it is taken. */
  protected abstract void say(StartedReckon program, String text) throws Exception;

  /** What the place shows now, oldest first. */
  protected abstract List<String> shown();

  private static Answer answer(Call call) {
    if (call.last("user").contains("⟦output⟧")) {
      return Answer.text(
          """
          {"requirements":[{"requirement":"average price","kind":"measure","quote":"average:","mismatch":""}]}\
          """);
    }
    return Answer.text(
        """
        ```python
        import csv
        # remember: %s
        prices = [float(row["price"]) for row in csv.DictReader(open("prices.csv"))]
        print("average:", sum(prices) / len(prices))
        ```\
        """
            .formatted(PROPOSED));
  }

  @BeforeEach
  void start() throws Exception {
    internet = new LocalInternet(folder);
    internet.serve("/prices.csv", "text/csv", "item,price\ntea,4\nrice,6\n");
    List<String> set =
        new ArrayList<>(
            List.of(
                "fetch.hosts=" + LocalInternet.HOST,
                "fetch.proxy=127.0.0.1:" + internet.proxyPort(),
                "mcp.api=true",
                "mcp.team=" + team(),
                "policy.person_per_minute=0",
                "http.port=" + port,
                "model.base_url=" + model.url(),
                "model.name=m",
                "store.url=jdbc:sqlite:" + folder.resolve("reckon.db"),
                "sandbox.workers=1"));
    set.addAll(settings());
    Map<String, String> environment = new HashMap<>(secrets());
    environment.put("RECKON_MCP_TOKEN", TOKEN);
    environment.put("JDK_JAVA_OPTIONS", internet.options());
    program = StartedReckon.service(folder, environment, set);
    program.awaitWords("Running: ");
  }

  @AfterEach
  void close() throws IOException {
    program.close();
    internet.close();
    model.close();
  }

  private void until(String words) throws InterruptedException {
    until(words, 1);
  }

  private void until(String words, int times) throws InterruptedException {
    program.until(
        words,
        () -> shown().stream().filter(one -> one.contains(words)).count() >= times,
        this::shown);
  }

  /** What the model was shown for the newest program that it wrote. */
  private String prompt() {
    return model.calls().stream()
        .filter(call -> !call.last("user").contains("⟦output⟧"))
        .map(call -> call.body().path("messages").toString())
        .toList()
        .getLast();
  }

  @Test
  void factsAreToldProposedConfirmedAndForgottenAndFilesFetched() throws Exception {
    say(program, "remember: " + TOLD);
    until("Remembered here");
    say(program, "average price in " + PRICES);
    until("average: 5.0");
    until("Worth remembering here");
    assertTrue(prompt().contains(TOLD), prompt());
    assertFalse(prompt().contains(PROPOSED), "nobody has confirmed it");
    assertEquals(List.of("CONNECT " + LocalInternet.ADDRESS + ":443 HTTP/1.1"), internet.asked());

    say(program, "yes");
    until("Remembered here", 2);
    say(program, "forget 1");
    until("That is forgotten: " + TOLD);
    say(program, "average price in " + PRICES);
    until("average: 5.0", 2);
    assertTrue(prompt().contains(PROPOSED), prompt());
    assertFalse(prompt().contains(TOLD), prompt());

    say(program, "save prices");
    until("Saved as");
    theApiSharesThem();

    say(program, "average price in https://other.example/prices.csv");
    until("Nothing was fetched from https://other.example/prices.csv");
    assertEquals(
        List.of("CONNECT " + LocalInternet.ADDRESS + ":443 HTTP/1.1"),
        internet.asked().stream().distinct().toList());
  }

  private void theApiSharesThem() throws Exception {
    JsonNode saved = api("GET", "saved_list", "");
    assertTrue(saved.toString().contains("\"prices\""), saved::toString);
    JsonNode run =
        api(
            "POST",
            "saved_run",
            """
            {"name": "prices", "files": [{"name": "prices.csv", "text": "item,price\\ntea,8\\n"}]}\
            """);
    assertEquals("average: 8.0\n", run.path("output").asText(), run::toString);
    JsonNode ask = api("POST", "ask", "{\"request\": \"average price in %s\"}".formatted(PRICES));
    assertEquals("verified", ask.path("status").asText(), ask::toString);
    assertEquals("average: 5.0\n", ask.path("output").asText(), ask::toString);
  }

  private JsonNode api(String method, String verb, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + verb))
            .header("Authorization", "Bearer " + TOKEN)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      assertEquals(200, answer.statusCode(), answer.body() + program.said());
      return JSON.readTree(answer.body());
    }
  }
}
