package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.slack.api.model.assistant.SuggestedPrompt;
import dev.reckon.adapters.surface.RecordingInbox;
import dev.reckon.core.delivery.SurfaceQueries.ChannelOverview;
import dev.reckon.core.delivery.SurfaceQueries.Overview;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.store.SavedComputation.Parameter;
import dev.reckon.core.surface.LinkPreviews;
import dev.reckon.core.turn.TurnStatus;
import dev.reckon.testing.Until;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The home tab and the requests that are offered, in a workspace as strict as Slack. */
class AgentViewTest {
  private static final Instant WHEN = Instant.parse("2026-11-01T10:00:00Z");

  private final FakeSlack slack = new FakeSlack();
  private final SlackPeople people = new SlackPeople(slack);
  private final RecordingInbox inbox = new RecordingInbox();
  private final SlackAdapter adapter =
      new SlackAdapter(slack.settings(SlackSettings.Mode.SOCKET), new NoInstallations());

  @BeforeEach
  void start() {
    adapter.start(inbox, inbox, LinkPreviews.NONE);
    Until.holds("connected", () -> adapter.readiness().ready().getAsBoolean());
  }

  @AfterEach
  void stop() {
    adapter.close();
    assertEquals(List.of(), slack.mistakes());
    slack.close();
  }

  private static SavedComputation saved(String name, Parameter... parameters) {
    return new SavedComputation(
        name,
        1,
        7,
        "burn rate of <@U2> in a month",
        "MONTH = 3",
        List.of(parameters),
        List.of(),
        List.of(),
        "verified",
        "slack/T1/U2",
        "Bob",
        WHEN,
        null);
  }

  private static Overview.Asked asked(String request) {
    return new Overview.Asked(request, TurnStatus.VERIFIED, WHEN);
  }

  private static Overview overview() {
    return new Overview(
        List.of(asked("sum of 2 and 3"), asked("x".repeat(5_000))),
        List.of(
            saved(
                "burn",
                new Parameter("MONTH", SavedComputation.Type.INTEGER, "3"),
                text("LABEL", "a \"b\"")),
            saved("plain")),
        List.of("Today: 3 of 100 runs."),
        List.of(
            new Overview.Setting("code", "how code is shown", "default", List.of("inline", "off")),
            new Overview.Setting("language", "the language", "de", List.of())));
  }

  private static Parameter text(String name, String value) {
    return new Parameter(name, SavedComputation.Type.TEXT, value);
  }

  private void event(ObjectNode event) throws Exception {
    slack.sockets.deliver("events_api", people.envelope(event)).get();
  }

  private JsonNode home() throws Exception {
    inbox.shows(overview());
    event(people.opened("U1", "home"));
    return shown();
  }

  private JsonNode shown() {
    Until.holds("a home tab", () -> slack.homes.containsKey("U1"));
    return Objects.requireNonNull(slack.homes.get("U1"));
  }

  private void press(String action) throws Exception {
    slack.sockets.deliver("interactive", people.pressAtHome("U1", action)).get();
  }

  @Test
  void theHomeTabShowsWhatThereIsToDo() throws Exception {
    String shown = BlockText.of(home().path("blocks"));
    for (String part :
        List.of(
            "sum of 2 and 3",
            "burn: burn rate of <@U2> in a month",
            "Today: 3 of 100 runs.",
            "code: default",
            "language: de")) {
      assertTrue(shown.contains(part), part + " in " + shown);
    }
    assertEquals(
        List.of(), home().findValuesAsText("type").stream().filter("mrkdwn"::equals).toList());
  }

  @Test
  void whomThePolicyKeepsOutSeesWhyAndNothingToPress() throws Exception {
    inbox.shows(overview());
    inbox.shutsOut("An administrator of Reckon has blocked you.");
    event(people.opened("U1", "home"));
    String shown = shown().toString();
    assertTrue(shown.contains("An administrator of Reckon has blocked you."), shown);
    assertFalse(shown.contains("action_id") || shown.contains("sum of 2 and 3"), shown);
    assertEquals(List.of("help"), offered(people.opened("U1", "messages")));
  }

  @Test
  void noFormOpensForSomebodyWhomThePolicyKeepsOutByNow() throws Exception {
    home();
    inbox.shutsOut("An administrator of Reckon has blocked you.");
    press(HomeTab.ASK);
    press(HomeTab.SAVED + "burn");
    assertEquals(List.of("help", "help"), inbox.words());
    assertEquals(0, slack.count("views.open"));
  }

  @Test
  void aTabOfSomebodyNewIsTaken() throws Exception {
    event(people.opened("U1", "home"));
    assertTrue(BlockText.of(shown().path("blocks")).contains("None yet."));
  }

  @Test
  void aHundredSavedComputationsAreTaken() throws Exception {
    List<SavedComputation> many =
        IntStream.range(0, 100).mapToObj(number -> saved("burn-" + number)).toList();
    inbox.shows(new Overview(List.of(), many, List.of(), List.of()));
    event(people.opened("U1", "home"));
    assertTrue(BlockText.of(shown().path("blocks")).contains("80 more"));
  }

  @Test
  void askingAgainAndSettingsAreAnsweredInDirectMessages() throws Exception {
    home();
    press(HomeTab.AGAIN + "1");
    press(HomeTab.SETTING + "code");
    press(HomeTab.SAVED + "plain");
    assertEquals(List.of("sum of 2 and 3", "settings code inline", "plain"), inbox.words());
    Incoming first = inbox.received().getFirst();
    assertEquals("D1", first.address().channel());
    assertTrue(first.address().direct());
    assertEquals("slack/T1/U1", first.person().id());
    assertEquals(3, inbox.received().stream().map(Incoming::conversation).distinct().count());
  }

  @Test
  void aSavedComputationAsksForItsValues() throws Exception {
    home();
    press(HomeTab.SAVED + "burn");
    Until.holds("a form", () -> !slack.views.isEmpty());
    String shown = slack.views.getLast().toString();
    assertTrue(
        shown.contains("MONTH (whole number)") && shown.contains("\"initial_value\":\"3\""), shown);
    slack
        .sockets
        .deliver("interactive", people.submit("U1", Map.of("MONTH", "4", "LABEL", "a \"b\"")))
        .get();
    assertEquals(List.of("burn MONTH=4"), inbox.words());
  }

  /** Runs a saved computation from the home tab; returns Slack's answer to the form. */
  private JsonNode run(SavedComputation saved, Map<String, String> typed) throws Exception {
    inbox.shows(new Overview(List.of(), List.of(saved), List.of(), List.of()));
    event(people.opened("U1", "home"));
    shown();
    int before = slack.views.size();
    press(HomeTab.SAVED + saved.name());
    Until.holds("a form", () -> slack.views.size() > before);
    return slack.sockets.deliver("interactive", people.submit("U1", typed)).get();
  }

  @Test
  void whatWasNotChangedInAFormIsNotSent() throws Exception {
    String longest = "x".repeat(5_000);
    SavedComputation saved =
        saved("burn", text("A", "it's  two"), text("B", longest), text("C", "c"));
    run(saved, Map.of("A", "it's  two", "B", "", "C", "d  e"));
    assertEquals(List.of("burn C=\"d  e\""), inbox.words());
    String shown = slack.views.getLast().toString();
    assertFalse(shown.contains("xxx"), "a value that was cut would be sent as it is");
    assertTrue(shown.contains("Too long to show here"), shown);
  }

  @Test
  void aValueWithBothQuotationMarksStaysOneValue() throws Exception {
    run(saved("burn", text("A", "a")), Map.of("A", "it's \"it\""));
    assertEquals(List.of("burn A=\u201Cit's \"it\"\u201D"), inbox.words());
  }

  @Test
  void theCommandTellsThatAComputationWasDeletedWhileItsFormWasOpen() throws Exception {
    home();
    press(HomeTab.SAVED + "burn");
    Until.holds("a form", () -> !slack.views.isEmpty());
    inbox.shows(new Overview(List.of(), List.of(), List.of(), List.of()));
    JsonNode answer =
        slack.sockets.deliver("interactive", people.submit("U1", Map.of("MONTH", "4"))).get();
    assertTrue(answer.path("errors").isMissingNode(), answer.toString());
    assertEquals(List.of("burn"), inbox.words());
  }

  @Test
  void blanksAroundAValueAreNoPartOfIt() throws Exception {
    home();
    press(HomeTab.SAVED + "burn");
    Until.holds("a form", () -> !slack.views.isEmpty());
    slack.sockets.deliver("interactive", people.submit("U1", Map.of("MONTH", "4 "))).get();
    assertEquals(List.of("burn MONTH=4"), inbox.words());
  }

  @Test
  void aValueThatDoesNotFitIsRefusedInItsField() throws Exception {
    home();
    press(HomeTab.SAVED + "burn");
    Until.holds("a form", () -> !slack.views.isEmpty());
    JsonNode answer =
        slack.sockets.deliver("interactive", people.submit("U1", Map.of("MONTH", "May"))).get();
    String problem = answer.path("errors").path("MONTH").asText();
    assertTrue(problem.contains("must be a whole number"), answer.toString());
    assertEquals(List.of(), inbox.words());
  }

  @Test
  void valuesThatAFormHasNoRoomForAreNamed() throws Exception {
    Parameter[] many =
        IntStream.range(0, 42).mapToObj(n -> text("P" + n, "v")).toArray(Parameter[]::new);
    run(saved("burn", many), Map.of("P1", "w"));
    String shown = slack.views.getLast().toString();
    assertTrue(shown.contains("Not shown here, and kept as usual: P40, P41."), shown);
    assertEquals(List.of("burn P1=w"), inbox.words());
  }

  @Test
  void askOpensTheFormForARequest() throws Exception {
    home();
    press(HomeTab.ASK);
    Until.holds("a form", () -> !slack.views.isEmpty());
    slack
        .sockets
        .deliver("interactive", people.submit("U1", Map.of(Forms.REQUEST, "cube of 3")))
        .get();
    assertEquals(List.of("cube of 3"), inbox.words());
    assertEquals("D1", inbox.received().getFirst().address().channel());
  }

  @Test
  void openingTheMessagesOffersWhatIsAtHand() throws Exception {
    inbox.shows(overview());
    event(people.opened("U1", "messages"));
    Until.holds("prompts", () -> slack.prompts.containsKey("D1"));
    assertEquals(
        List.of("sum of 2 and 3", "burn MONTH=3 LABEL='a \"b\"'", "plain"),
        slack.prompts.get("D1"));
    event(people.opened("U2", "messages"));
    Until.holds("prompts", () -> slack.prompts.containsKey("D2"));
  }

  @Test
  void atMostFourAreOfferedAndSomebodyNewGetsAnExample() {
    List<Overview.Asked> many =
        IntStream.range(0, 9).mapToObj(number -> asked("request " + number)).toList();
    Overview full =
        new Overview(
            many,
            IntStream.range(0, 9).mapToObj(number -> saved("burn-" + number)).toList(),
            List.of(),
            List.of());
    List<String> offered =
        AgentView.prompts(full, ChannelOverview.NONE).stream()
            .map(SuggestedPrompt::getMessage)
            .toList();
    assertEquals(List.of("request 0", "request 1", "burn-0", "burn-1"), offered);
    Overview nothing = new Overview(List.of(), List.of(), List.of(), List.of());
    assertEquals(
        "average of 3, 5 and 8",
        AgentView.prompts(nothing, ChannelOverview.NONE).getFirst().getMessage());
  }

  private ObjectNode viewing(ObjectNode event, String channel) {
    event
        .putObject("context")
        .putArray("entities")
        .addObject()
        .put("type", "slack#/types/channel_id")
        .put("value", channel)
        .put("team_id", FakeSlack.TEAM);
    return event;
  }

  private List<String> offered(ObjectNode event) throws Exception {
    slack.prompts.clear();
    event(event);
    Until.holds("prompts", () -> slack.prompts.containsKey("D1"));
    return Objects.requireNonNull(slack.prompts.get("D1"));
  }

  @Test
  void besideAChannelWhatWasComputedThereIsOfferedToItsMembers() throws Exception {
    slack.channel("C1", "U1", "U2", FakeSlack.BOT).channel("C2", "U2", FakeSlack.BOT);
    inbox.shows(overview());
    ChannelOverview computed =
        new ChannelOverview(
            List.of(asked("sum of 2 and 3"), asked("sales of May"), asked("sales of June")),
            Set.of("plain"));
    inbox.computed("C1", computed);
    inbox.computed("C2", computed);
    assertEquals(
        List.of("sum of 2 and 3", "sales of May", "sales of June", "plain"),
        offered(viewing(people.opened("U1", "messages"), "C1")));
    List<String> own = List.of("sum of 2 and 3", "burn MONTH=3 LABEL='a \"b\"'", "plain");
    for (String channel : List.of("C2", "C9", "D7")) {
      assertEquals(own, offered(viewing(people.opened("U1", "messages"), channel)), channel);
    }
    ObjectNode elsewhere = viewing(people.opened("U1", "messages"), "C1");
    ((ObjectNode) elsewhere.path("context").path("entities").get(0)).put("team_id", "T9");
    assertEquals(own, offered(elsewhere));
    inbox.computed("C5", computed);
    slack.channel("C5", "U1", FakeSlack.BOT).failNext("conversations.members", "5xx");
    assertEquals(own, offered(viewing(people.opened("U1", "messages"), "C5")));
  }

  @Test
  void slackIsAskedForMembersOnceAndOnlyWhereSomethingWasComputed() throws Exception {
    slack.channel("C1", "U1", FakeSlack.BOT).channel("C2", "U1", FakeSlack.BOT);
    inbox.computed("C1", new ChannelOverview(List.of(asked("sales of May")), Set.of()));
    offered(viewing(people.opened("U1", "messages"), "C2"));
    assertEquals(0, slack.count("conversations.members"), "nothing was computed there");
    for (int time = 0; time < 2; time++) {
      assertEquals(
          List.of("sales of May"), offered(viewing(people.opened("U1", "messages"), "C1")));
    }
    assertEquals(1, slack.count("conversations.members"));
  }

  @Test
  void goingToAnotherChannelChangesWhatIsOffered() throws Exception {
    slack.channel("C1", "U1", FakeSlack.BOT);
    inbox.computed("C1", new ChannelOverview(List.of(asked("sales of May")), Set.of()));
    ObjectNode changed = viewing(people.opened("U1", ""), "C1").put("type", "app_context_changed");
    changed.remove("tab");
    assertEquals(List.of("sales of May"), offered(changed));
    ObjectNode bare = FakeSlack.json.createObjectNode().put("type", "app_context_changed");
    int before = slack.count("assistant.threads.setSuggestedPrompts");
    event(viewing(bare, "C1"));
    event(people.opened("U2", "messages"));
    Until.holds("prompts", () -> slack.prompts.containsKey("D2"));
    assertEquals(before + 1, slack.count("assistant.threads.setSuggestedPrompts"));
  }

  @Test
  void withoutTheScopeNothingIsOfferedAndNothingIsLost() throws Exception {
    slack.scopes.remove("assistant:write");
    event(people.opened("U1", "messages"));
    Until.holds("asked", () -> slack.count("assistant.threads.setSuggestedPrompts") == 1);
    assertTrue(adapter.readiness().ready().getAsBoolean());
  }
}
