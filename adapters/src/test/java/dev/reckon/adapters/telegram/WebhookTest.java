package dev.reckon.adapters.telegram;

import static dev.reckon.adapters.telegram.People.ANNA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.adapters.http.HttpServer;
import dev.reckon.adapters.http.HttpSettings;
import dev.reckon.adapters.surface.RecordingInbox;
import dev.reckon.core.message.Attachment;
import dev.reckon.testing.Until;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Updates delivered to the shared server, as Telegram delivers them. */
class WebhookTest {
  private static final String SECRET = "a-secret_of-32-characters-or-so";
  private final HeldTime time = new HeldTime();
  private final FakeTelegram telegram = new FakeTelegram();
  private final RecordingInbox inbox = new RecordingInbox();
  private final TelegramAdapter adapter;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  WebhookTest() throws IOException {
    adapter =
        new TelegramAdapter(
            new TelegramSettings(
                TelegramSettings.Mode.WEBHOOK,
                FakeTelegram.TOKEN,
                Optional.of(SECRET),
                telegram.url(),
                Optional.of(URI.create("https://reckon.example/telegram/webhook"))),
            List.of(),
            FakeTelegram.noUnjoinedChats(),
            FakeTelegram.noRichChats(),
            new TelegramAdapter.Timing(
                TelegramRateLimits.TELEGRAM,
                Duration.ofMillis(60),
                Duration.ofMillis(20),
                Duration.ofMillis(50),
                Duration.ofMillis(20),
                time));
    server =
        HttpServer.start(
            new HttpSettings("127.0.0.1", 0), adapter.endpoints(), List.of(adapter.readiness()));
  }

  @AfterEach
  void close() {
    server.close();
    adapter.close();
    telegram.close();
    client.close();
  }

  private CompletableFuture<Integer> deliver(ObjectNode update, String secret) {
    return deliver(update.toString(), secret);
  }

  private CompletableFuture<Integer> deliver(String body, String secret) {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + "/telegram/webhook"))
            .header("X-Telegram-Bot-Api-Secret-Token", secret)
            .POST(BodyPublishers.ofString(body))
            .build();
    return client.sendAsync(request, BodyHandlers.ofString()).thenApply(HttpResponse::statusCode);
  }

  private void started() throws InterruptedException {
    adapter.start(inbox, inbox, () -> true);
    Until.holds("started", () -> adapter.trouble().isEmpty());
  }

  private static ObjectNode said(int id) {
    return People.text(ANNA, ANNA, id, "request " + id).put("update_id", id);
  }

  @Test
  void isRegisteredWithItsSecretAndReceives() throws Exception {
    started();
    assertEquals(SECRET, telegram.webhook.orElseThrow().path("secret_token").asText());
    assertEquals(200, deliver(said(1), SECRET).join());
    assertEquals(200, deliver(said(1), SECRET).join());
    assertEquals(List.of("request 1"), inbox.words());
    assertEquals(1, inbox.repetitions());
  }

  @Test
  void nobodyElseIsHeard() throws Exception {
    started();
    assertEquals(401, deliver(said(1), SECRET + "x").join());
    assertEquals(401, deliver(said(1), "").join());
    assertEquals(List.of(), inbox.received());
  }

  @Test
  void whatIsNoUpdateIsRefused() throws Exception {
    started();
    for (String body : List.of("null", "[]", "7", "", "{", "{\"update_id\":1}}", "\u0000")) {
      assertEquals(400, deliver(body, SECRET).join(), body);
    }
    assertEquals(200, deliver("{}", SECRET).join());
    assertEquals(List.of(), inbox.received());
  }

  @Test
  void whatCouldNotBeStoredIsNotAcknowledged() throws Exception {
    started();
    inbox.refuse(1);
    assertEquals(500, deliver(said(1), SECRET).join());
    assertEquals(200, deliver(said(1), SECRET).join());
    assertEquals(List.of("request 1"), inbox.words());
  }

  @Test
  void beforeTheStartTelegramIsAskedToComeBack() throws Exception {
    assertEquals(503, deliver(said(1), SECRET).join());
    started();
    assertEquals(200, deliver(said(1), SECRET).join());
  }

  @Test
  void anAlbumIsOneRequestAndAcknowledgedAsAWhole() throws Exception {
    started();
    time.holdUntilAskedBy(3);
    List<CompletableFuture<Integer>> answers =
        List.of(2, 1, 3).stream().map(id -> deliver(part(id), SECRET)).toList();
    for (CompletableFuture<Integer> answer : answers) {
      assertEquals(200, answer.join());
    }
    assertEquals(List.of("compare"), inbox.words());
    assertEquals(
        List.of("1.csv", "2.csv", "3.csv"),
        inbox.received().getFirst().attachments().stream().map(Attachment::name).toList());
  }

  private static ObjectNode part(int id) {
    ObjectNode part =
        People.document(ANNA, ANNA, id, "f" + id, id + ".csv", 1, id == 1 ? "compare" : "");
    ((ObjectNode) part.get("message")).put("media_group_id", "g");
    return part.put("update_id", id);
  }

  @Test
  void aPartOfAnAlbumThatComesAgainIsNoNewRequestButALateOneIsKept() throws Exception {
    started();
    time.holdUntilAskedBy(2);
    CompletableFuture<Integer> first = deliver(part(1), SECRET);
    assertEquals(200, deliver(part(2), SECRET).join());
    assertEquals(200, first.join());
    assertEquals(200, deliver(part(2), SECRET).join());
    assertEquals(List.of("compare"), inbox.words());
    assertEquals(200, deliver(part(3), SECRET).join());
    assertEquals(200, deliver(part(3), SECRET).join());
    assertEquals(List.of("compare", ""), inbox.words());
    assertEquals("3.csv", inbox.received().getLast().attachments().getFirst().name());
  }

  @Test
  void needsASecret() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new TelegramSettings(
                    TelegramSettings.Mode.WEBHOOK,
                    FakeTelegram.TOKEN,
                    Optional.empty(),
                    telegram.url(),
                    Optional.empty()));
    assertTrue(String.valueOf(e.getMessage()).contains("telegram.secret_token"));
  }
}
