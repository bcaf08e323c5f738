package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.llm.FakeModelServer;
import dev.reckon.adapters.llm.FakeModelServer.Answer;
import dev.reckon.adapters.telegram.TelegramTeam;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * The started program in trouble that passes: a model that does not answer, a database that another
 * program holds, a disk without room. Each case says what came of it, as a row of a table.
 */
final class OrdinaryTrouble {
  private static final int REQUESTS = 10;
  private static final int HELD_SECONDS = Integer.getInteger("reckon.chaos.held", 30);

  /** The store may grow to 4 MiB. */
  private static final int PAGES = 1024;

  private static final Pattern TOKEN = Pattern.compile("token (\\d+)");
  private static final String TIMEOUT = "did not reply within";
  private static final String WAITING = "Work waits until that is over";

  private final Path folder;
  private final CountDownLatch never = new CountDownLatch(1);
  private volatile boolean hangs;

  OrdinaryTrouble(Path folder) {
    this.folder = folder;
  }

  List<String> cases() throws Exception {
    try (FakeModelServer model = new FakeModelServer().answerBy(this::answer);
        TelegramTeam team =
            new TelegramTeam(
                folder,
                model.url(),
                List.of(
                    "store.url=jdbc:sqlite:"
                        + folder.resolve("reckon.db")
                        + "?max_page_count="
                        + PAGES,
                    "model.timeout_seconds=2",
                    "sandbox.workers=1"))) {
      try {
        team.start();
        List<String> rows = List.of(silentModel(team), heldDatabase(team), fullDisk(team));
        assertTrue(team.stop());
        return rows;
      } finally {
        never.countDown(); // closing the model's server waits for its calls
      }
    }
  }

  private String silentModel(TelegramTeam team) throws Exception {
    hangs = true;
    ask(team, 100);
    team.until("everybody is told", () -> told(team, 100).size() == REQUESTS);
    assertEquals(200, team.status("/health/ready"), "others are not to be kept away");
    hangs = false;
    String words = told(team, 100).getFirst();
    ask(team, 200);
    allAnswered(team, 200);
    assertEquals(REQUESTS, told(team, 100).size(), "told once");
    return row(
        "the model takes calls and does not answer",
        "each person is told once: \"%s\"; later requests are answered"
            .formatted(
                words.lines().filter(line -> line.contains(TIMEOUT)).findFirst().orElseThrow()));
  }

  private String heldDatabase(TelegramTeam team) throws Exception {
    try (Connection other = open();
        Statement statement = other.createStatement()) {
      ask(team, 300);
      statement.execute("begin immediate");
      ask(team, 400);
      team.until("it is seen to be in trouble", () -> team.status("/health/ready") == 503);
      TimeUnit.SECONDS.sleep(HELD_SECONDS); // the trouble itself: nothing is asserted by its length
      statement.execute("commit");
    }
    allAnswered(team, 300);
    allAnswered(team, 400);
    ready(team);
    said(team, "is held by another program", 1);
    return row(
        "another program holds the database for " + HELD_SECONDS + " s",
        2 * REQUESTS,
        "answers come when it lets go; readiness is red at `store`; the log says it once");
  }

  private String fullDisk(TelegramTeam team) throws Exception {
    try (Connection other = open();
        Statement statement = other.createStatement()) {
      ask(team, 500);
      statement.execute("create table ballast (x blob)");
      while (pages(statement) < PAGES) {
        statement.execute("insert into ballast values (zeroblob(4096))");
      }
      ask(team, 600);
      team.until("it is seen to be in trouble", () -> team.status("/health/ready") == 503);
      statement.execute("drop table ballast");
    }
    allAnswered(team, 500);
    allAnswered(team, 600);
    ready(team);
    said(team, "the disk is full", 1);
    return row(
        "the store has no room to grow, until somebody makes some",
        2 * REQUESTS,
        "answers come when there is room; readiness is red at `store`; the log says it once");
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("reckon.db"));
  }

  private static int pages(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("pragma page_count")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void ask(TelegramTeam team, long first) {
    people(first).forEach(person -> team.write(person, 1, "Say token " + person));
  }

  private static void allAnswered(TelegramTeam team, long first) throws Exception {
    team.until(
        "all are answered once",
        () -> people(first).allMatch(person -> team.shows(person, shown(person))));
  }

  private static void ready(TelegramTeam team) throws Exception {
    team.until("ready again", () -> team.status("/health/ready") == 200);
  }

  /** What those people read who got no answer: one message each. */
  private static List<String> told(TelegramTeam team, long first) {
    return people(first)
        .boxed()
        .flatMap(person -> team.texts(person).stream())
        .filter(text -> text.contains(TIMEOUT))
        .toList();
  }

  private static void said(TelegramTeam team, String what, int times) throws IOException {
    assertEquals(
        times,
        team.log().lines().filter(line -> line.contains(what) && line.contains(WAITING)).count(),
        team.log());
  }

  private static LongStream people(long first) {
    return LongStream.range(first, first + REQUESTS);
  }

  private static String shown(long token) {
    return "answer-" + token + "-ok";
  }

  private static String row(String what, String seen) {
    return row(what, REQUESTS, seen);
  }

  private static String row(String what, int requests, String seen) {
    return "| %s | %d | 0 | 0 | %s |".formatted(what, requests, seen);
  }

  private Answer answer(FakeModelServer.Call call) {
    String prompt = call.last("user");
    try {
      if (hangs) {
        never.await();
      }
      TimeUnit.MILLISECONDS.sleep(200); // so that some are under way when the trouble begins
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (prompt.contains("⟦output⟧")) {
      return Answer.text(
          """
          {"requirements":[{"requirement":"the token","kind":"measure","quote":"answer-","mismatch":""}]}\
          """);
    }
    Matcher matcher = TOKEN.matcher(prompt);
    String token = matcher.results().map(found -> found.group(1)).reduce("", (a, b) -> b);
    return Answer.text("```python\nprint('answer-" + token + "-ok')\n```");
  }
}
