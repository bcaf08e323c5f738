package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckon.adapters.http.HttpServer;
import dev.reckon.adapters.http.HttpSettings;
import dev.reckon.adapters.surface.RecordingInbox;
import dev.reckon.core.message.Content;
import dev.reckon.core.surface.LinkPreviews;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests as Slack signs them, on the one HTTP server; and those that Slack did not sign. */
class HttpModeTest {
  private final FakeSlack slack = new FakeSlack().channel("C1", "U1", FakeSlack.BOT);
  private final SlackPeople people = new SlackPeople(slack);
  private final RecordingInbox inbox = new RecordingInbox();
  private final SlackAdapter adapter =
      new SlackAdapter(slack.settings(SlackSettings.Mode.HTTP), new NoInstallations());
  private final HttpServer server =
      HttpServer.start(
          new HttpSettings("127.0.0.1", 0), adapter.endpoints(), List.of(adapter.readiness()));
  private final SignedRequests requests = new SignedRequests(server.port());

  @BeforeEach
  void start() {
    adapter.start(inbox, inbox, LinkPreviews.NONE);
  }

  @AfterEach
  void stop() {
    requests.close();
    server.close();
    adapter.close();
    assertEquals(List.of(), slack.mistakes());
    slack.close();
  }

  @Test
  void takesEventsCommandsAndButtons() throws Exception {
    String event = people.envelope(people.message("D1", "U1", slack.ts(), "", "sum")).toString();
    assertEquals(200, requests.signed("application/json", event).statusCode());
    assertEquals(200, requests.signed("application/json", event).statusCode());
    HttpResponse<String> command =
        requests.deliver("slash_commands", people.command("C1", "U1", "a &lt; b"));
    assertEquals(200, command.statusCode());
    assertEquals("", command.body());
    FakeMessage answer =
        new FakeMessage("C1", slack.ts(), "", "", FakeSlack.json.createArrayNode(), "");
    String press = people.press(answer, "U1", "AGAIN 42 slack/T1/C1/9.9").toString();
    HttpResponse<String> pressed =
        requests.signed(
            "application/x-www-form-urlencoded", "payload=" + SignedRequests.encoded(press));
    assertEquals(200, pressed.statusCode());
    assertEquals(3, inbox.received().size());
    assertEquals(1, inbox.repetitions());
    assertEquals(new Content.Text("a < b", false), inbox.received().get(1).content());
  }

  @Test
  void answersTheChallengeOfTheSetUp() throws Exception {
    HttpResponse<String> answer =
        requests.signed(
            "application/json", "{\"type\":\"url_verification\",\"challenge\":\"abc\"}");
    assertEquals(200, answer.statusCode());
    assertTrue(answer.body().contains("abc"), answer.body());
  }

  @Test
  void refusesWhatSlackDidNotSignOrSignedLongAgo() throws Exception {
    String event = people.envelope(people.message("D1", "U1", slack.ts(), "", "sum")).toString();
    long now = System.currentTimeMillis() / 1_000;
    String good = SignedRequests.signature(now, event);
    assertEquals(
        401,
        requests
            .send("application/json", event, now, SignedRequests.signature(now, event + " "))
            .statusCode());
    assertEquals(401, requests.send("application/json", event, now + 1, good).statusCode());
    assertEquals(
        401,
        requests
            .send("application/json", event, now - 301, SignedRequests.signature(now - 301, event))
            .statusCode());
    assertEquals(
        401,
        requests
            .send(
                "application/json",
                event,
                now + 3_600,
                SignedRequests.signature(now + 3_600, event))
            .statusCode());
    assertEquals(401, requests.send("application/json", event, now, "v0=").statusCode());
    assertEquals(401, requests.unsigned(event).statusCode());
    assertEquals(List.of(), inbox.received());
    assertEquals(200, requests.send("application/json", event, now, good).statusCode());
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
      int status = requests.signed("application/json", body).statusCode();
      assertTrue(status >= 400 && status < 500, body + " was answered with " + status);
    }
    assertEquals(List.of(), inbox.received());
  }

  @Test
  void unknownActionsAreRefused() throws Exception {
    FakeMessage answer =
        new FakeMessage("C1", slack.ts(), "", "", FakeSlack.json.createArrayNode(), "");
    JsonNode press = people.press(answer, "U1", "AGAIN 42 slack/T1/C1/9.9");
    String foreign = press.toString().replace("reckon.AGAIN", "other.AGAIN");
    int status =
        requests
            .signed(
                "application/x-www-form-urlencoded", "payload=" + SignedRequests.encoded(foreign))
            .statusCode();
    assertEquals(404, status);
    assertEquals(List.of(), inbox.received());
  }

  @Test
  void whatIsNotStoredIsNotAcknowledged() throws Exception {
    inbox.refuse(1);
    String event = people.envelope(people.message("D1", "U1", slack.ts(), "", "sum")).toString();
    assertEquals(500, requests.signed("application/json", event).statusCode());
    assertEquals(200, requests.signed("application/json", event).statusCode());
    assertEquals(1, inbox.received().size());
  }

  @Test
  void isNotReadyOnceItWasUninstalled() throws Exception {
    assertTrue(adapter.readiness().ready().getAsBoolean());
    String event =
        people
            .envelope(FakeSlack.json.createObjectNode().put("type", "app_uninstalled"))
            .toString();
    assertEquals(200, requests.signed("application/json", event).statusCode());
    assertFalse(adapter.readiness().ready().getAsBoolean());
  }
}
