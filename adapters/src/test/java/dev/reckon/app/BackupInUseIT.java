package dev.reckon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.llm.FakeModelServer;
import dev.reckon.adapters.llm.FakeModelServer.Answer;
import dev.reckon.adapters.telegram.TelegramTeam;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup of the started program's store in the middle of its work, with turns that run and
 * replies that Telegram does not take, put back after the program was killed: what was finished is
 * there, what was not is finished. Needs a worker.
 */
class BackupInUseIT {
  private static final int PEOPLE = 8;
  private static final int REQUESTS = 3;
  private static final Pattern NUMBER = Pattern.compile("square of (\\d+)");

  @TempDir private Path folder;

  /**
   * Holds the model's answers to everybody's last request, so that turns are under way until then.
   */
  private final CountDownLatch copied = new CountDownLatch(1);

  @Test
  void whatABackupCaughtInTheMiddleIsFinishedAfterItIsPutBack() throws Exception {
    Path copy = folder.resolve("copy.db");
    try (FakeModelServer model = new FakeModelServer().answerBy(this::answer);
        TelegramTeam team = new TelegramTeam(folder, model.url(), List.of("sandbox.workers=2"))) {
      team.start();
      everybodyAsks(team);
      team.until("some are answered", () -> answered(team).size() >= 3);
      team.down(true);
      team.until("replies wait", () -> Scrape.read(metrics(team)).of(WAITING, REPLIES) > 0);
      List<Integer> before = answered(team);
      team.command("backup", copy.toString());
      assertTrue(count(copy, "turn where ended_at is null") > 0, "turns were under way");
      assertTrue(count(copy, "outgoing where state = 'WAITING'") > 0, "replies were unsent");
      isWhole(copy);
      copied.countDown();
      team.down(false);
      team.until("everybody is answered", () -> answered(team).size() == PEOPLE * REQUESTS);
      team.kill();

      String said = team.command("restore", copy.toString());
      assertTrue(said.contains("before-restore-"), said);
      isWhole(team.store());
      for (int number : before) {
        assertEquals(
            1,
            count(
                team.store(),
                "turn where ended_at is not null and result like '%" + result(number) + "%'"),
            () -> "the answer to " + number + " was there before the backup");
      }
      long known = count(team.store(), "delivery");
      team.start();
      team.until("nothing waits", () -> Scrape.read(metrics(team)).of(WAITING) == 0);
      assertTrue(team.stop());
      isWhole(team.store());
      assertEquals(known, count(team.store(), "turn where result like '%square:%'"));
      assertEquals(known, count(team.store(), "delivery where handled_at is not null"));
      assertEquals(0, count(team.store(), "outgoing where state <> 'SENT'"));
    }
  }

  private static final String WAITING = "reckon_waiting";
  private static final String REPLIES = "what=\"replies\"";

  private static void everybodyAsks(TelegramTeam team) {
    for (int request = 1; request <= REQUESTS; request++) {
      for (int person = 1; person <= PEOPLE; person++) {
        int number = person * 100 + request;
        team.write(person, request, "What is the square of " + number + "?");
      }
    }
  }

  /** The numbers whose squares somebody sees. */
  private static List<Integer> answered(TelegramTeam team) {
    return IntStream.rangeClosed(1, PEOPLE)
        .flatMap(
            person ->
                IntStream.rangeClosed(1, REQUESTS)
                    .map(request -> person * 100 + request)
                    .filter(
                        number ->
                            team.texts(person).stream()
                                .anyMatch(text -> text.contains(result(number)))))
        .boxed()
        .toList();
  }

  private static String result(int number) {
    return "square: " + number * number;
  }

  private Answer answer(FakeModelServer.Call call) {
    String prompt = call.last("user");
    if (prompt.contains("⟦output⟧")) {
      return Answer.text(
          """
          {"requirements":[{"requirement":"the square","kind":"measure","quote":"square:","mismatch":""}]}\
          """);
    }
    Matcher number = NUMBER.matcher(prompt);
    String last = "";
    while (number.find()) {
      last = number.group(1);
    }
    if (last.endsWith("0" + REQUESTS)) {
      hold();
    }
    return Answer.text(
        "```python\nimport time\ntime.sleep(0.5)\nprint('square:', %s ** 2)\n```".formatted(last));
  }

  private void hold() {
    try {
      copied.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String metrics(TelegramTeam team) {
    try {
      return team.get("/metrics");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** As SQLite sees it: every page, every index, every reference. */
  private static void isWhole(Path database) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery("pragma integrity_check")) {
        assertTrue(row.next());
        assertEquals("ok", row.getString(1));
      }
      try (ResultSet row = statement.executeQuery("pragma foreign_key_check")) {
        assertTrue(!row.next(), "a reference leads nowhere");
      }
    }
  }

  private static long count(Path database, String what) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from " + what)) {
      assertTrue(row.next());
      return row.getLong(1);
    }
  }
}
