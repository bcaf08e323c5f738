package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.app_backend.SlackSignature;
import dev.reckon.adapters.http.HttpServer;
import dev.reckon.adapters.http.HttpSettings;
import dev.reckon.core.message.Content;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests as Slack signs them, on the one HTTP server; and those that Slack did not sign. */
class HttpModeTest {
  private final FakeSlack slack = new FakeSlack().channel("C1", "U1", FakeSlack.BOT);
  private final SlackPeople people = new SlackPeople(slack);
  private final RecordingInbox inbox = new RecordingInbox();
  private final SlackAdapter adapter = new SlackAdapter(slack.settings(SlackSettings.Mode.HTTP));
  private final HttpServer server =
      HttpServer.start(
          new HttpSettings("127.0.0.1", 0), adapter.endpoints(), List.of(adapter.readiness()));
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void start() {
    adapter.start(inbox, inbox);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
    adapter.close();
    assertEquals(List.of(), slack.mistakes());
    slack.close();
  }

  @Test
  void takesEventsCommandsAndButtons() throws Exception {
    String event = people.envelope(people.message("D1", "U1", slack.ts(), "", "sum")).toString();
    assertEquals(200, signed("application/json", event).statusCode());
    assertEquals(200, signed("application/json", event).statusCode());
    HttpResponse<String> command = signedForm(people.command("C1", "U1", "a &lt; b"));
    assertEquals(200, command.statusCode());
    assertEquals("", command.body());
    FakeMessage answer =
        new FakeMessage("C1", slack.ts(), "", "", FakeSlack.json.createArrayNode(), "");
    String press = people.press(answer, "U1", "AGAIN 42 slack/T1/C1/9.9").toString();
    HttpResponse<String> pressed =
        signed("application/x-www-form-urlencoded", "payload=" + encoded(press));
    assertEquals(200, pressed.statusCode());
    assertEquals(3, inbox.received.size());
    assertEquals(1, inbox.repetitions.get());
    assertEquals(new Content.Words("a < b", false), inbox.received.get(1).content());
  }

  @Test
  void answersTheChallengeOfTheSetUp() throws Exception {
    HttpResponse<String> answer =
        signed("application/json", "{\"type\":\"url_verification\",\"challenge\":\"abc\"}");
    assertEquals(200, answer.statusCode());
    assertTrue(answer.body().contains("abc"), answer.body());
  }

  @Test
  void refusesWhatSlackDidNotSignOrSignedLongAgo() throws Exception {
    String event = people.envelope(people.message("D1", "U1", slack.ts(), "", "sum")).toString();
    long now = System.currentTimeMillis() / 1_000;
    String good = signature(now, event);
    assertEquals(401, send(event, now, signature(now, event + " ")).statusCode());
    assertEquals(401, send(event, now + 1, good).statusCode());
    assertEquals(401, send(event, now - 301, signature(now - 301, event)).statusCode());
    assertEquals(401, send(event, now, "v0=").statusCode());
    assertEquals(401, unsigned(event).statusCode());
    assertEquals(List.of(), inbox.received);
    assertEquals(200, send(event, now, good).statusCode());
  }

  @Test
  void malformedBodiesDoNoHarm() throws Exception {
    for (String body :
        List.of(
            "",
            "{",
            "null",
            "[]",
            "{}",
            "{\"type\":\"event_callback\"}",
            "{\"type\":\"event_callback\",\"event\":7}",
            "{\"type\":\"nonsense\"}",
            "payload=%7B",
            "payload=%7B%22type%22%3A%22block_actions%22%7D",
            "command=%2Freckon",
            "\u0000\u0001")) {
      int status = signed("application/json", body).statusCode();
      assertTrue(status >= 400, body + " was answered with " + status);
    }
    assertEquals(List.of(), inbox.received);
  }

  @Test
  void unknownActionsAreRefused() throws Exception {
    FakeMessage answer =
        new FakeMessage("C1", slack.ts(), "", "", FakeSlack.json.createArrayNode(), "");
    JsonNode press = people.press(answer, "U1", "AGAIN 42 slack/T1/C1/9.9");
    String foreign = press.toString().replace("reckon.AGAIN", "other.AGAIN");
    int status =
        signed("application/x-www-form-urlencoded", "payload=" + encoded(foreign)).statusCode();
    assertEquals(404, status);
    assertEquals(List.of(), inbox.received);
  }

  @Test
  void whatIsNotStoredIsNotAcknowledged() throws Exception {
    inbox.failures.set(1);
    String event = people.envelope(people.message("D1", "U1", slack.ts(), "", "sum")).toString();
    assertEquals(500, signed("application/json", event).statusCode());
    assertEquals(200, signed("application/json", event).statusCode());
    assertEquals(1, inbox.received.size());
  }

  @Test
  void isNotReadyOnceItWasUninstalled() throws Exception {
    assertTrue(adapter.readiness().ready().getAsBoolean());
    String event =
        people
            .envelope(FakeSlack.json.createObjectNode().put("type", "app_uninstalled"))
            .toString();
    assertEquals(200, signed("application/json", event).statusCode());
    assertFalse(adapter.readiness().ready().getAsBoolean());
  }

  private HttpResponse<String> signedForm(JsonNode fields) throws Exception {
    List<String> pairs = new ArrayList<>();
    fields
        .properties()
        .forEach(field -> pairs.add(field.getKey() + "=" + encoded(field.getValue().asText())));
    return signed("application/x-www-form-urlencoded", String.join("&", pairs));
  }

  private HttpResponse<String> signed(String type, String body) throws Exception {
    long now = System.currentTimeMillis() / 1_000;
    return send(type, body, now, signature(now, body));
  }

  private HttpResponse<String> send(String body, long timestamp, String signature)
      throws Exception {
    return send("application/json", body, timestamp, signature);
  }

  private HttpResponse<String> send(String type, String body, long timestamp, String signature)
      throws Exception {
    return client.send(
        request(type, body)
            .header("X-Slack-Request-Timestamp", String.valueOf(timestamp))
            .header("X-Slack-Signature", signature)
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> unsigned(String body) throws Exception {
    return client.send(request("application/json", body).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String type, String body) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/slack/events"))
        .header("Content-Type", type)
        .POST(BodyPublishers.ofString(body));
  }

  private static String signature(long timestamp, String body) {
    return new SlackSignature.Generator(FakeSlack.SECRET).generate(String.valueOf(timestamp), body);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
