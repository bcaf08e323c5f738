package dev.reckon.adapters.telegram;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckon.adapters.llm.FakeModelServer;
import dev.reckon.adapters.llm.FakeModelServer.Answer;
import dev.reckon.app.StartedReckon;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes of the program, {@code reckon start} and nothing else, on one PostgreSQL database and
 * one bot of Telegram: one is killed and one stopped for a while, and each question is answered
 * once.
 */
class ReplicasIT {
  private static final Pattern QUESTION = Pattern.compile("question (\\d+)");
  private static final long FIRST_CHAT = 7100;
  private static final String VERDICT =
      """
      {"requirements":[{"requirement":"the answer","kind":"measure","quote":"result","mismatch":""}]}\
      """;

  @TempDir Path folder;
  private final FakeTelegram telegram;
  private final FakeModelServer model;
  private final EmbeddedPostgres postgres;
  private final List<StartedReckon> started = new ArrayList<>();
  private int asked;

  ReplicasIT() throws IOException {
    telegram = new FakeTelegram();
    telegram.takesDrafts = false;
    model = new FakeModelServer().answerBy(ReplicasIT::answer);
    postgres =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(Path.of("target/postgresql").toAbsolutePath().toFile())
            .setServerConfig("fsync", "off")
            .setServerConfig("listen_addresses", "127.0.0.1")
            .start();
  }

  @AfterEach
  void close() throws IOException {
    started.forEach(StartedReckon::close);
    postgres.close();
    model.close();
    telegram.close();
  }

  /** A program that takes a second and prints the question's number. */
  private static Answer answer(FakeModelServer.Call call) {
    String prompt = call.last("user");
    if (prompt.contains("⟦output⟧")) {
      return Answer.text(VERDICT);
    }
    Matcher number = QUESTION.matcher(prompt);
    String last = "";
    while (number.find()) {
      last = number.group(1);
    }
    return Answer.text(
        "```python\nimport time\ntime.sleep(1)\nprint('result: number', %s)\n```".formatted(last));
  }

  private StartedReckon start() throws IOException {
    StartedReckon program =
        StartedReckon.service(
            folder,
            Map.of("TELEGRAM_BOT_TOKEN", FakeTelegram.TOKEN),
            List.of(
                "telegram.enabled=true",
                "policy.listed_only=[]",
                "telegram.api_url=" + telegram.url(),
                "model.base_url=" + model.url(),
                "model.name=m",
                "store.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                "log.level=info",
                "sandbox.workers=1"));
    started.add(program);
    return program;
  }

  private void ask(int questions) {
    for (int i = 0; i < questions; i++) {
      long chat = FIRST_CHAT + asked;
      telegram.chat(chat);
      telegram.queue(People.text(chat, chat, 1, "question " + asked));
      asked++;
    }
  }

  private List<String> texts(int question) {
    return telegram.chat(FIRST_CHAT + question).texts();
  }

  private boolean isAnswered(int question) {
    return texts(question).stream().anyMatch(text -> text.contains("result: number " + question));
  }

  private boolean allAnswered() {
    for (int i = 0; i < asked; i++) {
      if (!isAnswered(i)) {
        return false;
      }
    }
    return true;
  }

  private List<List<String>> shown() {
    List<List<String>> all = new ArrayList<>();
    for (int i = 0; i < asked; i++) {
      all.add(texts(i));
    }
    return all;
  }

  private int replicas() {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from replica")) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      return 0; // nothing has made the tables yet
    }
  }

  private String fetcher() throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select replica from leader where task = 'telegram'")) {
      return row.next() ? row.getString(1) : "";
    }
  }

  @Test
  void whateverIsKilledOrStoppedEachQuestionIsAnsweredOnce() throws Exception {
    StartedReckon first = start();
    first.until("the first", () -> replicas() == 1, this::shown);
    StartedReckon second = start();
    second.until("the second", () -> replicas() == 2, this::shown);
    ask(4);
    second.until(
        "a turn that runs",
        () -> shown().stream().flatMap(List::stream).anyMatch(it -> it.contains("Running")),
        this::shown);
    first.kill();
    StartedReckon third = start();
    ask(3);
    third.until("all after a kill", this::allAnswered, this::shown);
    third.until("two that are heard", () -> replicas() == 2, this::shown);
    ask(3);
    third.until("some are taken in", () -> telegram.waiting() == 0, this::shown);
    second.signal("STOP");
    ask(2);
    third.until("one that is silent", () -> replicas() == 1, this::shown);
    third.until("all beside a stopped one", this::allAnswered, this::shown);
    second.signal("CONT");
    third.until("the stopped one again", () -> replicas() == 2, this::shown);
    ask(2);
    third.until("all", this::allAnswered, this::shown);
    // The one that fetches updates ends in good order: the other fetches what comes meanwhile.
    boolean secondFetches = fetcher().contains("/" + second.pid() + "/");
    StartedReckon ends = secondFetches ? second : third;
    StartedReckon stays = secondFetches ? third : second;
    ends.terminate();
    ask(2);
    stays.until("all beside one that ends", this::allAnswered, this::shown);
    ends.ended();
    stays.terminate();
    stays.ended();
    for (int i = 0; i < asked; i++) {
      String answer = "result: number " + i;
      assertEquals(
          1, texts(i).stream().filter(text -> text.contains(answer)).count(), shown().toString());
    }
  }
}
