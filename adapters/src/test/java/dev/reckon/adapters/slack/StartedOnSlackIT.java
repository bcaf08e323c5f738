package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.adapters.llm.FakeModelServer;
import dev.reckon.adapters.llm.SumModel;
import dev.reckon.adapters.slack.SlackSettings.Mode;
import dev.reckon.app.StartedReckon;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The program as people run it, {@code ./reckon start} and nothing else, against a workspace and a
 * model server on this machine: killed in the middle of a turn, started again, and each request
 * answered once, where it was asked.
 */
class StartedOnSlackIT {
  @TempDir Path folder;
  private final FakeSlack slack = new FakeSlack().channel("C1", "U1", "U2", FakeSlack.BOT);
  private final SlackPeople people = new SlackPeople(slack);
  private final FakeModelServer model =
      new FakeModelServer().answerBy(call -> SumModel.answer(call, 5));
  private final int port = StartedReckon.freePort();
  private final SignedRequests requests = new SignedRequests(port);
  private final List<StartedReckon> started = new ArrayList<>();

  StartedOnSlackIT() throws IOException {}

  @AfterEach
  void close() {
    started.forEach(StartedReckon::close);
    requests.close();
    model.close();
    slack.close();
  }

  private StartedReckon start(Mode mode) throws Exception {
    StartedReckon program =
        StartedReckon.service(
            folder,
            Map.of(
                "SLACK_BOT_TOKEN", FakeSlack.BOT_TOKEN,
                "SLACK_APP_TOKEN", FakeSlack.APP_TOKEN,
                "SLACK_SIGNING_SECRET", FakeSlack.SECRET),
            List.of(
                "slack.enabled=true",
                "slack.mode=" + mode.name().toLowerCase(Locale.ROOT),
                "slack.api_url=" + slack.base() + "/api/",
                "policy.people=slack/T1/U1",
                "http.port=" + port,
                "model.base_url=" + model.url(),
                "model.name=m",
                "store.url=jdbc:sqlite:" + folder.resolve("reckon.db"),
                "sandbox.workers=1"));
    started.add(program);
    program.awaitWords("Running: ");
    return program;
  }

  /** Whether it was acknowledged; where it was not, Slack would come again. */
  private boolean deliver(Mode mode, String type, JsonNode payload) {
    try {
      return mode == Mode.HTTP
          ? requests.deliver(type, payload).statusCode() == 200
          : slack.sockets.acknowledged(type, payload);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  private void until(String what, BooleanSupplier condition) throws InterruptedException {
    started.getLast().until(what, condition, slack::transcript);
  }

  /** What a failure shows: the workspace, and what each program said. */
  private String everything() {
    StringBuilder all = new StringBuilder(slack.transcript().toString());
    for (StartedReckon program : started) {
      all.append("\n--- it said:\n").append(program.said());
    }
    return all.append("\n").append(slack.calls).toString();
  }

  private boolean shows(String words) {
    return !showing(words).isEmpty();
  }

  private List<FakeMessage> showing(String words) {
    return slack.in("C1").stream().filter(message -> message.shown().contains(words)).toList();
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void killedInATurnItAnswersOnceInItsMessageAndOldButtonsWork(Mode mode) throws Exception {
    StartedReckon first = start(mode);
    ObjectNode mention =
        people.envelope(people.message("C1", "U1", slack.ts(), "", "<@UBOT> add two and two"));
    until("taken", () -> deliver(mode, "events_api", mention));
    until("an answer with buttons", () -> shows("result: 4") && shows("[Run again]"));
    FakeMessage answered = showing("result: 4").getFirst();

    JsonNode command = people.command("C1", "U1", "add one and one slowly");
    until("taken", () -> deliver(mode, "slash_commands", command));
    until("a script that runs", () -> showing("slowly").stream().anyMatch(StartedOnSlackIT::runs));
    FakeMessage anchor = showing("slowly").getFirst();
    untilWhatIsOnItsWayIsNoted(mode);
    first.kill();
    assertEquals(1, showing("result: 4").size(), this::everything);

    StartedReckon second = start(mode);
    until("taken again", () -> deliver(mode, "events_api", mention));
    until("the second answer", () -> shows("result: 2"));
    assertInPlace(anchor);

    JsonNode press = people.press(answered, "U1", answered.button("Run again"));
    until("pressed", () -> deliver(mode, "interactive", press));
    until("the answer again", () -> showing("result: 4").size() == 2);
    assertEquals(answered.thread, showing("result: 4").getLast().thread);
    second.terminate();
    second.ended();
    assertEquals(1, showing("result: 2").size(), this::everything);
    assertEquals(2, showing("result: 4").size(), this::everything);
    assertEquals(List.of(), slack.mistakes());
  }

  /** A channel is given one message after another: the next comes once the last is noted. */
  private void untilWhatIsOnItsWayIsNoted(Mode mode) throws InterruptedException {
    JsonNode help = people.envelope(people.message("C1", "U1", slack.ts(), "", "<@UBOT> help"));
    until("taken", () -> deliver(mode, "events_api", help));
    until("the next message", () -> shows("settings"));
  }

  private static boolean runs(FakeMessage message) {
    return message.shown().contains("Running the program");
  }

  /** In the message that showed the progress; where it took long, in its thread and with a name. */
  private void assertInPlace(FakeMessage anchor) {
    FakeMessage answer = showing("result: 2").getFirst();
    boolean inItsThread = answer.thread.equals(anchor.ts) && answer.shown().startsWith("@U1");
    assertTrue(answer == anchor || inItsThread, this::everything);
  }
}
