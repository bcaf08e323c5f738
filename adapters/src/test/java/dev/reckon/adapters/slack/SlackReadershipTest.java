package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Person.Role;
import dev.reckon.core.message.Reply;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.Readership;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who reads what in a workspace, as Slack tells it. */
@Timeout(60)
class SlackReadershipTest {
  private final FakeSlack slack =
      new FakeSlack().channel("C1", "U1", "U2", "U3", "U4", "U5", FakeSlack.BOT);
  private final SlackApi api = new SlackApi(slack.settings(SlackSettings.Mode.HTTP));
  private final Readership readership =
      new SlackReadership(
          team -> team.equals(FakeSlack.TEAM) ? Optional.of(api) : Optional.empty());
  private final Address channel = SlackTarget.in("C1", "1.2", "U1", "slack/T1/C1/1").address();

  @AfterEach
  void close() throws Exception {
    api.close();
    assertEquals(List.of(), slack.mistakes());
    slack.close();
  }

  @Test
  void membersAreFoundOnEveryPageOfThem() throws Exception {
    for (String user : List.of("U1", "U3", "U5")) {
      assertTrue(readership.reads(channel, "slack/T1/" + user), user);
    }
    assertFalse(readership.reads(channel, "slack/T1/U6"));
  }

  @Test
  void peopleOfOtherWorkspacesAndPlacesOfOnePersonAreNotAskedFor() throws Exception {
    assertFalse(readership.reads(channel, "slack/T2/U1"));
    assertFalse(readership.reads(channel, "slack/T1"));
    Address asker =
        SlackTarget.in("C1", "", "U1", "slack/T1/C1/1").to(SlackTarget.Audience.ASKER).address();
    assertFalse(readership.reads(asker, "slack/T1/U1"));
    assertFalse(readership.reads(SlackTarget.in("D1", "", "U1", "k").address(), "slack/T1/U1"));
    Readership early = new SlackReadership(team -> Optional.empty());
    assertFalse(early.reads(channel, "slack/T1/U1"));
    assertThrows(
        DeliveryException.class,
        () -> readership.known(new Person("slack/T2/U1", "x", Role.MEMBER)));
    assertEquals(0, slack.count("conversations.members"));
  }

  @Test
  void whatACommandShowedToTheAskerAloneIsNotReadByTheChannel() {
    SlackTarget command =
        SlackTarget.in("C1", "", "U1", "slack/T1/C1/1").withResponseUrl("https://slack.example/r");
    MessageRef alone = SentParts.toAskerOnly("C1").with("answer").with("chart").ref();
    MessageRef direct = SentParts.message("D1", "1700000000.000100").ref();
    MessageRef inChannel = SentParts.message("C1", "1700000000.000100").with("chart").ref();
    Address asked = command.address();
    assertFalse(readership.postedForAll(asked, List.of(alone, direct)));
    assertFalse(readership.postedForAll(asked, List.of()));
    assertTrue(readership.postedForAll(asked, List.of(alone, inChannel)));
    assertTrue(readership.postedForAll(channel, List.of()));
    Address shared = command.to(SlackTarget.Audience.SHARED).address();
    assertTrue(readership.postedForAll(shared, List.of(alone)));
  }

  @Test
  void whatSlackDoesNotTellIsNoMembership() {
    slack.failNext("conversations.members", "5xx");
    assertThrows(DeliveryException.class, () -> readership.reads(channel, "slack/T1/U1"));
    slack.scopes.remove("channels:read");
    DeliveryException missing =
        assertThrows(DeliveryException.class, () -> readership.reads(channel, "slack/T1/U1"));
    assertEquals(DeliveryException.Kind.FORBIDDEN, missing.kind());
    Address gone = SlackTarget.in("C9", "", "U1", "slack/T1/C9/1").address();
    assertThrows(DeliveryException.class, () -> readership.reads(gone, "slack/T1/U1"));
  }

  @Test
  void namesAndRolesAreThoseOfNow() throws Exception {
    slack.users.put(
        "U1",
        FakeSlack.json
            .createObjectNode()
            .put("id", "U1")
            .put("real_name", "Ada L.")
            .put("deleted", true));
    Person now = readership.known(new Person("slack/T1/U1", "Ada", Role.MEMBER));
    assertEquals(Role.FORMER, now.role());
    assertEquals("Ada L.", now.name());
  }

  @Test
  void anAnswerShowsTheLinkToItsPage() {
    Reply reply =
        new Reply(
            7,
            Reply.Kind.VERIFIED,
            "Verified",
            List.of(new Block.Output("42", 0), new Block.Page("https://reckon.example/c/7")),
            List.of());
    String blocks =
        ReplyRenderer.render(reply, SlackTarget.of(channel), Optional.empty()).message().blocks();
    assertTrue(
        blocks.contains(
            "{\"type\":\"link\",\"url\":\"https://reckon.example/c/7\",\"text\":\"Open\"}"),
        blocks);
  }
}
