package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.app.BuiltSandbox;
import dev.reckon.core.model.ModelRequest.Purpose;
import dev.reckon.sandbox.pool.WarmPool;
import dev.reckon.testing.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * From what people type in Slack to what they read there, with the real core, the real sandbox and
 * a scripted model. Needs a worker. With {@code -Dreckon.docs=write} the workspace as each story
 * left it becomes {@code docs/slack-stories.md}.
 */
class SlackStoriesIT {
  private static final String STAFF =
      "name,department,salary\nAda,Engineering,70000\nBob,Sales,50000\nCem,Engineering,80000\n";
  private static final String AVERAGES =
      """
      import csv
      totals = {}
      for row in csv.DictReader(open("staff.csv")):
          totals.setdefault(row["department"], []).append(float(row["salary"]))
      for name, values in sorted(totals.items()):
          print(f"{name}: {sum(values) / len(values):,.2f}")
      """;

  private static final SlackStoryPage PAGE = new SlackStoryPage();

  private static WarmPool sandbox;

  @TempDir Path folder;
  private StoryStage stage;

  @BeforeAll
  static void openSandbox() throws Exception {
    sandbox = BuiltSandbox.open(2);
    sandbox.environment().get(5, TimeUnit.MINUTES);
  }

  @AfterAll
  static void closeSandbox() throws IOException {
    if (sandbox != null) {
      sandbox.close();
    }
    if ("write".equals(System.getProperty("reckon.docs"))) {
      Files.writeString(
          Path.of(System.getProperty("reckon.root"), "docs/slack-stories.md"), PAGE.markdown());
    }
  }

  @BeforeEach
  void open() {
    stage = new StoryStage(folder, sandbox);
  }

  @AfterEach
  void close(TestInfo story) throws IOException {
    PAGE.story(story.getTestMethod().orElseThrow().getName(), stage.slack.transcript());
    stage.close();
    assertEquals(List.of(), stage.slack.mistakes());
  }

  @Test
  void aFirstAnswer() throws Exception {
    stage
        .model
        .code("sorted with their average", "n = [3, 1, 2]\nprint(sorted(n), sum(n) / 3)")
        .judgeMet("sorted with their average", "[1, 2, 3] 2.0");
    stage.command("C1", "U1", "3, 1, 2 sorted with their average");
    FakeMessage answer = stage.shows("C1", "[1, 2, 3] 2.0");
    assertEquals(1, stage.slack.in("C1").size());
    assertTrue(answer.shown().contains(":white_check_mark:"), answer.shown());
    assertTrue(answer.shown().startsWith("@U1 asked\n> 3, 1, 2 sorted"), answer.shown());
  }

  @Test
  void aMentionWithATableAndAFollowUpWithoutOne() throws Exception {
    stage
        .model
        .code("average salary by department", AVERAGES)
        .judgeMet("average salary by department", "Engineering: 75,000.00")
        .code("only Sales", AVERAGES.replace("    print", "    if name == \"Sales\": print"))
        .judgeMet("only Sales", "Sales: 50,000.00");
    String csv = stage.slack.upload("staff.csv", STAFF);
    ObjectNode asked =
        stage.people.message(
            "C1", "U1", stage.slack.ts(), "", "<@UBOT> average salary by department", csv);
    stage.event(stage.people.mention(asked));
    stage.event(asked);
    FakeMessage answer = stage.shows("C1", "Engineering: 75,000.00");
    assertEquals(asked.path("ts").asText(), answer.thread);
    stage.event(stage.people.message("C1", "U1", stage.slack.ts(), answer.thread, "only Sales"));
    Until.holds("two answers", () -> stage.slack.in("C1").size() == 2);
    FakeMessage second = stage.slack.in("C1").getLast();
    Until.holds("the second answer", () -> second.shown().contains(":white_check_mark:"));
    assertTrue(second.shown().contains("Sales: 50,000.00"), second.shown());
    assertFalse(second.shown().contains("Engineering:"), second.shown());
    assertEquals(4, stage.model.calls.get(), "each mention was answered once");
  }

  @Test
  void aFollowUpUnderTheAnswerToACommand() throws Exception {
    stage
        .model
        .code("product of 6 and 7", "print('product:', 6 * 7)")
        .judgeMet("product of 6 and 7", "product: 42")
        .code("and of 6 and 8", "print('product:', 6 * 8)")
        .judgeMet("and of 6 and 8", "product: 48");
    stage.command("C1", "U1", "product of 6 and 7");
    FakeMessage first = stage.shows("C1", "product: 42");
    stage.event(stage.people.message("C1", "U2", stage.slack.ts(), first.ts, "and of 6 and 8"));
    FakeMessage second = stage.shows("C1", "product: 48");
    assertEquals(first.ts, second.thread);
  }

  @Test
  void aPrintedTableIsShownAsAChartOnRequest() throws Exception {
    stage
        .model
        .code("sales by year", "print('year  sales')\nprint('2024  10')\nprint('2025  15')")
        .judgeMet("sales by year", "2025");
    stage.command("C1", "U1", "sales by year");
    FakeMessage answer = stage.shows("C1", ":white_check_mark:");
    int calls = stage.model.calls.get();
    stage.press(answer, "U2", "Show as chart");
    FakeMessage chart = stage.shows("C1", "( line chart: sales )");
    assertEquals(answer.ts, chart.thread);
    assertTrue(chart.shown().contains("sales: 2024=10.0 2025=15.0"), chart.shown());
    assertEquals(calls, stage.model.calls.get());
  }

  @Test
  void aCrashIsRepaired() throws Exception {
    stage
        .model
        .code("cube of 3", "print(cube(3))")
        .on(Purpose.REPAIR, "NameError", "```python\nprint('cube:', 3 ** 3)\n```", 1)
        .judgeMet("cube of 3", "cube: 27");
    stage.command("C1", "U1", "cube of 3");
    FakeMessage answer = stage.shows("C1", "cube: 27");
    assertTrue(answer.shown().contains("2 attempts"), answer.shown());
    assertEquals(1, stage.slack.in("C1").size(), "progress and answer are one message");
  }

  @Test
  void aQuestionBackIsAnsweredInTheThread() throws Exception {
    stage
        .model
        .on(Purpose.GENERATE, "revenue of the year", "ASK: Which year?", 1)
        .code("2024", "print('revenue 2024:', 10 + 20)")
        .judgeMet("2024", "revenue 2024: 30");
    stage.command("C1", "U1", "revenue of the year, which is 10 and 20");
    FakeMessage question = stage.shows("C1", "Which year?");
    stage.event(stage.people.message("C1", "U1", stage.slack.ts(), question.ts, "2024"));
    assertEquals(question.ts, stage.shows("C1", "revenue 2024: 30").thread);
  }

  @Test
  void aRunningTurnIsStoppedBySlacksOwnButton() throws Exception {
    stage.model.code("count for ever", "import itertools\nfor i in itertools.count(): pass");
    stage.command("C1", "U1", "count for ever");
    FakeMessage working = stage.shows("C1", "Running the program");
    Until.holds("running", () -> sandbox.status().busy() > 0);
    stage.event(stage.slack.streams.stopButton(working, "U1"));
    FakeMessage cancelled = stage.shows("C1", ":black_square_for_stop:");
    assertEquals(working.ts, cancelled.ts);
    Until.holds("the sandbox is free", () -> sandbox.status().busy() == 0);
    Until.holds(
        "the thread is not at work",
        () -> !stage.slack.streams.sessions.containsValue("processing"));
  }

  @Test
  void withoutTheAgentViewARunningTurnIsCancelledByItsButton() throws Exception {
    stage.slack.scopes.remove("assistant:write");
    stage.restart();
    stage.model.code("count for ever", "import itertools\nfor i in itertools.count(): pass");
    stage.command("C1", "U1", "count for ever");
    FakeMessage working = stage.shows("C1", "[Cancel]");
    Until.holds("running", () -> sandbox.status().busy() > 0);
    stage.press(working, "U2", "Cancel");
    stage.press(working, "U1", "Cancel");
    FakeMessage cancelled = stage.shows("C1", ":black_square_for_stop:");
    assertEquals(working.ts, cancelled.ts);
    Until.holds("the sandbox is free", () -> sandbox.status().busy() == 0);
  }

  @Test
  void aDirectMessageAndItsThreadAreAConversation() throws Exception {
    stage
        .model
        .code("product of 6 and 7", "print('product:', 6 * 7)")
        .judgeMet("product of 6 and 7", "product: 42")
        .code("and of 6 and 8", "print('product:', 6 * 8)")
        .judgeMet("and of 6 and 8", "product: 48");
    String asked = stage.slack.ts();
    stage.event(stage.people.message("D1", "U1", asked, "", "product of 6 and 7"));
    assertEquals(asked, stage.shows("D1", "product: 42").thread);
    stage.event(stage.people.message("D1", "U1", stage.slack.ts(), asked, "and of 6 and 8"));
    assertEquals(asked, stage.shows("D1", "product: 48").thread);
    stage.event(stage.people.message("D1", "U1", stage.slack.ts(), "", "new"));
    stage.shows("D1", "reply in a thread to continue");
  }

  @Test
  void aPrivateAnswerIsShared() throws Exception {
    stage.model.code("twice 21", "print('twice:', 2 * 21)").judgeMet("twice 21", "twice: 42");
    stage.command("C2", "U1", "twice 21");
    FakeMessage own = stage.showsOnlyTo("U1", "twice: 42");
    assertEquals(List.of(), stage.slack.in("C2"));
    stage.press(own, "U1", "Share");
    FakeMessage shared = stage.shows("C2", "twice: 42");
    assertTrue(shared.onlyFor.isEmpty());
  }

  @Test
  void runAgainAndEditNeedNoModel() throws Exception {
    stage
        .model
        .code("seven squared", "print('square:', 7 ** 2)")
        .judgeMet("seven squared", "square: 49");
    stage.command("C1", "U1", "seven squared");
    FakeMessage answer = stage.shows("C1", "square: 49");
    int calls = stage.model.calls.get();
    stage.press(answer, "U1", "Run again");
    Until.holds("the second answer", () -> stage.slack.in("C1").size() == 2);
    stage.press(answer, "U1", "Edit and run");
    Until.holds("the form", () -> !stage.slack.views.isEmpty());
    stage.submit("U1", Map.of("code0", "print('cube:', 7 ** 3)"));
    FakeMessage edited = stage.shows("C1", "cube: 343");
    assertEquals(answer.ts, edited.thread);
    assertEquals(calls, stage.model.calls.get());
  }

  @Test
  void anAnswerIsSavedInItsThreadAndRunByOthersWithoutAModel() throws Exception {
    stage
        .model
        .code("twice the base", "BASE = 21\nprint('twice:', 2 * BASE)")
        .judgeMet("twice the base", "twice: 42");
    stage.command("C1", "U1", "twice the base");
    FakeMessage answer = stage.shows("C1", "twice: 42");
    int calls = stage.model.calls.get();
    stage.event(
        stage.people.message("C1", "U1", stage.slack.ts(), answer.ts, "save double BASE=21"));
    stage.shows("C1", "Saved as");
    stage.command("C1", "U2", "double BASE=50");
    FakeMessage run = stage.shows("C1", "twice: 100");
    assertTrue(run.shown().contains("nobody checked this result"), run.shown());
    assertTrue(run.shown().contains("BASE = 50"), run.shown());
    assertEquals(calls, stage.model.calls.get(), "a saved computation asks no model");
  }

  @Test
  void aLinkToAnAnswerShowsItWhereEverybodyMayOpenIt() throws Exception {
    stage.slack.channel("C3", "U2", "U3", FakeSlack.BOT).closed.add("C3");
    stage.slack.channel("C4", "U1", "U2", FakeSlack.BOT).closed.add("C4");
    stage
        .model
        .code("product of 6 and 7", "print('product:', 6 * 7)")
        .judgeMet("product of 6 and 7", "product: 42");
    stage.command("C1", "U1", "product of 6 and 7");
    stage.shows("C1", ":white_check_mark:");
    String page = "https://" + FakeLinks.DOMAIN + "/c/1";
    ObjectNode apart = stage.slack.links.posted(FakeSlack.TEAM, "C3", "U2", page);
    stage.event(apart);
    Until.holds("C3's members", () -> stage.slack.count("conversations.members") >= 1);
    for (String channel : List.of("C1", "C4")) {
      ObjectNode shared = stage.slack.links.posted(FakeSlack.TEAM, channel, "U2", page);
      stage.event(shared);
      Until.holds("a preview", () -> !stage.slack.links.shown(shared, page).isEmpty());
      assertEquals(
          "product of 6 and 7\nproduct: 42\n✅ verified", stage.slack.links.shown(shared, page));
    }
    stage.restart(); // which waits for what is still under way
    assertEquals("", stage.slack.links.shown(apart, page), "U3 may not open it");
    assertEquals(2, stage.slack.count("chat.unfurl"));
  }

  private static final FakeOAuth.Place ACME = new FakeOAuth.Place("T2", "Acme", "", false);

  /** A mention in a channel of a workspace that installed the app. */
  private void asks(String team, String channel, String text) throws Exception {
    stage.event(
        team,
        stage
            .people
            .message(channel, "U1", stage.slack.ts(), "", "<@" + FakeSlack.BOT + "> " + text)
            .put("team", team));
  }

  private InstallBrowser installed(FakeOAuth.Place... places) throws Exception {
    InstallBrowser browser = stage.letOthersInstall();
    for (FakeOAuth.Place place : places) {
      assertEquals(200, browser.install(place).statusCode());
    }
    return browser;
  }

  @Test
  void workspacesInstallItOnItsPageAndAreAnsweredApart() throws Exception {
    stage.slack.oauth.channel("T2", "C7");
    stage.slack.oauth.channel("T3", "C8");
    installed(ACME, new FakeOAuth.Place("T3", "Globex", "", false));
    for (String team : List.of("T2", "T3")) {
      String request = "twice the base of " + team;
      stage
          .model
          .code(request, "BASE = 21\nprint('twice in %s:', 2 * BASE)".formatted(team))
          .judgeMet(request, "twice in " + team + ": 42");
    }
    asks("T2", "C7", "twice the base of T2");
    FakeMessage answer = stage.shows("C7", "twice in T2: 42");
    stage.event(
        "T2",
        stage
            .people
            .message("C7", "U1", stage.slack.ts(), answer.thread, "save double BASE=21")
            .put("team", "T2"));
    stage.shows("C7", "Saved as");
    asks("T3", "C8", "twice the base of T3");
    stage.shows("C8", "twice in T3: 42");
    asks("T3", "C8", "list");
    stage.shows("C8", "Nothing is saved yet");
    asks("T2", "C7", "double BASE=50");
    stage.shows("C7", "twice in T2: 100");
    assertTrue(stage.slack.in("C8").stream().noneMatch(m -> m.shown().contains("in T2")));
  }

  @Test
  void tokensThatExpireAreRenewedBetweenTwoAnswers() throws Exception {
    stage.slack.oauth.rotating = true;
    stage.slack.oauth.channel("T2", "C7");
    installed(ACME);
    for (int number : List.of(3, 4)) {
      String request = "cube of " + number;
      stage
          .model
          .code(request, "print('cube:', %d ** 3)".formatted(number))
          .judgeMet(request, "cube: " + number * number * number);
    }
    asks("T2", "C7", "cube of 3");
    stage.shows("C7", "cube: 27");
    stage.slack.oauth.expire("T2");
    stage.restart();
    asks("T2", "C7", "cube of 4");
    stage.shows("C7", "cube: 64");
    assertEquals(2, stage.slack.count("oauth.v2.access"), "the code, and one refresh token");
  }

  @Test
  void aWorkspaceThatRemovedItIsAnsweredAgainOnceItIsInstalledAgain() throws Exception {
    stage.slack.oauth.channel("T2", "C7");
    InstallBrowser browser = installed(ACME);
    stage
        .model
        .code("cube of 3", "print('cube:', 3 ** 3)")
        .judgeMet("cube of 3", "cube: 27")
        .code("cube of 5", "print('cube:', 5 ** 3)")
        .judgeMet("cube of 5", "cube: 125");
    asks("T2", "C7", "cube of 3");
    stage.shows("C7", "cube: 27");
    ObjectNode removed = FakeSlack.json.createObjectNode().put("type", "app_uninstalled");
    stage.slack.oauth.revoke("T2");
    stage.event("T2", removed);
    ObjectNode revoked = FakeSlack.json.createObjectNode().put("type", "tokens_revoked");
    revoked.putObject("tokens").putArray("bot").add(FakeSlack.BOT);
    stage.event("T2", revoked);
    int before = stage.slack.in("C7").size();
    asks("T2", "C7", "cube of 4");
    assertEquals(List.of(), stage.store().installations().all("slack"));
    assertTrue(stage.ready(), "the configured workspace is served as before");
    assertEquals(200, browser.install(ACME).statusCode());
    asks("T2", "C7", "cube of 5");
    stage.shows("C7", "cube: 125");
    assertEquals(
        before + 1, stage.slack.in("C7").size(), "what was asked meanwhile is not answered");
  }

  @Test
  void aRedeliveredEventIsAnsweredOnce() throws Exception {
    stage.model.code("one plus one", "print('sum:', 1 + 1)").judgeMet("one plus one", "sum: 2");
    ObjectNode envelope =
        stage.people.envelope(
            stage.people.message("D1", "U1", stage.slack.ts(), "", "one plus one"));
    for (int i = 0; i < 4; i++) {
      stage.slack.sockets.deliver("events_api", envelope).get();
    }
    stage.shows("D1", "sum: 2");
    stage.restart();
    stage.slack.sockets.deliver("events_api", envelope).get();
    assertEquals(1, stage.slack.in("D1").size());
    assertEquals(2, stage.model.calls.get());
  }

  @Test
  void aTurnThatARestartInterruptsGoesOnAndButtonsStillWork() throws Exception {
    stage
        .model
        .code("slow sum", "import time\ntime.sleep(3)\nprint('slow:', 2 + 3)")
        .judgeMet("slow sum", "slow: 5");
    stage.command("C1", "U1", "slow sum");
    FakeMessage working = stage.shows("C1", "Running the program");
    Until.holds("running", () -> sandbox.status().busy() > 0);
    stage.restart();
    FakeMessage answer = stage.shows("C1", "slow: 5");
    // Where it took long, the answer is a message of its own below its progress.
    assertTrue(answer == working || answer.thread.equals(working.ts), answer.toString());
    int before = stage.slack.in("C1").size();
    stage.press(answer, "U1", "Run again");
    Until.holds("the second answer", () -> stage.slack.in("C1").size() == before + 1);
  }

  @Test
  void aLostAnchorAndPausesEndInANewMessage() throws Exception {
    stage
        .model
        .code("sum of 2 and 2", "import time\ntime.sleep(2)\nprint('sum:', 2 + 2)")
        .judgeMet("sum of 2 and 2", "sum: 4");
    stage.command("C1", "U1", "sum of 2 and 2");
    FakeMessage working = stage.shows("C1", "Running the program");
    working.delete();
    stage.slack.failNext("chat.postMessage", "429:1", "5xx");
    FakeMessage answer = stage.shows("C1", "sum: 4");
    assertFalse(answer.deleted());
  }

  @Test
  void fiftyRequestsAtOnceInTenChannels() throws Exception {
    for (int channel = 0; channel < 10; channel++) {
      stage.slack.channel("C5" + channel, "U1", FakeSlack.BOT);
    }
    stage.slack.limits.put("chat.postMessage", new FakeSlack.RateLimit(1, 1));
    stage.slack.limits.put("chat.startStream", new FakeSlack.RateLimit(10, 20 / 60.0 * 3));
    stage.slack.limits.put("chat.stopStream", new FakeSlack.RateLimit(10, 20 / 60.0 * 3));
    stage.slack.limits.put("chat.update", new FakeSlack.RateLimit(10, 50 / 60.0 * 3));
    List<CompletableFuture<Duration>> acknowledged = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String request = "load number " + (100 + i);
      stage
          .model
          .code(request, "print('answer', %d)".formatted(100 + i))
          .judgeMet(request, "answer " + (100 + i));
    }
    for (int i = 0; i < 50; i++) {
      ObjectNode command = stage.people.command("C5" + i % 10, "U1", "load number " + (100 + i));
      long sent = System.nanoTime();
      acknowledged.add(
          stage
              .slack
              .sockets
              .deliver("slash_commands", command)
              .thenApply(answer -> Duration.ofNanos(System.nanoTime() - sent)));
    }
    long[] millis =
        acknowledged.stream().mapToLong(each -> each.join().toMillis()).sorted().toArray();
    for (int i = 0; i < 50; i++) {
      String channel = "C5" + i % 10;
      String answer = "answer " + (100 + i);
      stage.shows(channel, answer);
      long times = stage.slack.in(channel).stream().filter(m -> m.shown().contains(answer)).count();
      assertEquals(1, times, answer);
    }
    PAGE.acknowledged(millis[24], millis[49]);
  }
}
