package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Person.Role;
import dev.reckon.core.message.Reply;
import dev.reckon.core.message.Team;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.DeliveryException.Kind;
import dev.reckon.core.surface.ReplySurface;
import dev.reckon.core.surface.Surface;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * Replies on their way to a workspace that is as strict as Slack, and what it answers in trouble.
 */
class SlackSurfaceTest {
  private static final Person ASKER = new Person("slack/T1/U1", "Person", Role.MEMBER);
  private static final ReplySurface.FileContents FILES =
      id ->
          id.equals("7") ? Optional.of("a,b\n".getBytes(StandardCharsets.UTF_8)) : Optional.empty();

  private final FakeSlack slack =
      new FakeSlack().channel("C1", "U1", FakeSlack.BOT).channel("C2", "U1");
  private final SlackAdapter adapter =
      new SlackAdapter(slack.settings(SlackSettings.Mode.SOCKET), new NoInstallations());
  private final Surface surface = adapter.surface();
  private final List<MessageRef> receipts = new ArrayList<>();

  @AfterEach
  void stop() {
    adapter.close();
    assertEquals(List.of(), slack.mistakes());
    slack.close();
  }

  @Test
  void theAnswerReplacesTheProgressAndFilesFollowInItsThread() throws Exception {
    Address channel = command("C1").address();
    MessageRef anchor = post(channel, ReplySamples.working());
    MessageRef answered = edit(channel, anchor, ReplySamples.verifiedTable());
    FakeMessage message = slack.in("C1").getFirst();
    assertEquals(1, slack.in("C1").size());
    assertTrue(message.shown().startsWith("@U1 asked\n> average of 1, 2"), message.shown());
    assertTrue(message.shown().contains("Engineering"), message.shown());
    FakeSlack.FakeFile file = onlyFile("averages.csv");
    assertEquals("C1", file.channel());
    assertEquals(message.ts, file.thread());
    assertEquals(message.ts, SlackTarget.of(surface.under(channel, anchor)).thread());
    assertEquals(answered, edit(channel, answered, ReplySamples.verifiedTable()));
    assertEquals(
        1, slack.count("files.completeUploadExternal"), "a repetition sends no file again");
  }

  @Test
  void aFailureBetweenMessageAndFilesGoesOnWhereItEnded() throws Exception {
    Address thread = SlackTarget.in("C1", "1700000000.000001", "U1", "slack/T1/C1/1").address();
    slack.failNext("files.getUploadURLExternal", "429:3");
    DeliveryException pause =
        assertThrows(DeliveryException.class, () -> post(thread, ReplySamples.verifiedTable()));
    assertEquals(Kind.RATE_LIMITED, pause.kind());
    assertEquals(Duration.ofSeconds(3), pause.retryAfter());
    edit(thread, receipts.getLast(), ReplySamples.verifiedTable());
    assertEquals(1, slack.in("C1").size());
    assertEquals("1700000000.000001", onlyFile("averages.csv").thread());
  }

  @Test
  void longOutputBecomesAFileAndCodeASnippet() throws Exception {
    post(SlackTarget.in("C1", "", "U1", "slack/T1/C1/1").address(), ReplySamples.tooLong());
    assertEquals("python", onlyFile("code.py").snippet());
    String output = new String(onlyFile("output.txt").content(), StandardCharsets.UTF_8);
    assertEquals(4_000, output.lines().count());
  }

  @Test
  void aFileThatHasExpiredIsSaid() throws Exception {
    Reply reply =
        new Reply(
            1,
            Reply.Kind.VERIFIED,
            "Verified",
            List.of(new Block.File("8", "gone.csv", 3)),
            List.of());
    post(SlackTarget.in("C1", "", "U1", "slack/T1/C1/1").address(), reply);
    assertTrue(slack.in("C1").getLast().shown().contains("gone.csv is no longer kept"));
  }

  @Test
  void filesWithoutTheirScopeAreSaidAndTheAnswerStays() throws Exception {
    slack.scopes.remove("files:write");
    post(SlackTarget.in("C1", "", "U1", "slack/T1/C1/1").address(), ReplySamples.verifiedTable());
    assertTrue(slack.in("C1").getFirst().shown().contains("Engineering"));
    assertTrue(slack.in("C1").getLast().shown().contains("files:write"));
  }

  @Test
  void whereReckonIsNoMemberTheAskerAloneGetsTheAnswer() throws Exception {
    Address channel = command("C2").address();
    MessageRef progress = post(channel, ReplySamples.working());
    Address after = surface.under(channel, progress);
    assertTrue(after.direct());
    for (int i = 0; i < 10; i++) {
      edit(channel, progress, ReplySamples.working());
    }
    MessageRef answered = edit(channel, progress, ReplySamples.verifiedTable());
    assertEquals(answered, edit(channel, answered, ReplySamples.verifiedTable()));
    assertEquals(List.of(), slack.in("C2"));
    assertEquals(2, slack.onlyFor("U1").size());
    String shown = slack.onlyFor("U1").getLast().shown();
    assertTrue(shown.contains("[Share]") && shown.contains("/invite"), shown);
    assertEquals("D1", onlyFile("averages.csv").channel());
  }

  @Test
  void anExpiredResponseAddressEndsInADirectMessage() throws Exception {
    SlackTarget place =
        SlackTarget.in("C2", "", "U1", "slack/T1/C2/1")
            .withResponseUrl(slack.base() + "/response/unknown");
    post(place.address(), ReplySamples.verifiedTable());
    assertTrue(slack.in("D1").getFirst().shown().contains("Engineering"));
  }

  @Test
  void sharingReachesAChannelWithoutMembership() throws Exception {
    SlackTarget place = command("C2").to(SlackTarget.Audience.SHARED);
    post(place.address(), ReplySamples.verifiedTable());
    assertTrue(
        slack.in("C2").getFirst().shown().startsWith("@U1\n"), slack.transcript().toString());
    post(command("C1").to(SlackTarget.Audience.SHARED).address(), ReplySamples.verifiedTable());
    assertEquals(1, slack.in("C1").size());
  }

  @Test
  void aPrivateWordIsSeenByOnePersonOnly() throws Exception {
    surface.whisper(
        SlackTarget.in("C1", "", "U1", "").address(),
        ASKER,
        Reply.notice("Only the one who asked may."));
    surface.whisper(command("C2").address(), ASKER, Reply.notice("Not here."));
    assertEquals(2, slack.onlyFor("U1").size());
    assertEquals(List.of(), slack.in("C1"));
  }

  @Test
  void whoIsNamedIsNotified() throws Exception {
    surface.post(
        SlackTarget.in("C1", "1.1", "U1", "").address(),
        ReplySamples.verifiedTable(),
        Optional.of(ASKER),
        FILES,
        receipts::add);
    assertTrue(slack.in("C1").getFirst().shown().startsWith("@U1\n"));
  }

  @Test
  void whereReckonIsNoMemberAScheduleIsTold() throws Exception {
    String sentence =
        surface
            .obstacleLater(SlackTarget.in("C2", "", "U1", "slack/T1/C2/1").address())
            .orElseThrow();
    assertTrue(sentence.contains("/invite @Reckon"), sentence);
    for (String channel : List.of("C1", "D1")) {
      Address there = SlackTarget.in(channel, "", "U1", "slack/T1/" + channel + "/1").address();
      assertEquals(Optional.empty(), surface.obstacleLater(there), channel);
    }
  }

  @Test
  void blocksThatSlackRefusesAreSentInWords() throws Exception {
    slack.failNext("chat.postMessage", "invalid_blocks", "invalid_blocks");
    post(SlackTarget.in("C1", "", "U1", "slack/T1/C1/1").address(), ReplySamples.hostile());
    FakeMessage message = slack.in("C1").getFirst();
    assertTrue(message.blocks().isEmpty());
    assertFalse(message.text().contains("<!channel>"), message.text());
  }

  @Test
  void troubleIsNamedForTheCore() throws Exception {
    Address channel = SlackTarget.in("C1", "", "U1", "slack/T1/C1/1").address();
    Map<String, Kind> expected =
        Map.of(
            "429:7", Kind.RATE_LIMITED,
            "5xx", Kind.TRANSIENT,
            "internal_error", Kind.TRANSIENT,
            "is_archived", Kind.PLACE_GONE,
            "not_in_channel", Kind.PLACE_GONE,
            "token_revoked", Kind.FORBIDDEN,
            "missing_scope", Kind.FORBIDDEN);
    expected.forEach(
        (failure, kind) -> {
          slack.failNext("chat.postMessage", failure);
          assertEquals(kind, kindOf(() -> post(channel, ReplySamples.working())), failure);
        });
    MessageRef anchor = post(channel, ReplySamples.working());
    for (String gone : List.of("message_not_found", "edit_window_closed", "cant_update_message")) {
      slack.failNext("chat.update", gone);
      assertEquals(Kind.MESSAGE_GONE, kindOf(() -> edit(channel, anchor, ReplySamples.working())));
    }
    slack.in("C1").getFirst().delete();
    assertEquals(Kind.MESSAGE_GONE, kindOf(() -> edit(channel, anchor, ReplySamples.working())));
    slack.archived.add("C1");
    assertEquals(Kind.PLACE_GONE, kindOf(() -> edit(channel, anchor, ReplySamples.working())));
  }

  @Test
  void anUnreachableSlackIsAPassingFailure() {
    SlackSettings nowhere =
        new SlackSettings(
            SlackSettings.Mode.SOCKET,
            FakeSlack.BOT_TOKEN,
            FakeSlack.APP_TOKEN,
            "",
            URI.create("http://127.0.0.1:9/api/"));
    try (SlackAdapter other = new SlackAdapter(nowhere, new NoInstallations())) {
      Address channel = SlackTarget.in("C1", "", "U1", "").address();
      assertEquals(
          Kind.TRANSIENT,
          kindOf(
              () ->
                  other
                      .surface()
                      .post(channel, ReplySamples.working(), Optional.empty(), FILES, r -> {})));
    }
  }

  @Test
  void filesComeWithTheTokenAndWithinTheirLimit() throws Exception {
    Attachment.Remote file = remote(slack.upload("a.csv", "a,b\n1,2\n"));
    assertEquals(8, surface.fetch(file, 8).length);
    assertEquals(Kind.REFUSED, kindOf(() -> surface.fetch(file, 7)));
    slack.scopes.remove("files:read");
    DeliveryException login = assertThrows(DeliveryException.class, () -> surface.fetch(file, 100));
    assertEquals(Kind.FORBIDDEN, login.kind());
    assertTrue(Objects.requireNonNull(login.getMessage()).contains("files:read"));
  }

  @Test
  void aLinkIntoAnotherServiceIsNamedForWhatItIs() {
    ObjectNode message = FakeSlack.json.createObjectNode();
    message
        .putArray("files")
        .addObject()
        .put("id", "F9")
        .put("name", "Budget 2025")
        .put("mode", "external")
        .put("is_external", true)
        .put("external_type", "gdrive")
        .put("url_private", "https://docs.google.com/spreadsheets/d/1");
    Attachment.Remote file = (Attachment.Remote) FileReference.in(message).getFirst();
    DeliveryException refused =
        assertThrows(DeliveryException.class, () -> surface.fetch(file, 100));
    assertEquals(Kind.REFUSED, refused.kind());
    assertEquals(
        "Budget 2025 is a link to Google Drive, which Reckon cannot open; download it there (a"
            + " sheet as .xlsx or CSV) and upload the file here",
        refused.getMessage());
  }

  @Test
  void theTokenGoesToNoOtherHost() {
    for (String elsewhere :
        List.of(
            "https://evil.example/a.csv",
            "http://files.slack.com/a.csv",
            "https://slack.com.evil.example/a.csv",
            "http://127.0.0.1:1/a.csv",
            "file:///etc/passwd")) {
      Attachment.Remote file = new Attachment.Remote("a.csv", "F1 " + elsewhere, 3);
      assertEquals(Kind.REFUSED, kindOf(() -> surface.fetch(file, 100)), elsewhere);
    }
  }

  @Test
  void namesAndStandingAreAskedForOnce() throws Exception {
    slack.users.put("U1", user("U1").put("is_admin", true));
    slack.users.put("U2", user("U2").put("is_restricted", true));
    slack.users.put("U3", user("U3").put("is_stranger", true));
    assertEquals(Role.ADMINISTRATOR, complete("U1").role());
    assertEquals(Role.GUEST, complete("U2").role());
    assertEquals(Role.EXTERNAL, complete("U3").role());
    complete("U1");
    assertEquals(3, slack.count("users.info"));
    slack.scopes.remove("users:read");
    assertEquals(Kind.FORBIDDEN, kindOf(() -> complete("U4")), "an event is no answer");
  }

  @Test
  void whatSlackDoesNotTellNowIsAskedForByTheNextTryOfTheStage() throws Exception {
    slack.failNext("users.info", "5xx", "429:2");
    assertEquals(Kind.TRANSIENT, kindOf(() -> complete("U1")));
    DeliveryException pause = assertThrows(DeliveryException.class, () -> complete("U1"));
    assertEquals(Kind.RATE_LIMITED, pause.kind());
    assertEquals(Duration.ofSeconds(2), pause.retryAfter());
    assertEquals("Person U1", complete("U1").name());
    assertEquals(3, slack.count("users.info"));
  }

  private static ObjectNode user(String id) {
    return FakeSlack.json.createObjectNode().put("id", id).put("real_name", "Person " + id);
  }

  private Person complete(String user) throws Exception {
    return surface
        .complete(
            new Incoming(
                "d",
                new ConversationId("slack/T1/C1/1"),
                new Team("slack/T1", ""),
                new Person("slack/T1/" + user, user, Role.MEMBER),
                SlackTarget.in("C1", "", user, "").address(),
                new Content.Text("x", false),
                List.of(),
                Instant.EPOCH))
        .person();
  }

  private SlackTarget command(String channel) {
    return SlackTarget.in(channel, "", "U1", "slack/T1/" + channel + "/command.1")
        .withRequest("average of 1, 2")
        .withResponseUrl(slack.responseUrl(channel, "U1"));
  }

  private Attachment.Remote remote(String id) {
    return new Attachment.Remote("a.csv", id + " " + slack.base() + "/files/" + id, 8);
  }

  private FakeSlack.FakeFile onlyFile(String name) {
    List<FakeSlack.FakeFile> found =
        slack.files.values().stream().filter(f -> f.name().equals(name)).toList();
    assertEquals(1, found.size(), name);
    return found.getFirst();
  }

  private MessageRef post(Address to, Reply reply) throws Exception {
    return surface.post(to, reply, Optional.empty(), FILES, receipts::add);
  }

  private MessageRef edit(Address at, MessageRef message, Reply reply) throws Exception {
    return surface.edit(at, message, reply, FILES, receipts::add);
  }

  private static Kind kindOf(Executable call) {
    return assertThrows(DeliveryException.class, call).kind();
  }
}
