package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckon.adapters.llm.FakeModelServer;
import dev.reckon.adapters.llm.FakeModelServer.Answer;
import dev.reckon.adapters.telegram.TelegramTeam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the started program's log gives away, on good days and bad ones: at {@code info} nothing
 * that a person wrote, attached or was answered, and nowhere a key or token. Whatever a person
 * brings in has {@link #PRIVATE} in it. Needs a worker.
 */
class LogSecrecyIT {
  private static final String PRIVATE = "quetzal";
  private static final String KEY = "sk-test-0123456789abcdef";
  private static final String APP_TOKEN = "xapp-1-A0000-0000-abcdef";
  private static final long ANNA = 7001;
  private static final long BEN = 7002;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private final AtomicInteger echoes = new AtomicInteger();

  @Test
  void atInfoNothingOfPeopleNorSecretsIsLogged() throws Exception {
    List<JsonNode> lines = logged("info");
    for (JsonNode line : lines) {
      String text = line.toString();
      assertTrue(!text.toLowerCase(Locale.ROOT).contains(PRIVATE), text);
      noSecretIn(text);
    }
    assertTrue(
        lines.stream()
            .filter(line -> line.path("formattedMessage").asText().startsWith("turn ended"))
            .allMatch(line -> isOfATurn(line)),
        "each turn's end has its ids");
    // A request whose file cannot be fetched is not computed without it.
    assertEquals(7, lines.stream().filter(line -> line.toString().contains("turn ended")).count());
    assertTrue(
        lines.stream()
            .filter(line -> line.toString().contains("model call failed"))
            .allMatch(line -> isOfATurn(line)));
    assertTrue(
        lines.stream()
            .filter(line -> line.toString().contains("is sent plainer"))
            .allMatch(line -> isOfATurn(line)));
  }

  @Test
  void atDebugNoSecretIsLogged() throws Exception {
    List<JsonNode> lines = logged("debug");
    lines.forEach(line -> noSecretIn(line.toString()));
    assertTrue(lines.stream().anyMatch(line -> line.path("level").asText().equals("DEBUG")));
    assertTrue(lines.stream().anyMatch(line -> line.toString().contains("for quetzal: ***")));
  }

  private static void noSecretIn(String line) {
    for (String secret : List.of(KEY, TelegramTeam.TOKEN, APP_TOKEN)) {
      assertTrue(!line.contains(secret), line);
    }
  }

  private static boolean isOfATurn(JsonNode line) {
    JsonNode ids = line.path("mdc");
    return ids.path("conversation").asText().startsWith("telegram/")
        && ids.path("turn").asText().matches("\\d+");
  }

  /** A day with everything in it, and its log. */
  private List<JsonNode> logged(String level) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("own.toml"), "[slack]\napp_token = \"" + APP_TOKEN + "\"\n");
    try (FakeModelServer model = new FakeModelServer().answerBy(this::answer);
        TelegramTeam team =
            new TelegramTeam(
                    folder,
                    model.url(),
                    List.of(
                        "sandbox.workers=1",
                        "store.patience_seconds=2",
                        "model.retries=1",
                        "policy.administrators=telegram/" + ANNA,
                        "policy.person_per_minute=0",
                        "log.json=true",
                        "log.level=" + level))
                .with("OPENAI_API_KEY", KEY)
                .configuredBy(file)) {
      team.start();
      goodDay(team);
      badDay(team);
      assertTrue(team.stop());
      return team.log()
          .lines()
          .filter(line -> line.startsWith("{"))
          .map(LogSecrecyIT::json)
          .toList();
    }
  }

  private static void goodDay(TelegramTeam team) throws Exception {
    team.attach(ANNA, 1, "quetzal.csv", "quetzal,n\nquetzal,1\n", "Count the quetzal rows");
    team.until("an answer", () -> team.shows(ANNA, "quetzals: 1"));
    team.write(ANNA, 2, "/run print('quetzal', 6 * 7)");
    team.until("a run", () -> team.shows(ANNA, "quetzal 42"));
    team.write(ANNA, 3, "/run import socket as quetzal");
    team.until("a refusal", () -> team.shows(ANNA, "import of socket"));
    team.write(ANNA, 4, "/save quetzal");
    team.write(ANNA, 5, "/wrong that is no quetzal");
    team.write(ANNA, 6, "/policy set contact quetzal");
    team.until("words", () -> team.texts(ANNA).size() >= 6);
  }

  private static void badDay(TelegramTeam team) throws Exception {
    team.write(BEN, 1, "Trip over the quetzal");
    team.until("a failure", () -> team.shows(BEN, "quetzal_is_missing"));
    team.write(BEN, 2, "The key is echoed to quetzal");
    team.until("a wrong key", () -> team.shows(BEN, "refused the request (400)"));
    team.fail("sendmessage", 500, "Internal Server Error: quetzal " + TelegramTeam.TOKEN);
    team.fail("sendmessage", 400, "Bad Request: quetzal at /bot" + TelegramTeam.TOKEN + "/send");
    team.fail("sendmessage", -1, "");
    team.write(BEN, 3, "/help quetzal");
    team.until("all faults met", () -> team.texts(BEN).size() >= 3);
    team.fail("getfile", 400, "Bad Request: quetzal of " + TelegramTeam.TOKEN);
    team.attach(BEN, 4, "quetzal-lost.csv", "quetzal", "Count the quetzal rows of this one");
    team.until(
        "no file",
        () -> team.texts(BEN).stream().anyMatch(it -> it.contains("could not be fetched")));
    team.garble("quetzal");
    heldUp(team);
  }

  /** Another program holds the store for longer than anything waits for it. */
  private static void heldUp(TelegramTeam team) throws Exception {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + team.store());
        Statement statement = other.createStatement()) {
      statement.execute("begin immediate");
      team.write(BEN, 5, "/run print('quetzal', 7 * 7)");
      team.until("it is said", () -> logs(team, "could not be stored"));
      statement.execute("rollback");
    }
    team.until("an answer after all", () -> team.shows(BEN, "quetzal 49"));
  }

  private static boolean logs(TelegramTeam team, String words) {
    try {
      return team.log().contains(words);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Answer answer(FakeModelServer.Call call) {
    String prompt = call.last("user");
    if (prompt.contains("⟦output⟧")) {
      return Answer.text(
          """
          {"requirements":[{"requirement":"quetzals","kind":"measure","quote":"quetzals","mismatch":""}]}\
          """);
    }
    if (prompt.contains("key is echoed")) {
      String words = "Incorrect API key provided for quetzal: " + KEY;
      return Answer.error(echoes.getAndIncrement() == 0 ? 503 : 400, words);
    }
    String code =
        prompt.contains("Trip over") || prompt.contains("quetzal_is_missing")
            ? "print(quetzal_is_missing)"
            : "import csv\nprint('quetzals:', len(list(csv.DictReader(open('quetzal.csv')))))";
    return Answer.text("```python\n" + code + "\n```");
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError(line, e);
    }
  }
}
