package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Action;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Progress by Slack's own streams, against a workspace that refuses what Slack refuses. */
class ProgressStreamsTest {
  private static final String ROOT = "1700000000.000001";
  private static final Reply ANSWER =
      new Reply(
          42,
          Reply.Kind.VERIFIED,
          "Checked: the result.",
          List.of(new Block.Output("sum: 5\n", 0)),
          List.of());

  private static final Reply LATER =
      new Reply(
          42, Reply.Kind.VERIFIED, "Saved.", List.of(new Block.Output("sum: 5\n", 0)), List.of());

  private final FakeSlack slack = new FakeSlack().channel("C1", "U1", FakeSlack.BOT);
  private WorkspaceSurface surface = connected(Scopes.needed().keySet());
  private final Address thread = SlackTarget.in("C1", ROOT, "U1", "slack/T1/C1/1").address();

  @AfterEach
  void nothingWasRefusedForAMistake() {
    slack.close();
    assertEquals(List.of(), slack.mistakes());
  }

  private WorkspaceSurface connected(Set<String> scopes) {
    SlackSettings settings = slack.settings(SlackSettings.Mode.SOCKET);
    WorkspaceSurface made = new WorkspaceSurface(new SlackApi(settings), settings);
    made.connected(new SlackWorkspace("T1", "Test", "UBOT", scopes));
    return made;
  }

  private static Reply working(String doing, String failed) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Text("Person: a sum"));
    if (!failed.isEmpty()) {
      blocks.add(new Block.Footer(failed));
    }
    return new Reply(
        42, Reply.Kind.WORKING, doing, blocks, List.of(new Action(Action.Verb.CANCEL, 42)));
  }

  private MessageRef post(Address to, Reply reply) throws Exception {
    return surface.post(to, reply, Optional.empty(), id -> Optional.empty(), ref -> {});
  }

  private MessageRef edit(Address at, MessageRef message, Reply reply) throws Exception {
    return surface.edit(at, message, reply, id -> Optional.empty(), ref -> {});
  }

  private String shown() {
    return slack.in("C1").getLast().shown();
  }

  @Test
  void eachStepIsATaskAndTheAnswerEndsTheStream() throws Exception {
    MessageRef anchor = post(thread, working("Writing the program …", ""));
    assertEquals("processing", slack.streams.sessions.get("C1/" + ROOT));
    edit(thread, anchor, working("Running the program …", ""));
    edit(thread, anchor, working("Fixing the program … (attempt 2 of 3)", "Attempt 1 failed: x"));
    assertEquals(
        """
        [ Fixing the program … (attempt 2 of 3) ]
          ✓ Writing the program …
          ✗ Running the program …
              Attempt 1 failed: x
          … Fixing the program … (attempt 2 of 3)\
        """
            .strip(),
        shown());
    edit(thread, anchor, ANSWER);
    assertTrue(shown().startsWith("[ Done ]\n"), shown());
    assertTrue(shown().contains("sum: 5"), shown());
    assertFalse(shown().contains("  …"), shown());
    assertEquals("active", slack.streams.sessions.get("C1/" + ROOT));
    assertEquals(0, slack.count("chat.update"));
    assertEquals(Duration.ofMinutes(1), surface.pace(thread).notifyAfter());
  }

  @Test
  void aCommandsMessageSaysWhoAskedOnceAndBeginsAThread() throws Exception {
    Address channel =
        SlackTarget.in("C1", "", "U1", "slack/T1/C1/1").withRequest("a sum").address();
    MessageRef anchor = post(channel, working("Writing the program …", ""));
    edit(channel, anchor, ANSWER);
    assertTrue(shown().startsWith("@U1 asked\n> a sum\n[ Done ]"), shown());
    assertEquals(2, shown().split("a sum", -1).length, shown());
    assertEquals("", slack.in("C1").getLast().thread);
  }

  @Test
  void aStreamThatSlackClosedIsContinuedByEdits() throws Exception {
    MessageRef anchor = post(thread, working("Writing the program …", ""));
    slack.streams.expire();
    edit(thread, anchor, working("Running the program …", ""));
    assertTrue(shown().contains("[Cancel]"), shown());
    edit(thread, anchor, ANSWER);
    assertTrue(shown().contains("sum: 5"), shown());
    assertEquals(1, slack.in("C1").size());
    assertEquals("active", slack.streams.sessions.get("C1/" + ROOT));
  }

  @Test
  void editsOfAnAnswerThatStandsDoNotReleaseItsThreadAgain() throws Exception {
    MessageRef closed = post(thread, working("Writing the program …", ""));
    slack.streams.expire();
    edit(thread, closed, ANSWER);
    edit(thread, closed, LATER);
    edit(thread, closed, ANSWER);
    assertEquals(1, slack.count("agents.sessions.setStatus"));
    MessageRef ended = post(thread, working("Writing the program …", ""));
    edit(thread, ended, ANSWER);
    edit(thread, ended, LATER);
    assertEquals(1, slack.count("agents.sessions.setStatus"), "its end has released the thread");
  }

  @Test
  void aWorkspaceWithoutTheAgentViewHasAMessageThatIsEdited() throws Exception {
    surface = connected(Set.of("chat:write"));
    edit(thread, post(thread, working("Writing the program …", "")), ANSWER);
    assertEquals(0, slack.count("chat.startStream"));
    assertEquals(1, slack.in("C1").size());
    assertEquals(0, slack.count("agents.sessions.setStatus"));
    assertEquals(Duration.ofSeconds(20), surface.pace(thread).notifyAfter());
  }

  @Test
  void aRefusalIsRememberedForTheChannelOrTheWorkspace() throws Exception {
    slack.channel("C2", "U1", FakeSlack.BOT);
    Address other = SlackTarget.in("C2", ROOT, "U1", "slack/T1/C2/1").address();
    slack.failNext("chat.startStream", "channel_type_not_supported");
    post(thread, working("Writing the program …", ""));
    assertTrue(shown().contains("[Cancel]"), shown());
    post(thread, working("Writing the program …", ""));
    assertEquals(1, slack.count("chat.startStream"));
    slack.failNext("chat.startStream", "feature_not_enabled");
    post(other, working("Writing the program …", ""));
    post(other, working("Writing the program …", ""));
    assertEquals(2, slack.count("chat.startStream"));
  }

  @Test
  void whereSlackAsksForAPauseAMessageIsPostedInstead() throws Exception {
    slack.failNext("chat.startStream", "429:30");
    post(thread, working("Writing the program …", ""));
    assertTrue(shown().contains("[Cancel]"), shown());
    post(thread, working("Writing the program …", ""));
    assertEquals(1, slack.count("chat.startStream"));
  }

  @Test
  void blocksThatSlackDoesNotTakeAtTheEndAreSentInWords() throws Exception {
    MessageRef anchor = post(thread, working("Writing the program …", ""));
    slack.failNext("chat.stopStream", "invalid_blocks");
    edit(thread, anchor, ANSWER);
    assertTrue(shown().contains("sum: 5"), shown());
    assertTrue(slack.in("C1").getLast().blocks().isEmpty());
    assertEquals("active", slack.streams.sessions.get("C1/" + ROOT));
  }

  @Test
  void hostileProgressAddressesNobody() throws Exception {
    MessageRef anchor = post(thread, working("Waiting for <!channel> …", ""));
    edit(thread, anchor, working("Running", "Attempt 1 failed: <@U2> " + "x".repeat(900)));
    assertFalse(shown().contains("<!channel>"), shown());
    assertFalse(shown().contains("<@U2>"), shown());
  }

  @Test
  void directMessagesAreStreamedAsRepliesOnly() throws Exception {
    Address top = SlackTarget.in("D1", "", "U1", "slack/T1/D1").address();
    post(top, working("Writing the program …", ""));
    assertEquals(0, slack.count("chat.startStream"));
    Address reply = SlackTarget.in("D1", ROOT, "U1", "slack/T1/D1/" + ROOT).address();
    post(reply, working("Writing the program …", ""));
    assertEquals(1, slack.count("chat.startStream"));
  }
}
