package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckon.app.StartedReckon;
import dev.reckon.app.TeamDataStory;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class SlackTeamDataIT extends TeamDataStory {
  private final FakeSlack slack = new FakeSlack().channel("C1", "U1", "U2", FakeSlack.BOT);
  private final SlackPeople people = new SlackPeople(slack);

  /** Of the first message; what is said later is said there. */
  private String thread = "";

  SlackTeamDataIT() throws IOException {}

  @AfterEach
  void closeSlack() {
    slack.close();
  }

  @Override
  protected List<String> settings() {
    return List.of(
        "slack.enabled=true",
        "slack.api_url=" + slack.base() + "/api/",
        "policy.people=slack/T1/U1,mcp/agent");
  }

  @Override
  protected Map<String, String> secrets() {
    return Map.of("SLACK_BOT_TOKEN", FakeSlack.BOT_TOKEN, "SLACK_APP_TOKEN", FakeSlack.APP_TOKEN);
  }

  @Override
  protected String team() {
    return "slack/T1";
  }

  @Override
  protected void say(StartedReckon program, String text) throws Exception {
    String ts = slack.ts();
    JsonNode mention = people.envelope(people.message("C1", "U1", ts, thread, "<@UBOT> " + text));
    thread = thread.isEmpty() ? ts : thread;
    program.until("taken", () -> takes(mention), slack::transcript);
  }

  private boolean takes(JsonNode event) {
    try {
      return slack.sockets.acknowledged("events_api", event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  protected List<String> shown() {
    return slack.in("C1").stream().map(FakeMessage::shown).toList();
  }
}
