package dev.reckon.adapters.telegram;

import static dev.reckon.adapters.telegram.People.ANNA;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.adapters.llm.FakeModelServer;
import dev.reckon.adapters.llm.SumModel;
import dev.reckon.app.StartedReckon;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program as people run it, {@code reckon start} and nothing else, against a Bot API and a
 * model server on this machine: killed in the middle of a turn, started again, and each request
 * answered once.
 */
class StartedOnTelegramIT {
  private static final String SECRET = "a-secret-of-the-webhook";

  @TempDir Path folder;
  private final FakeTelegram telegram;
  private final FakeModelServer model;
  private final List<StartedReckon> started = new ArrayList<>();

  StartedOnTelegramIT() throws IOException {
    telegram = new FakeTelegram();
    telegram.takesDrafts = false;
    telegram.chat(ANNA);
    model = new FakeModelServer().answerBy(call -> SumModel.answer(call, 2));
  }

  @AfterEach
  void close() {
    started.forEach(StartedReckon::close);
    model.close();
    telegram.close();
  }

  private StartedReckon start(String... more) throws IOException {
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
    StartedReckon program =
        StartedReckon.service(
            folder,
            Map.of("TELEGRAM_BOT_TOKEN", FakeTelegram.TOKEN, "TELEGRAM_SECRET_TOKEN", SECRET),
            set);
    started.add(program);
    return program;
  }

  private List<String> texts() {
    return telegram.chat(ANNA).texts();
  }

  private void until(StartedReckon program, String what, BooleanSupplier condition)
      throws InterruptedException {
    program.until(what, condition, this::texts);
  }

  private boolean shows(String words) {
    return texts().stream().anyMatch(text -> text.contains(words));
  }

  @Test
  void killedWhilePollingItAnswersEachRequestOnceAfterTheNextStart() throws Exception {
    telegram.queue(People.text(ANNA, ANNA, 1, "add one and one slowly"));
    StartedReckon first = start();
    until(first, "a script that runs", () -> shows("Running the program"));
    first.kill();
    telegram.queue(People.text(ANNA, ANNA, 2, "add two and two"));
    StartedReckon second = start();
    until(second, "both answers", () -> shows("result: 2") && shows("result: 4"));
    until(second, "all confirmed", () -> telegram.waiting() == 0);
    second.terminate();
    second.ended();
    eachOnce();
  }

  @Test
  void killedBehindAWebhookItAnswersEachRequestOnceAfterTheNextStart() throws Exception {
    int port = StartedReckon.freePort();
    String[] webhook = {
      "telegram.mode=webhook",
      "telegram.webhook_url=https://reckon.example" + Webhook.PATH,
      "http.port=" + port
    };
    StartedReckon first = start(webhook);
    until(first, "registered", () -> telegram.webhook.isPresent());
    ObjectNode request = People.text(ANNA, ANNA, 1, "add one and one slowly").put("update_id", 7);
    until(first, "taken", () -> deliver(port, request) == 200);
    until(first, "a script that runs", () -> shows("Running the program"));
    first.kill();
    StartedReckon second = start(webhook);
    until(second, "taken again", () -> deliver(port, request) == 200);
    ObjectNode next = People.text(ANNA, ANNA, 2, "add two and two").put("update_id", 8);
    until(second, "the next is taken", () -> deliver(port, next) == 200);
    until(second, "both answers", () -> shows("result: 2") && shows("result: 4"));
    second.terminate();
    second.ended();
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
}
