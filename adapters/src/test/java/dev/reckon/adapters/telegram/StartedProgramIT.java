package dev.reckon.adapters.telegram;

import static dev.reckon.adapters.telegram.People.ANNA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.adapters.llm.FakeModelServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program as people run it, {@code reckon start} and nothing else, against a Bot API and a
 * model server on this machine: killed in the middle of a turn, started again, and each request
 * answered once.
 */
class StartedProgramIT {
  private static final String SECRET = "a-secret-of-the-webhook";
  private static final String VERDICT =
      """
      {"requirements":[{"requirement":"the sum","kind":"measure","quote":"result","mismatch":""}]}\
      """;

  @TempDir Path folder;
  private final FakeTelegram telegram;
  private final FakeModelServer model;
  private final List<StartedProgram> started = new ArrayList<>();

  StartedProgramIT() throws IOException {
    telegram = new FakeTelegram();
    telegram.takesDrafts = false;
    telegram.chat(ANNA);
    model = new FakeModelServer().answerBy(StartedProgramIT::answer);
  }

  @AfterEach
  void close() {
    started.forEach(StartedProgram::close);
    model.close();
    telegram.close();
  }

  /** The first request's script takes its time when it is run for the first time. */
  private static FakeModelServer.Answer answer(FakeModelServer.Call call) {
    String prompt = call.last("user");
    if (prompt.contains("⟦output⟧")) {
      return FakeModelServer.Answer.text(VERDICT);
    }
    String source =
        prompt.contains("slowly")
            ? "import time\ntime.sleep(2)\nprint('result:', 1 + 1)"
            : "print('result:', 2 + 2)";
    return FakeModelServer.Answer.text("```python\n" + source + "\n```");
  }

  private StartedProgram start(String... more) throws IOException {
    List<String> set =
        new ArrayList<>(
            List.of(
                "telegram.enabled=true",
                "policy.people=telegram/" + ANNA,
                "telegram.api_url=" + telegram.url(),
                "model.base_url=" + model.url(),
                "model.name=m",
                "store.url=jdbc:sqlite:" + folder.resolve("reckon.db"),
                "sandbox.workers=1"));
    set.addAll(List.of(more));
    StartedProgram program =
        StartedProgram.start(
            folder,
            Map.of("TELEGRAM_BOT_TOKEN", FakeTelegram.TOKEN, "TELEGRAM_SECRET_TOKEN", SECRET),
            set.stream().flatMap(one -> Stream.of("--set", one)).toList());
    started.add(program);
    return program;
  }

  private List<String> texts() {
    return telegram.chat(ANNA).texts();
  }

  private void until(StartedProgram program, String what, BooleanSupplier condition)
      throws Exception {
    try {
      RecordingInbox.until(what, () -> condition.getAsBoolean() || !program.runs());
    } catch (AssertionError e) {
      throw new AssertionError(texts() + "\n" + log(), e);
    }
    assertTrue(condition.getAsBoolean(), () -> "it ended by itself before: " + what + "\n" + log());
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private boolean shows(String words) {
    return texts().stream().anyMatch(text -> text.contains(words));
  }

  @Test
  void killedWhilePollingItAnswersEachRequestOnceAfterTheNextStart() throws Exception {
    telegram.queue(People.text(ANNA, ANNA, 1, "add one and one slowly"));
    StartedProgram first = start();
    until(first, "a script that runs", () -> shows("unning …"));
    assertEquals(137, first.kill());
    telegram.queue(People.text(ANNA, ANNA, 2, "add two and two"));
    StartedProgram second = start();
    until(second, "both answers", () -> shows("result: 2") && shows("result: 4"));
    until(second, "all confirmed", () -> telegram.waiting() == 0);
    assertTrue(second.stop(), "SIGTERM ends it");
    eachOnce();
  }

  @Test
  void killedBehindAWebhookItAnswersEachRequestOnceAfterTheNextStart() throws Exception {
    int port = freePort();
    String[] webhook = {
      "telegram.mode=webhook",
      "telegram.webhook_url=https://reckon.example" + Webhook.PATH,
      "http.port=" + port
    };
    StartedProgram first = start(webhook);
    until(first, "registered", () -> telegram.webhook.isPresent());
    ObjectNode request = People.text(ANNA, ANNA, 1, "add one and one slowly").put("update_id", 7);
    until(first, "taken", () -> deliver(port, request) == 200);
    until(first, "a script that runs", () -> shows("unning …"));
    assertEquals(137, first.kill());
    StartedProgram second = start(webhook);
    until(second, "taken again", () -> deliver(port, request) == 200);
    ObjectNode next = People.text(ANNA, ANNA, 2, "add two and two").put("update_id", 8);
    until(second, "the next is taken", () -> deliver(port, next) == 200);
    until(second, "both answers", () -> shows("result: 2") && shows("result: 4"));
    assertTrue(second.stop(), "SIGTERM ends it");
    eachOnce();
  }

  /** Where it took long, the answer is a message of its own beside what was its progress. */
  private void eachOnce() {
    for (String answer : List.of("result: 2", "result: 4")) {
      assertEquals(
          1, texts().stream().filter(text -> text.contains(answer)).count(), texts().toString());
    }
  }

  /** The status, or 0 while nobody listens: Telegram would come again, too. */
  private static int deliver(int port, ObjectNode update) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + Webhook.PATH))
            .header(Webhook.SECRET_HEADER, SECRET)
            .POST(HttpRequest.BodyPublishers.ofString(update.toString()))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
