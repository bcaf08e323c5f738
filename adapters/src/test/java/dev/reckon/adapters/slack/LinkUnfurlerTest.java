package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.adapters.surface.RecordingInbox;
import dev.reckon.core.message.Reply;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.LinkPreviews.Place;
import dev.reckon.core.surface.LinkPreviews.Preview;
import dev.reckon.testing.Until;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is shown below links, and who is said to read them, in a workspace as strict as Slack. */
@Timeout(60)
class LinkUnfurlerTest {
  private static final String PAGE = "https://" + FakeLinks.DOMAIN + "/c/7";
  private static final Preview ANSWER =
      new Preview("average of 3, 5 and 8", "5.33", Reply.Kind.VERIFIED, "verified");

  private final FakeSlack slack =
      new FakeSlack().channel("C1", "U1", "U2", FakeSlack.BOT).channel("C2", "U1", "U2");
  private final SlackPeople people = new SlackPeople(slack);
  private final RecordingInbox inbox = new RecordingInbox();
  private final Map<String, Preview> previews = new ConcurrentHashMap<>();
  private final List<Place> places = Collections.synchronizedList(new ArrayList<>());
  private final SlackAdapter adapter =
      new SlackAdapter(slack.settings(SlackSettings.Mode.SOCKET), new NoInstallations());

  @BeforeEach
  void start() {
    adapter.start(
        inbox,
        inbox,
        (link, place) -> {
          places.add(place);
          return Optional.ofNullable(previews.get(link));
        });
    Until.holds("connected", () -> adapter.readiness().ready().getAsBoolean());
  }

  @AfterEach
  void stop() {
    adapter.close();
    assertEquals(List.of(), slack.mistakes());
    assertEquals(List.of(), inbox.received());
    slack.close();
  }

  /** Tells of an event, and waits until all of its links were looked at. */
  private ObjectNode told(ObjectNode event) throws Exception {
    int looked = places.size() + event.path("links").size();
    slack.sockets.deliver("events_api", people.envelope(event)).get();
    Until.holds("the links", () -> places.size() >= looked);
    return event;
  }

  private Place posted(String channel) throws Exception {
    told(slack.links.posted(FakeSlack.TEAM, channel, "U1", PAGE));
    return places.getLast();
  }

  private static String refusal(Place place) throws InterruptedException {
    try {
      throw new AssertionError("read by " + place.readers());
    } catch (DeliveryException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void aComputationIsShownBelowItsLink() throws Exception {
    previews.put(PAGE, ANSWER);
    ObjectNode message = told(slack.links.posted(FakeSlack.TEAM, "C1", "U1", PAGE, PAGE + "9"));
    Until.holds("a preview", () -> !slack.links.shown(message, PAGE).isEmpty());
    assertEquals("average of 3, 5 and 8\n5.33\n✅ verified", slack.links.shown(message, PAGE));
    assertEquals("", slack.links.shown(message, PAGE + "9"), "one that nobody may see");
    assertEquals("C1", places.getLast().channel());
  }

  @Test
  void whileALinkIsTypedNobodyKnowsWhoWillReadIt() throws Exception {
    previews.put(PAGE, ANSWER);
    ObjectNode draft = told(slack.links.typed("U1", PAGE));
    assertEquals("", places.getLast().channel());
    assertEquals("it is not posted yet", refusal(places.getLast()));
    Until.holds("a preview", () -> !slack.links.shown(draft, PAGE).isEmpty());
  }

  @Test
  void aPrivateChannelIsReadByItsMembers() throws Exception {
    slack.closed.add("C1");
    assertEquals(Set.of("slack/T1/U1", "slack/T1/U2"), posted("C1").readers());
  }

  @Test
  void whoReadsPublicAndSharedChannelsIsNotKnown() throws Exception {
    assertEquals("others than the channel's members can read it", refusal(posted("C1")));
    slack.closed.add("C1");
    slack.connected.add("C1");
    assertEquals("others than the channel's members can read it", refusal(posted("C1")));
  }

  @Test
  void whoReadsWhereReckonIsNotIsNotKnown() throws Exception {
    slack.closed.add("C2");
    assertTrue(refusal(posted("C2")).contains("channel_not_found"));
    assertEquals("Reckon is not in that conversation", refusal(posted("D7")));
    slack.failNext("conversations.info", "5xx");
    slack.closed.add("C1");
    assertTrue(refusal(posted("C1")).contains("503"));
  }

  @Test
  void aDirectMessageWithReckonIsReadByOnePerson() throws Exception {
    slack.channel("D1", "U1", FakeSlack.BOT);
    assertEquals(Set.of("slack/T1/U1"), posted("D1").readers());
    assertEquals(0, slack.count("conversations.members"));
  }

  @Test
  void hostileTextStaysTextAndIsCut() throws Exception {
    String hostile = "<!channel> *x* <https://evil.example|open> \u202e\n" + "y".repeat(5_000);
    previews.put(PAGE, new Preview(hostile, hostile, Reply.Kind.NOT_JUDGED, "x · " + hostile));
    ObjectNode message = told(slack.links.posted(FakeSlack.TEAM, "C1", "U1", PAGE));
    Until.holds("a preview", () -> !slack.links.shown(message, PAGE).isEmpty());
    String blocks = slack.links.all().toString();
    assertFalse(blocks.contains("mrkdwn"), blocks);
    assertFalse(blocks.contains("\u202e"), blocks);
    assertTrue(slack.links.shown(message, PAGE).length() < 1_000);
  }

  @Test
  void atMostFiveLinksOfAMessageAreLookedAt() throws Exception {
    String[] links = new String[20];
    for (int i = 0; i < links.length; i++) {
      links[i] = PAGE + i;
      previews.put(PAGE + i, ANSWER);
    }
    ObjectNode message = slack.links.posted(FakeSlack.TEAM, "C1", "U1", links);
    slack.sockets.deliver("events_api", people.envelope(message)).get();
    Until.holds("previews", () -> slack.count("chat.unfurl") == 1);
    assertEquals(5, places.size());
  }

  @Test
  void whatSlackRefusesIsLeftAlone() throws Exception {
    previews.put(PAGE, ANSWER);
    slack.scopes.remove("links:write");
    ObjectNode message = told(slack.links.posted(FakeSlack.TEAM, "C1", "U1", PAGE));
    Until.holds("asked", () -> slack.count("chat.unfurl") == 1);
    slack.failNext("chat.unfurl", "cannot_unfurl_url");
    told(slack.links.posted(FakeSlack.TEAM, "C1", "U1", PAGE));
    Until.holds("asked", () -> slack.count("chat.unfurl") == 2);
    // A workspace that was not told of the link.
    slack.scopes.add("links:write");
    told(slack.links.posted("T9", "C1", "U1", PAGE));
    Until.holds("asked", () -> slack.count("chat.unfurl") == 3);
    assertEquals(List.of(), slack.links.all());
    assertEquals("", slack.links.shown(message, PAGE));
    assertTrue(adapter.readiness().ready().getAsBoolean());
  }
}
