package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.adapters.http.HttpServer;
import dev.reckon.adapters.http.HttpSettings;
import dev.reckon.adapters.setup.CredentialCheck;
import dev.reckon.adapters.slack.FakeOAuth.Place;
import dev.reckon.adapters.surface.RecordingInbox;
import dev.reckon.app.StartedReckon;
import dev.reckon.core.command.ActionForms;
import dev.reckon.core.delivery.SurfaceQueries;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.Installations;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.LinkPreviews;
import dev.reckon.testing.Until;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workspaces install the app themselves, beside the one of the configured token. */
@Timeout(60)
class SlackOAuthTest {
  private static final Place ACME = new Place("T2", "Acme", "", false);
  private static final Place STRANGER = new Place("T9", "<b>Evil</b> & Sons", "", false);
  private static final Place WHOLE = new Place("E1", "Organisation", "E1", true);

  @TempDir Path folder;

  private final FakeSlack slack = new FakeSlack().channel("C1", "U1", FakeSlack.BOT);
  private final SlackPeople people = new SlackPeople(slack);
  private final RecordingInbox inbox = new RecordingInbox();
  private JdbiStore store;
  private SlackAdapter adapter;
  private HttpServer server;
  private SignedRequests requests;
  private URI page;
  private InstallBrowser browser;

  @BeforeEach
  void start() throws IOException {
    int port = StartedReckon.freePort();
    browser = new InstallBrowser(slack, port);
    store = JdbiStore.open("jdbc:sqlite:" + folder.resolve("a.db"), Clock.systemUTC());
    page = browser.page;
    slack.oauth.channel("T2", "C2");
    slack.oauth.channel("E1", "C5");
    open(settings(Set.of("T2", "E1")), port);
  }

  private void open(SlackSettings settings, int port) {
    adapter = new SlackAdapter(settings, installations());
    server =
        HttpServer.start(
            new HttpSettings("127.0.0.1", port), adapter.endpoints(), List.of(adapter.readiness()));
    requests = new SignedRequests(server.port());
    adapter.start(
        inbox,
        inbox,
        (link, place) ->
            link.endsWith("/c/7")
                ? Optional.of(new LinkPreviews.Preview("sum", "5", Reply.Kind.VERIFIED, "verified"))
                : Optional.empty());
  }

  private SlackSettings settings(Set<String> allowed) {
    return new SlackSettings(
        SlackSettings.Mode.HTTP,
        FakeSlack.BOT_TOKEN,
        "",
        FakeSlack.SECRET,
        URI.create(slack.base() + "/api/"),
        Optional.of(browser.oauth(allowed)),
        Optional.empty());
  }

  private Installations installations() {
    return store.installations();
  }

  private void close() {
    requests.close();
    server.close();
    adapter.close();
  }

  @AfterEach
  void stop() {
    close();
    store.close();
    browser.close();
    assertEquals(List.of(), slack.mistakes());
    slack.close();
  }

  private HttpResponse<String> get(URI address) throws Exception {
    return browser.get(address);
  }

  private URI permitted() throws Exception {
    return browser.permitted();
  }

  private HttpResponse<String> install(Place place) throws Exception {
    return browser.install(place);
  }

  private ObjectNode event(String team, String organisation, ObjectNode event) {
    ObjectNode envelope = people.envelope(team, event);
    if (!organisation.isEmpty()) {
      ((ObjectNode) envelope.path("authorizations").path(0))
          .put("enterprise_id", organisation)
          .put("is_enterprise_install", true);
    }
    return envelope;
  }

  private Incoming asked(String team, String organisation, String channel, String... files)
      throws Exception {
    int before = inbox.received().size();
    String text = "<@" + FakeSlack.BOT + "> sum";
    ObjectNode message = people.message(channel, "U1", slack.ts(), "", text, files);
    message.put("team", team);
    requests.deliver("events_api", event(team, organisation, message));
    return inbox.await(before + 1).getLast();
  }

  private MessageRef answer(Address to) throws Exception {
    return adapter
        .surface()
        .post(to, Reply.notice("42"), Optional.empty(), id -> Optional.empty(), soFar -> {});
  }

  private void tell(String team, String organisation, ObjectNode event) throws Exception {
    assertEquals(
        200, requests.deliver("events_api", event(team, organisation, event)).statusCode());
  }

  private static ObjectNode ofType(String type) {
    return FakeSlack.json.createObjectNode().put("type", type);
  }

  @Test
  void whoeverInstallsItIsAnsweredByItsOwnToken() throws Exception {
    HttpResponse<String> done = install(ACME);
    assertEquals(200, done.statusCode(), done.body());
    assertTrue(done.body().contains("Reckon is installed in Acme"), done.body());
    Incoming asked = asked("T2", "", "C2");
    assertEquals("slack/T2", asked.team().id());
    assertEquals("slack/T2/U1", asked.person().id());
    answer(asked.address());
    assertEquals(1, slack.in("C2").size());
    answer(asked("T1", "", "C1").address());
    assertEquals(1, slack.in("C1").size());
    assertEquals("slack/T1", inbox.received().getLast().team().id());
  }

  @Test
  void linksOfAWorkspaceArePreviewedByItsToken() throws Exception {
    install(ACME);
    String page = "https://" + FakeLinks.DOMAIN + "/c/7";
    for (String team : List.of("T1", "T2")) {
      ObjectNode message = slack.links.posted(team, team.replace('T', 'C'), "U1", page);
      tell(team, "", message);
      Until.holds("a preview", () -> !slack.links.shown(message, page).isEmpty());
    }
  }

  @Test
  void filesOfAWorkspaceAreReadByItsToken() throws Exception {
    install(ACME);
    Incoming asked = asked("T2", "", "C2", slack.upload("a.csv", "1,2"));
    Attachment.Remote file = (Attachment.Remote) asked.attachments().getFirst();
    byte[] content = adapter.surface().fetch(file, 1_000);
    assertEquals("1,2", new String(content, StandardCharsets.UTF_8));
    assertEquals(slack.oauth.good("T2"), slack.downloads);
  }

  @Test
  void nothingIsInstalledWithoutTheStateOfThisBrowser() throws Exception {
    slack.oauth.nextInstaller(ACME);
    URI back = permitted();
    try (InstallBrowser another = new InstallBrowser(slack, page.getPort())) {
      assertEquals(400, another.get(back).statusCode());
    }
    URI forged = URI.create(back.toString().replaceFirst("state=.", "state=x"));
    assertEquals(400, get(forged).statusCode());
    HttpResponse<String> late = get(back);
    assertEquals(400, late.statusCode(), "the state is over with the first answer");
    assertTrue(late.body().contains("was not begun in this browser"), late.body());
    assertEquals(0, slack.count("oauth.v2.access"));
    assertEquals(List.of(), installations().all("slack"));
  }

  @Test
  void aCodeWorksOnce() throws Exception {
    slack.oauth.nextInstaller(ACME);
    URI back = permitted();
    String code = back.getQuery().replaceFirst(".*code=([^&]*).*", "$1");
    assertEquals(200, get(back).statusCode());
    long version = installations().find("slack/T2").orElseThrow().version();
    slack.oauth.nextInstaller(ACME);
    URI again = URI.create(permitted().toString().replaceFirst("code=[^&]*", "code=" + code));
    HttpResponse<String> refused = get(again);
    assertEquals(400, refused.statusCode());
    assertTrue(refused.body().contains("works once"), refused.body());
    assertEquals(version, installations().find("slack/T2").orElseThrow().version());
  }

  @Test
  void whoeverDeniesPermissionInstallsNothing() throws Exception {
    slack.oauth.nextDenies();
    HttpResponse<String> page = get(permitted());
    assertEquals(400, page.statusCode());
    assertTrue(page.body().contains("gave no permission"), page.body());
  }

  @Test
  void aWorkspaceThatIsNotListedIsUninstalledAtOnce() throws Exception {
    HttpResponse<String> refused = install(STRANGER);
    assertEquals(403, refused.statusCode());
    assertTrue(refused.body().contains("slack.oauth.workspaces is T9"), refused.body());
    assertTrue(refused.body().contains("&lt;b&gt;Evil&lt;/b&gt; &amp; Sons"), refused.body());
    assertEquals(1, slack.count("apps.uninstall"));
    assertEquals(List.of(), slack.oauth.good("T9"));
    assertEquals(List.of(), installations().all("slack"));
  }

  @Test
  void theConfiguredWorkspaceIsNeverUninstalled() throws Exception {
    HttpResponse<String> refused = install(new Place(FakeSlack.TEAM, "Test", "", false));
    assertEquals(403, refused.statusCode());
    assertTrue(refused.body().contains("Nothing was changed there"), refused.body());
    install(new Place("E8", "Its organisation", "E8", true));
    assertEquals(0, slack.count("apps.uninstall"));
    assertEquals(List.of(), installations().all("slack"));
    answer(asked("T1", "", "C1").address());
  }

  @Test
  void nothingIsUninstalledBeforeTheConfiguredWorkspaceIsKnown() throws Exception {
    for (int i = 0; i < 100; i++) {
      slack.failNext("auth.test", "5xx");
    }
    listOnly("T2");
    assertEquals(403, install(new Place(FakeSlack.TEAM, "Test", "", false)).statusCode());
    assertEquals(403, install(STRANGER).statusCode());
    assertEquals(0, slack.count("apps.uninstall"));
  }

  @Test
  void anInstallationThatSlackDoesNotTakeBackIsNotServed() throws Exception {
    for (String trouble : List.of("429:1", "5xx")) {
      slack.failNext("apps.uninstall", trouble);
      HttpResponse<String> refused = install(STRANGER);
      assertEquals(403, refused.statusCode());
      assertTrue(refused.body().contains("Slack did not remove it again"), refused.body());
      assertTrue(refused.body().contains("slack.oauth.workspaces is T9"), refused.body());
    }
    tell("T9", "", people.message("C9", "U1", slack.ts(), "", "<@" + FakeSlack.BOT + "> sum"));
    assertEquals(List.of(), inbox.received());
  }

  /** Starts again with another {@code slack.oauth.workspaces}. */
  private SlackSettings listOnly(String... workspaces) {
    close();
    SlackSettings settings = settings(Set.of(workspaces));
    open(settings, page.getPort());
    return settings;
  }

  @Test
  void whatIsNotListedAnyMoreIsNotServed() throws Exception {
    slack.oauth.channel("T6", "C6");
    install(ACME);
    install(WHOLE);
    install(new Place("T6", "Part of it", "E1", false));
    List<Incoming> served =
        List.of(asked("T2", "", "C2"), asked("T5", "E1", "C5"), asked("T6", "E1", "C6"));
    SlackSettings settings = listOnly("T9");
    String text = "<@" + FakeSlack.BOT + "> sum";
    tell("T2", "", people.message("C2", "U1", slack.ts(), "", text));
    tell("T5", "E1", people.message("C5", "U1", slack.ts(), "", text));
    tell("T6", "", people.message("C6", "U1", slack.ts(), "", text));
    assertEquals(served, inbox.received());
    for (Incoming before : served) {
      DeliveryException refused =
          assertThrows(DeliveryException.class, () -> answer(before.address()));
      assertEquals(DeliveryException.Kind.FORBIDDEN, refused.kind());
    }
    List<String> wrong =
        SlackCheck.of(settings, this::installations).stream()
            .filter(check -> !check.good())
            .map(CredentialCheck::found)
            .toList();
    assertEquals(3, wrong.size(), wrong.toString());
    assertTrue(wrong.get(1).contains("Acme (T2), which slack.oauth.workspaces does not list"));
    tell("T2", "", ofType("app_uninstalled"));
    assertEquals(2, installations().all("slack").size());
    listOnly("E1");
    answer(asked("T5", "E1", "C5").address());
    answer(asked("T6", "", "C6").address());
  }

  @Test
  void noTokenIsInTheStoreInTheClear() throws Exception {
    slack.oauth.rotating = true;
    install(ACME);
    store.close();
    String bytes = Files.readString(folder.resolve("a.db"), StandardCharsets.ISO_8859_1);
    assertFalse(bytes.contains("xoxb-") || bytes.contains("xoxe-"));
    store = JdbiStore.open("jdbc:sqlite:" + folder.resolve("a.db"), Clock.systemUTC());
  }

  @Test
  void anExpiredTokenIsReplacedAndTheCallMadeAgain() throws Exception {
    slack.oauth.rotating = true;
    install(ACME);
    Address place = asked("T2", "", "C2").address();
    String sealed = installations().find("slack/T2").orElseThrow().sealed();
    for (int round = 1; round <= 2; round++) {
      slack.oauth.expire("T2");
      answer(place);
      assertEquals(round, slack.in("C2").size());
      assertEquals(1 + round, slack.count("oauth.v2.access"));
    }
    assertFalse(sealed.equals(installations().find("slack/T2").orElseThrow().sealed()));
    answer(place);
    assertEquals(3, slack.count("oauth.v2.access"));
  }

  @Test
  void tokensOfAnotherProcessAreUsedInsteadOfAskingForMore() throws Exception {
    slack.oauth.rotating = true;
    install(ACME);
    Address place = asked("T2", "", "C2").address();
    answer(place);
    try (SlackAdapter other = new SlackAdapter(settings(Set.of("T2")), installations())) {
      slack.oauth.expire("T2");
      other
          .surface()
          .post(place, Reply.notice("1"), Optional.empty(), id -> Optional.empty(), it -> {});
      answer(place);
    }
    assertEquals(3, slack.in("C2").size());
    assertEquals(2, slack.count("oauth.v2.access"));
  }

  @Test
  void aRevokedTokenIsAFaultOfItsWorkspaceAlone() throws Exception {
    slack.oauth.rotating = true;
    install(ACME);
    Address place = asked("T2", "", "C2").address();
    slack.oauth.expire("T2");
    slack.oauth.revoke("T2");
    DeliveryException refused = assertThrows(DeliveryException.class, () -> answer(place));
    assertEquals(DeliveryException.Kind.FORBIDDEN, refused.kind());
    assertTrue(String.valueOf(refused.getMessage()).contains("/slack/install"), refused.toString());
    answer(asked("T1", "", "C1").address());
    assertTrue(adapter.readiness().ready().getAsBoolean());
  }

  @Test
  void whoeverReadsOfARefusedTokenIsToldWhichOneToReplace() throws Exception {
    install(ACME);
    Address place = asked("T2", "", "C2").address();
    slack.oauth.revoke("T2");
    String words =
        String.valueOf(assertThrows(DeliveryException.class, () -> answer(place)).getMessage());
    assertTrue(words.contains("install the app again at " + page), words);
    assertFalse(words.contains("slack.bot_token"), words);
    slack.revoked = true;
    Address own = asked("T1", "", "C1").address();
    words = String.valueOf(assertThrows(DeliveryException.class, () -> answer(own)).getMessage());
    assertTrue(words.contains("set slack.bot_token"), words);
  }

  @Test
  void afterItsRemovalNothingIsSentThereAndTheTokensAreGone() throws Exception {
    install(ACME);
    Address place = asked("T2", "", "C2").address();
    tell("T2", "", ofType("app_uninstalled"));
    assertEquals(List.of(), installations().all("slack"));
    DeliveryException refused = assertThrows(DeliveryException.class, () -> answer(place));
    assertEquals(DeliveryException.Kind.FORBIDDEN, refused.kind());
    answer(asked("T1", "", "C1").address());
    install(ACME);
    answer(asked("T2", "", "C2").address());
    assertEquals(1, slack.in("C2").size());
  }

  @Test
  void aRemovalBeforeTheLastInstallationChangesNothing() throws Exception {
    install(ACME);
    ObjectNode late = event("T2", "", ofType("app_uninstalled"));
    late.put("event_time", Instant.now().minusSeconds(60).getEpochSecond());
    requests.deliver("events_api", late);
    answer(asked("T2", "", "C2").address());
  }

  @Test
  void revokedTokensEndAnInstallationOnlyIfTheyAreTheBots() throws Exception {
    install(ACME);
    ObjectNode ofPerson = ofType("tokens_revoked");
    ofPerson.putObject("tokens").putArray("oauth").add("U1");
    tell("T2", "", ofPerson);
    tell("T1", "", ofPerson);
    ObjectNode former = ofType("tokens_revoked");
    former.putObject("tokens").putArray("bot").add(FakeSlack.BOT);
    tell("T2", "", former);
    Until.holds("Slack was asked", () -> slack.count("auth.test") == 2);
    answer(asked("T2", "", "C2").address());
    assertTrue(adapter.readiness().ready().getAsBoolean());
    slack.oauth.revoke("T2");
    tell("T2", "", former);
    Until.holds("removed", () -> installations().all("slack").isEmpty());
  }

  @Test
  void anOrganisationsInstallationServesTheWorkspacesThatItAdds() throws Exception {
    assertEquals(200, install(WHOLE).statusCode());
    Incoming asked = asked("T5", "E1", "C5");
    assertEquals("slack/T5", asked.team().id());
    answer(asked.address());
    assertEquals(1, slack.in("C5").size());
    ObjectNode taken = ofType("team_access_revoked");
    taken.putArray("team_ids").add("T5");
    tell("T5", "E1", taken);
    assertThrows(DeliveryException.class, () -> answer(asked.address()));
    assertEquals(1, installations().all("slack").size());
  }

  @Test
  void whatOthersSendIsLeftAloneAndSaysSo() throws Exception {
    ObjectNode message = people.message("C2", "U1", slack.ts(), "", "<@" + FakeSlack.BOT + "> sum");
    tell("T2", "", message);
    tell("T5", "E1", message);
    assertEquals(List.of(), inbox.received());
  }

  private FakeMessage message(String channel) {
    return new FakeMessage(channel, slack.ts(), "", "", FakeSlack.json.createArrayNode(), "");
  }

  /** Something done by a person of that workspace. */
  private static ObjectNode by(String team, ObjectNode payload) {
    ((ObjectNode) payload.path("team")).put("id", team);
    ((ObjectNode) payload.path("user")).put("team_id", team);
    return payload;
  }

  private ObjectNode chosenInMenu(String value) {
    ObjectNode press = people.press(message("C1"), "U7", value);
    ObjectNode action = (ObjectNode) press.path("actions").path(0);
    action.remove("value");
    action.put("type", "overflow").put("action_id", "reckon.more");
    ObjectNode option = action.putObject("selected_option").put("value", value);
    option.putObject("text").put("type", "plain_text").put("text", "Again");
    return press;
  }

  @Test
  void aButtonIsOfTheWorkspaceWhoseMessageItStandsUnder() throws Exception {
    install(ACME);
    String again = "AGAIN 42 slack/T1/C1/9.9";
    requests.deliver("interactive", by("T2", people.press(message("C1"), "U7", again)));
    assertEquals("slack/T1", inbox.await(1).getLast().team().id());
    requests.deliver("interactive", by("T2", chosenInMenu(again)));
    Incoming chosen = inbox.await(2).getLast();
    assertEquals("slack/T1", chosen.team().id());
    assertEquals(Person.Role.EXTERNAL, chosen.person().role());
  }

  @Test
  void aFormIsOfTheWorkspaceWhoseButtonOpenedIt() throws Exception {
    install(ACME);
    Action wrong = new Action(Action.Verb.WRONG, 42);
    inbox.opens(
        wrong,
        new SurfaceQueries.ButtonForm.Open(ActionForms.of(Action.Verb.WRONG, "").orElseThrow()));
    for (String presser : List.of("T2", "T9")) {
      int before = slack.views.size();
      ObjectNode press = people.press(message("C1"), "U7", "WRONG 42 slack/T1/C1/9.9");
      requests.deliver("interactive", by(presser, press));
      Until.holds("a form", () -> slack.views.size() > before);
      int received = inbox.received().size();
      requests.deliver(
          "interactive", by(presser, people.submit("U7", Map.of("complaint", "no " + presser))));
      Incoming sent = inbox.await(received + 1).getLast();
      assertEquals("slack/T1", sent.team().id());
      assertEquals(Person.Role.EXTERNAL, sent.person().role());
    }
  }

  @Test
  void whatIsOfAnotherTeamIsNeitherPressedNorSent() throws Exception {
    Action wrong = new Action(Action.Verb.WRONG, 42);
    inbox.opens(
        wrong,
        new SurfaceQueries.ButtonForm.Open(ActionForms.of(Action.Verb.WRONG, "").orElseThrow()));
    requests.deliver("interactive", people.press(message("C1"), "U1", "WRONG 42 slack/T1/C1/9.9"));
    Until.holds("a form", () -> !slack.views.isEmpty());
    inbox.buttonsAreForged();
    requests.deliver("interactive", people.submit("U1", Map.of("complaint", "no")));
    requests.deliver("interactive", people.press(message("C1"), "U1", "AGAIN 42 slack/T1/C1/9.9"));
    requests.deliver("interactive", chosenInMenu("AGAIN 42 slack/T1/C1/9.9"));
    Until.holds(
        "words for both", () -> slack.onlyFor("U1").size() + slack.onlyFor("U7").size() == 2);
    assertTrue(slack.onlyFor("U1").getFirst().toString().contains("no longer exists"));
    assertEquals(List.of(), inbox.received());
  }

  @Test
  void aWorkspaceThatIsNotServedIsNotTakenForTheConfiguredOne() throws Exception {
    ObjectNode command = people.command("C9", "U1", "average of 1, 2").put("team_id", "T9");
    assertTrue(requests.deliver("slash_commands", command).body().contains("not installed"));
    for (String team : List.of("T9", "T2")) {
      String again = "AGAIN 42 slack/" + team + "/C9/9.9";
      requests.deliver("interactive", by(team, people.press(message("C9"), "U1", again)));
      ObjectNode shared = people.message("C9", "U1", slack.ts(), "", "print(1)");
      ObjectNode shortcut = people.shortcut(ShortcutHandler.RUN_CODE, "U1", shared);
      requests.deliver("interactive", by(team, shortcut));
    }
    assertEquals(List.of(), inbox.received());
  }

  @Test
  void inASharedChannelEachWorkspaceHasItsOwnConversation() throws Exception {
    install(ACME);
    String root = slack.ts();
    ConversationId theirs = new ConversationId("slack/T1/C1/command.1");
    inbox.posted("C1/" + root, theirs);
    ObjectNode code = people.message("C1", "U1", slack.ts(), root, "print(1)");
    requests.deliver(
        "interactive", by("T2", people.shortcut(ShortcutHandler.RUN_CODE, "U7", code)));
    Incoming run = inbox.await(1).getLast();
    assertEquals("slack/T2/C1/" + root, run.conversation().value());
    assertEquals("slack/T2", run.team().id());
    ObjectNode reply = people.message("C1", "U7", slack.ts(), root, "<@" + FakeSlack.BOT + "> sum");
    tell("T2", "", reply.put("team", "T2"));
    assertEquals("slack/T2/C1/" + root, inbox.await(2).getLast().conversation().value());
    tell("T1", "", people.message("C1", "U1", slack.ts(), root, "<@" + FakeSlack.BOT + "> sum"));
    assertEquals(theirs, inbox.await(3).getLast().conversation());
  }
}
