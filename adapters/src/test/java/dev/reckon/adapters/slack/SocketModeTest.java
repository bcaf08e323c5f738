package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.adapters.setup.CredentialCheck;
import dev.reckon.adapters.surface.RecordingInbox;
import dev.reckon.core.command.ActionForms;
import dev.reckon.core.delivery.SurfaceQueries.Attention;
import dev.reckon.core.delivery.SurfaceQueries.ButtonForm;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Action.Verb;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.surface.LinkPreviews;
import dev.reckon.testing.Until;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people do in Slack, over a real WebSocket, up to the core's inbox. */
class SocketModeTest {
  private final FakeSlack slack = new FakeSlack();
  private final SlackPeople people = new SlackPeople(slack);
  private final RecordingInbox inbox = new RecordingInbox();
  private final SlackAdapter adapter =
      new SlackAdapter(slack.settings(SlackSettings.Mode.SOCKET), new NoInstallations());

  @BeforeEach
  void start() {
    slack.channel("C1", "U1", "U2", FakeSlack.BOT).channel("C2", "U1");
    adapter.start(inbox, inbox, LinkPreviews.NONE);
    Until.holds("connected", () -> adapter.readiness().ready().getAsBoolean());
  }

  @AfterEach
  void stop() {
    adapter.close();
    assertEquals(List.of(), slack.mistakes());
    slack.close();
  }

  @Test
  void aCommandIsPersistedAndThenAcknowledged() throws Exception {
    JsonNode acknowledged =
        command("C1", "if a &lt; b, sum of \u201camount\u201d in <http://sales.csv|sales.csv>");
    assertTrue(acknowledged.isMissingNode() || acknowledged.isNull(), "nothing is shown");
    Incoming incoming = only();
    assertEquals(
        new Content.Text("if a < b, sum of \u201camount\u201d in sales.csv", false),
        incoming.content());
    assertEquals("slack/T1/U1", incoming.person().id());
    assertEquals("slack/T1", incoming.team().id());
    assertEquals("C1", incoming.address().channel());
    assertEquals(
        incoming.conversation().value(), SlackTarget.of(incoming.address()).conversation());
  }

  @Test
  void aCommandThatCannotBeStoredSaysSo() throws Exception {
    inbox.refuse(1);
    JsonNode answer = command("C1", "average of 1, 2");
    assertTrue(answer.path("text").asText().contains("Try again"), answer.toString());
    assertEquals(List.of(), inbox.received());
  }

  @Test
  void aMentionIsOneDeliveryWhicheverEventComesFirst() throws Exception {
    String csv = slack.upload("staff.csv", "name,salary\nA,1\n");
    ObjectNode first = people.message("C1", "U1", slack.ts(), "", "<@UBOT> average salary", csv);
    event(first);
    event(people.mention(first));
    ObjectNode second = people.message("C1", "U1", slack.ts(), "", "<@UBOT> highest salary", csv);
    event(people.mention(second));
    event(second);
    assertEquals(2, inbox.received().size());
    assertEquals(2, inbox.repetitions());
    for (Incoming incoming : inbox.received()) {
      Incoming complete = adapter.surface().complete(incoming);
      assertEquals("staff.csv", complete.attachments().getFirst().name());
      Attachment.Remote file =
          assertInstanceOf(Attachment.Remote.class, complete.attachments().getFirst());
      assertEquals(
          "name,salary\nA,1\n",
          new String(adapter.surface().fetch(file, 1_000), StandardCharsets.UTF_8));
      assertEquals("Person U1", complete.person().name());
    }
    assertEquals(
        List.of("average salary", "highest salary"),
        inbox.received().stream().map(this::words).toList());
  }

  @Test
  void followUpsInTheThreadNeedNoMention() throws Exception {
    String root = slack.ts();
    event(people.message("C1", "U1", root, "", "<@UBOT> average salary"));
    event(people.message("C1", "U1", slack.ts(), root, "now only for 2024"));
    event(people.message("C1", "U1", slack.ts(), root, "<@U2> can you check this?"));
    event(people.message("C1", "U1", slack.ts(), "", "nothing to do with it"));
    event(people.message("C1", "U1", slack.ts(), slack.ts(), "in another thread"));
    assertEquals(
        List.of("average salary", "now only for 2024"),
        inbox.received().stream().map(this::words).toList());
    assertEquals(inbox.received().get(0).conversation(), inbox.received().get(1).conversation());
    assertEquals(root, SlackTarget.of(inbox.received().get(1).address()).thread());
  }

  @Test
  void aMutedThreadIsReadOnlyWhenReckonIsNamed() throws Exception {
    String root = slack.ts();
    event(people.message("C1", "U1", root, "", "<@UBOT> average salary"));
    ConversationId conversation = only().conversation();
    for (Attention quiet : List.of(Attention.MUTED, Attention.WHEN_MENTIONED)) {
      inbox.follow(conversation, quiet);
      event(people.message("C1", "U1", slack.ts(), root, "and by month?"));
    }
    assertEquals(1, inbox.received().size());
    event(people.message("C1", "U1", slack.ts(), root, "<@UBOT> settings"));
    assertEquals("settings", words(inbox.received().get(1)));
  }

  @Test
  void theThreadOfACommandIsItsConversation() throws Exception {
    command("C1", "average of 1, 2");
    ConversationId conversation = only().conversation();
    String anchor = slack.ts();
    inbox.posted("C1/" + anchor, conversation);
    event(people.message("C1", "U2", slack.ts(), anchor, "and of 3, 4?"));
    assertEquals(conversation, inbox.received().get(1).conversation());
  }

  @Test
  void aReplyMayComeBeforeReckonHasNotedItsOwnMessage() throws Exception {
    command("C1", "average of 1, 2");
    ConversationId conversation = only().conversation();
    String anchor = answer("C1", "").ts;
    ObjectNode reply = people.message("C1", "U2", slack.ts(), anchor, "and of 3, 4?");
    CompletableFuture<JsonNode> taken = slack.sockets.deliver("events_api", people.envelope(reply));
    Until.holds("a first look", () -> inbox.looks() > 0);
    inbox.posted("C1/" + anchor, conversation);
    taken.get();
    assertEquals(2, inbox.received().size());
    assertEquals(conversation, inbox.received().get(1).conversation());
  }

  @Test
  void anOldMessageThatReckonHasForgottenIsNotWaitedFor() throws Exception {
    String old = answer("C1", "").ts;
    for (int second = 0; second < 10; second++) {
      slack.ts();
    }
    event(people.message("C1", "U2", slack.ts(), old, "and of 3, 4?"));
    assertEquals(1, inbox.looks());
    assertEquals(List.of(), inbox.received());
  }

  @Test
  void inDirectMessagesEachMessageAndItsThreadIsAConversation() throws Exception {
    String first = slack.ts();
    event(people.message("D1", "U1", first, "", "average of 1, 2"));
    event(people.message("D1", "U1", slack.ts(), first, "and of 3, 4?"));
    event(people.message("D1", "U1", slack.ts(), "", "something else"));
    ConversationId begun = new ConversationId("slack/T1/D1/" + first);
    assertEquals(begun, inbox.received().get(0).conversation());
    assertEquals(begun, inbox.received().get(1).conversation());
    assertNotEquals(begun, inbox.received().get(2).conversation());
    assertTrue(inbox.received().get(0).address().direct());
    assertEquals(first, SlackTarget.of(inbox.received().get(0).address()).thread());
  }

  @Test
  void aWholeDirectMessageThatWasOneConversationGoesOnAsThat() throws Exception {
    ConversationId whole = new ConversationId("slack/T1/D1");
    String asked = slack.ts();
    String answered = slack.ts();
    inbox.receive(
        new Incoming(
            "slack/T1/D1/" + asked,
            whole,
            new Team("slack/T1", "Test"),
            new Person("slack/T1/U1", "Person", Person.Role.MEMBER),
            SlackTarget.in("D1", "", "U1", whole.value()).address(),
            new Content.Text("average of 1, 2", false),
            List.of(),
            Instant.now()));
    inbox.posted("D1/" + answered, whole);
    event(people.message("D1", "U1", slack.ts(), asked, "below the question"));
    event(people.message("D1", "U1", slack.ts(), answered, "below the answer"));
    ObjectNode message = people.message("D1", "U1", asked, "", "average of 1, 2");
    event(people.edited(message, "average of 1, 2, 3"));
    event(people.message("D1", "U1", slack.ts(), "", "something else"));
    assertEquals(
        List.of(whole, whole, whole, whole),
        inbox.received().subList(0, 4).stream().map(Incoming::conversation).toList());
    assertNotEquals(whole, inbox.received().get(4).conversation());
  }

  @Test
  void slacksStopButtonCancelsAndTheThreadIsNoMoreAtWork() throws Exception {
    event(people.message("C1", "U1", slack.ts(), "", "<@UBOT> count for ever"));
    Incoming asked = inbox.received().getFirst();
    String thread = SlackTarget.of(asked.address()).thread();
    slack.streams.sessions.put("C1/" + thread, "processing");
    ObjectNode stopped =
        FakeSlack.json
            .createObjectNode()
            .put("type", "agent_session_stopped")
            .put("channel", "C1")
            .put("thread_ts", thread)
            .put("user", "U1")
            .put("event_ts", slack.ts());
    stopped.putArray("streaming_message_ts");
    event(stopped);
    assertEquals(List.of("count for ever", "cancel"), inbox.words());
    assertEquals(asked.conversation(), inbox.received().get(1).conversation());
    Until.holds("not at work", () -> "active".equals(slack.streams.sessions.get("C1/" + thread)));
    event(stopped.deepCopy().put("thread_ts", slack.ts()).put("event_ts", slack.ts()));
    assertEquals(2, inbox.received().size(), "nothing runs in a thread that is not Reckon's");
  }

  @Test
  void aStopBeforeTheNoteOfItsMessageIsStoredIsUnderstood() throws Exception {
    ConversationId begun = new ConversationId("slack/T1/C1/command.9");
    inbox.follow(begun, Attention.ALL);
    adapter
        .surface()
        .post(
            SlackTarget.in("C1", "", "U1", begun.value()).address(),
            ReplySamples.working(),
            Optional.empty(),
            id -> Optional.empty(),
            ref -> {});
    event(slack.streams.stopButton(slack.in("C1").getFirst(), "U1"));
    assertEquals(begun, only().conversation());
    assertEquals(List.of("cancel"), inbox.words());
  }

  @Test
  void botsJoinsAndItselfTriggerNothing() throws Exception {
    ObjectNode bot = people.message("C1", "U9", slack.ts(), "", "<@UBOT> hello");
    event(bot.put("bot_id", "B9"));
    event(people.message("D1", FakeSlack.BOT, slack.ts(), "", "my own words"));
    event(people.message("D1", "U1", slack.ts(), "", "joined").put("subtype", "channel_join"));
    event(people.message("D1", "U1", slack.ts(), "", "").put("subtype", "message_deleted"));
    event(FakeSlack.json.createObjectNode().put("type", "team_join"));
    assertEquals(List.of(), inbox.received());
  }

  @Test
  void eventsOfAnotherWorkspaceAreLeftAlone() throws Exception {
    ObjectNode envelope =
        people.envelope(people.message("D1", "U1", slack.ts(), "", "average of 1, 2"));
    ((ObjectNode) envelope.path("authorizations").get(0)).put("team_id", "T9");
    slack.sockets.deliver("events_api", envelope).get();
    assertEquals(List.of(), inbox.received());
  }

  @Test
  void anEditedRequestIsToldToTheCore() throws Exception {
    ObjectNode message = people.message("C1", "U1", slack.ts(), "", "<@UBOT> average of 1, 2");
    event(message);
    event(people.edited(message, "<@UBOT> average of 1, 3"));
    event(people.edited(message, "<@UBOT> average of 1, 2"));
    assertEquals(2, inbox.received().size());
    assertEquals(
        new Content.Edited(inbox.received().get(0).delivery(), "average of 1, 3"),
        inbox.received().get(1).content());
  }

  @Test
  void whatIsNotStoredIsNotAcknowledgedAndServedWhenItComesAgain() throws Exception {
    ObjectNode envelope =
        people.envelope(people.message("D1", "U1", slack.ts(), "", "average of 1, 2"));
    inbox.refuse(1);
    CompletableFuture<JsonNode> lost = slack.sockets.deliver("events_api", envelope);
    Until.holds("the failure", () -> inbox.refusals() == 0);
    slack.sockets.deliver("events_api", envelope).get();
    slack.sockets.deliver("events_api", envelope).get();
    assertFalse(lost.isDone());
    assertEquals(1, inbox.received().size());
    assertEquals(1, inbox.repetitions());
  }

  @Test
  void aFlappingConnectionLosesNothing() throws Exception {
    for (int round = 0; round < 3; round++) {
      if (round == 1) {
        slack.sockets.refresh();
      } else {
        slack.sockets.drop();
      }
      int asked = round + 1;
      Until.holds("a new connection", () -> slack.count("apps.connections.open") > asked);
      ObjectNode envelope =
          people.envelope(people.message("D1", "U1", slack.ts(), "", "round " + round));
      deliverUntilAcknowledged(envelope);
    }
    assertEquals(
        List.of("round 0", "round 1", "round 2"),
        inbox.received().stream().map(this::words).toList());
  }

  /** As Slack does: an envelope that is not acknowledged comes again. */
  private void deliverUntilAcknowledged(ObjectNode envelope) {
    Until.holds(
        "acknowledged",
        () -> {
          if (slack.sockets.connected() == 0) {
            return false;
          }
          try {
            slack.sockets.deliver("events_api", envelope).get(1, TimeUnit.SECONDS);
            return true;
          } catch (InterruptedException
              | ExecutionException
              | TimeoutException
              | RuntimeException e) {
            return false;
          }
        });
  }

  @Test
  void aCommandWithoutARequestOpensAForm() throws Exception {
    String old = slack.upload("old.csv", "a\n1\n");
    command("C1", "");
    Until.holds("the form with recent files", () -> slack.views.size() == 2);
    assertTrue(slack.views.getLast().toString().contains("old.csv"));
    String fresh = slack.upload("fresh.csv", "b\n2\n");
    interactive(
        people.submit(
            "U1", Map.of(Forms.REQUEST, "sum of b", Forms.FILES, fresh, Forms.RECENT, old)));
    Incoming incoming = only();
    assertEquals("sum of b", words(incoming));
    assertEquals(
        List.of("fresh.csv", "old.csv"),
        incoming.attachments().stream().map(Attachment::name).sorted().toList());
    assertEquals("sum of b", SlackTarget.of(incoming.address()).request());
    for (Attachment attachment : incoming.attachments()) {
      adapter.surface().fetch((Attachment.Remote) attachment, 100);
    }
  }

  @Test
  void aCommandThatSpeaksOfAFileOpensTheFormWithTheRequest() throws Exception {
    command("C1", "average salary by department from this CSV");
    Until.holds("the form", () -> !slack.views.isEmpty());
    assertTrue(slack.views.getFirst().toString().contains("average salary by department"));
    assertEquals(List.of(), inbox.received());
  }

  @Test
  void aFormThatCannotBeStoredStaysOpen() throws Exception {
    command("C1", "");
    Until.holds("the form", () -> !slack.views.isEmpty());
    inbox.refuse(1);
    JsonNode answer = interactive(people.submit("U1", Map.of(Forms.REQUEST, "sum")));
    assertEquals("errors", answer.path("response_action").asText());
    assertTrue(answer.path("errors").path(Forms.REQUEST).asText().contains("Try again"));
  }

  @Test
  void buttonsThatActAreTakenInWithTheirConversation() throws Exception {
    FakeMessage answer = answer("C1", "1700000000.000900");
    interactive(people.press(answer, "U1", "AGAIN 42 slack/T1/C1/command.7"));
    Incoming incoming = only();
    assertEquals(new Content.Pressed(new Action(Verb.AGAIN, 42), ""), incoming.content());
    assertEquals(new ConversationId("slack/T1/C1/command.7"), incoming.conversation());
    assertEquals("1700000000.000900", SlackTarget.of(incoming.address()).thread());
  }

  private static ButtonForm form(Verb verb, String code) {
    return new ButtonForm.Open(ActionForms.of(verb, code).orElseThrow());
  }

  @Test
  void editOpensTheCodeAndHandsBackWhatWasChanged() throws Exception {
    Action edit = new Action(Verb.EDIT, 42);
    String code = "\n\nx = 1\n" + "print(x)  # a line\n".repeat(400);
    inbox.opens(edit, form(Verb.EDIT, code));
    interactive(people.press(answer("C1", ""), "U1", "EDIT 42 slack/T1/C1/9.9"));
    Until.holds("the form", () -> !slack.views.isEmpty());
    JsonNode view = slack.views.getLast();
    Map<String, String> fields = new TreeMap<>();
    for (JsonNode block : view.path("blocks")) {
      fields.put(
          block.path("block_id").asText(), block.path("element").path("initial_value").asText());
    }
    assertTrue(fields.size() > 1, "long code is spread over fields");
    interactive(people.submit("U1", fields));
    assertEquals(new Content.Pressed(edit, code), only().content());
  }

  @Test
  void aButtonThatIsNotTheirsGetsAPrivateWord() throws Exception {
    inbox.opens(
        new Action(Verb.EDIT, 42), new ButtonForm.Refused("Only the one who asked can edit this."));
    interactive(people.press(answer("C1", ""), "U2", "EDIT 42 slack/T1/C1/9.9"));
    Until.holds("a private word", () -> !slack.onlyFor("U2").isEmpty());
    assertTrue(slack.onlyFor("U2").getFirst().shown().contains("Only the one who asked"));
    assertEquals(List.of(), slack.views);
  }

  @Test
  void savingAndComplainingAskForWords() throws Exception {
    inbox.opens(new Action(Verb.SAVE, 42), form(Verb.SAVE, ""));
    interactive(people.press(answer("C1", ""), "U1", "SAVE 42 slack/T1/C1/9.9"));
    Until.holds("the form", () -> slack.views.size() == 1);
    interactive(people.submit("U1", Map.of("name", "burn-rate")));
    inbox.opens(new Action(Verb.WRONG, 42), form(Verb.WRONG, ""));
    interactive(people.press(answer("C1", ""), "U1", "WRONG 42 slack/T1/C1/9.9"));
    Until.holds("the form", () -> slack.views.size() == 2);
    interactive(people.submit("U1", Map.of("complaint", "refunds count")));
    assertEquals(
        List.of(
            new Content.Pressed(new Action(Verb.SAVE, 42), "burn-rate"),
            new Content.Pressed(new Action(Verb.WRONG, 42), "refunds count")),
        inbox.received().stream().map(Incoming::content).toList());
  }

  @Test
  void sharingFromADirectMessageAsksWhere() throws Exception {
    interactive(people.press(answer("D1", ""), "U1", "SHARE 42 slack/T1/D1"));
    Until.holds("the form", () -> !slack.views.isEmpty());
    interactive(people.submit("U1", Map.of(Forms.CHANNEL, "C2")));
    SlackTarget place = SlackTarget.of(only().address());
    assertEquals("C2", place.channel());
    assertEquals(SlackTarget.Audience.SHARED, place.audience());
    assertFalse(place.responseUrl().isEmpty());
    assertFalse(only().address().direct());
  }

  @Test
  void shortcutsRunCodeAndComputeWithFiles() throws Exception {
    ObjectNode code = people.message("C1", "U2", slack.ts(), "", "look:\n```print(1 &lt; 2)```");
    interactive(people.shortcut(ShortcutHandler.RUN_CODE, "U1", code));
    assertEquals("run\n```python\nprint(1 < 2)\n```", words(only()));
    assertEquals(code.path("ts").asText(), SlackTarget.of(only().address()).thread());
    ObjectNode file =
        people.message("C1", "U2", slack.ts(), "", "", slack.upload("sales.csv", "a\n1\n"));
    interactive(people.shortcut(ShortcutHandler.COMPUTE, "U1", file));
    Until.holds("the form", () -> !slack.views.isEmpty());
    interactive(people.submit("U1", Map.of(Forms.REQUEST, "sum of a")));
    Incoming asked = inbox.received().get(1);
    assertEquals("sales.csv", asked.attachments().getFirst().name());
    assertEquals(file.path("ts").asText(), SlackTarget.of(asked.address()).thread());
  }

  @Test
  void unknownAndMalformedThingsDoNoHarm() throws Exception {
    interactive(people.press(answer("C1", ""), "U1", "EXPLODE 42 slack/T1/C1/9.9"));
    interactive(people.press(answer("C1", ""), "U1", "AGAIN many slack/T1/C1/9.9"));
    List<CompletableFuture<JsonNode>> broken =
        List.of(
            slack.sockets.deliver(
                "events_api", FakeSlack.json.createObjectNode().put("type", "event_callback")),
            slack.sockets.deliver("interactive", FakeSlack.json.createArrayNode()),
            slack.sockets.deliver(
                "slash_commands", FakeSlack.json.createObjectNode().put("command", "/x")));
    event(people.message("D1", "U1", slack.ts(), "", "still there?"));
    assertEquals("still there?", words(only()));
    assertTrue(broken.stream().noneMatch(CompletableFuture::isDone), "none is acknowledged");
  }

  @Test
  void aTokenThatIsRefusedStopsTheStartAndSaysWhatToDo() {
    slack.failNext("auth.test", "token_revoked");
    try (SlackAdapter other =
        new SlackAdapter(slack.settings(SlackSettings.Mode.SOCKET), new NoInstallations())) {
      IllegalStateException refused =
          assertThrows(
              IllegalStateException.class, () -> other.start(inbox, inbox, LinkPreviews.NONE));
      assertTrue(Objects.requireNonNull(refused.getMessage()).contains("slack.bot_token"));
    }
  }

  @Test
  void aStartWithoutSlackGoesOnTrying() {
    slack.failNext("auth.test", "5xx");
    try (SlackAdapter other =
        new SlackAdapter(slack.settings(SlackSettings.Mode.SOCKET), new NoInstallations())) {
      other.start(inbox, inbox, LinkPreviews.NONE);
      Until.holds("connected in the end", () -> other.readiness().ready().getAsBoolean());
    }
  }

  @Test
  void doctorNamesMissingScopes() {
    slack.scopes.remove("files:read");
    List<CredentialCheck> checks = SlackCheck.of(slack.settings(SlackSettings.Mode.SOCKET));
    CredentialCheck scopes = checks.get(1);
    assertFalse(scopes.good());
    assertTrue(scopes.found().contains("files:read"), scopes.found());
    assertTrue(checks.get(2).good());
  }

  private FakeMessage answer(String channel, String ts) {
    FakeMessage message =
        new FakeMessage(
            channel,
            ts.isEmpty() ? slack.ts() : ts,
            "",
            "answer",
            FakeSlack.json.createArrayNode(),
            "");
    slack.messages.add(message);
    return message;
  }

  private JsonNode command(String channel, String text) throws Exception {
    return slack.sockets.deliver("slash_commands", people.command(channel, "U1", text)).get();
  }

  private void event(ObjectNode event) throws Exception {
    slack.sockets.deliver("events_api", people.envelope(event)).get();
  }

  private JsonNode interactive(ObjectNode payload) throws Exception {
    return slack.sockets.deliver("interactive", payload).get();
  }

  private Incoming only() {
    assertEquals(1, inbox.received().size());
    return inbox.received().getFirst();
  }

  private String words(Incoming incoming) {
    return assertInstanceOf(Content.Text.class, incoming.content()).text();
  }
}
