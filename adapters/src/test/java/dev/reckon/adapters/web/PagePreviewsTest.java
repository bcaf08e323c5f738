package dev.reckon.adapters.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.message.Team;
import dev.reckon.core.store.ContentHash;
import dev.reckon.core.store.Outbox;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.LinkPreviews.Place;
import dev.reckon.core.surface.LinkPreviews.Preview;
import dev.reckon.core.surface.Readership;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnStatus;
import dev.reckon.core.turn.Usage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A link is previewed only where everybody who sees it may open it. */
@Timeout(60)
class PagePreviewsTest {
  private static final String SITE = "https://reckon.example";
  private static final Address CHANNEL = new Address("slack", "C1 thread", "C1", false);
  private static final Address ALONE = new Address("slack", "D1", "D1", true);

  @TempDir Path folder;
  private WebServer web;
  private final Set<String> members = ConcurrentHashMap.newKeySet();
  private volatile boolean tells = true;
  private int deliveries;

  @BeforeEach
  void open() {
    web = server(Optional.of(URI.create(SITE + "/")), Duration.ofDays(30));
    members.addAll(Set.of("C1 slack/T1/U1", "C1 slack/T1/U2"));
  }

  @AfterEach
  void close() {
    web.close();
  }

  private WebServer server(Optional<URI> publicUrl, Duration sharing) {
    return new WebServer(
        folder,
        new TeamAccess(
            publicUrl,
            List.of(new Members()),
            Duration.ofMinutes(5),
            sharing,
            List.of(),
            Optional.empty(),
            asking -> Optional.empty(),
            asking -> Optional.empty()),
        0);
  }

  private final class Members implements Readership {
    @Override
    public String surface() {
      return "slack";
    }

    @Override
    public Set<String> readers(Address at, Set<String> people) throws DeliveryException {
      if (!tells) {
        throw new DeliveryException(DeliveryException.Kind.FORBIDDEN, "missing_scope");
      }
      return people.stream()
          .filter(person -> members.contains(at.channel() + " " + person))
          .collect(Collectors.toSet());
    }

    @Override
    public boolean postedForAll(Address at, List<MessageRef> posted) {
      return true;
    }

    @Override
    public Person known(Person person) {
      return person;
    }
  }

  /** A channel with those readers; with none, nobody can tell. */
  private record Channel(String channel, Set<String> known) implements Place {
    static Channel of(String channel, String... people) {
      return new Channel(channel, Set.of(people));
    }

    @Override
    public String surface() {
      return "slack";
    }

    @Override
    public Set<String> readers() throws DeliveryException {
      if (known.isEmpty()) {
        throw new DeliveryException(DeliveryException.Kind.REFUSED, "nobody can tell");
      }
      return known;
    }
  }

  private long asked(Address address) {
    String id = "slack/T1/" + address.channel() + "/" + ++deliveries;
    ConversationId conversation = new ConversationId(id);
    Person person = new Person("slack/T1/U1", "Ada", Person.Role.MEMBER);
    long delivery =
        web.store
            .deliveries()
            .add(
                new Incoming(
                    id,
                    conversation,
                    new Team("slack/T1", "Analysts"),
                    person,
                    address,
                    new Content.Text("cost of the move", false),
                    List.of(),
                    Instant.now()))
            .orElseThrow();
    return web.store
        .turns()
        .begin(
            conversation, OptionalLong.of(delivery), person, TurnKind.REQUEST, "cost of the move")
        .id();
  }

  private long answered(
      Address address, TurnStatus status, String output, TurnResult.@Nullable Verification check) {
    long turn = asked(address);
    web.store
        .turns()
        .finish(
            new TurnResult(
                turn,
                status,
                "ValueError: Ada 70000",
                output,
                "print(1)",
                List.of(),
                List.of(),
                check,
                List.of(),
                Usage.NONE,
                Duration.ZERO));
    return turn;
  }

  private long answered(Address address) {
    return answered(address, TurnStatus.VERIFIED, "4,200 EUR\n", null);
  }

  private Optional<Preview> find(String path, Place place) throws Exception {
    return web.adapter.previews().find(SITE + path, place);
  }

  private boolean isShown(long turn, Place place) throws Exception {
    return find("/c/" + turn, place).isPresent();
  }

  @Test
  void whereItWasPostedALinkShowsRequestAnswerAndStatus() throws Exception {
    long turn = answered(CHANNEL);
    assertEquals(
        Optional.of(new Preview("cost of the move", "4,200 EUR", Reply.Kind.VERIFIED, "verified")),
        find("/c/" + turn, Channel.of("C1")));
  }

  @Test
  void elsewhereAllWhoReadItMustReadTheAnswerToo() throws Exception {
    long turn = answered(CHANNEL);
    assertTrue(isShown(turn, Channel.of("C2", "slack/T1/U1", "slack/T1/U2")));
    assertFalse(isShown(turn, Channel.of("C2", "slack/T1/U1", "slack/T1/U3")));
    assertFalse(isShown(turn, Channel.of("C2", "slack/T2/U1")), "of another workspace");
    assertFalse(isShown(turn, Channel.of("C2")), "what cannot be checked");
    tells = false;
    assertFalse(isShown(turn, Channel.of("C3", "slack/T1/U1", "slack/T1/U4")));
  }

  @Test
  void anAnswerOfOnePersonIsShownToThemAlone() throws Exception {
    long turn = answered(ALONE);
    assertTrue(isShown(turn, Channel.of("D9", "slack/T1/U1")));
    assertFalse(isShown(turn, Channel.of("C1", "slack/T1/U1", "slack/T1/U2")));
    assertFalse(isShown(turn, Channel.of("C1")));
    assertFalse(isShown(turn, Channel.of("D1")), "the id of a direct message is no proof");
    Reply reply = new Reply(turn, Reply.Kind.VERIFIED, "ok", List.of(), List.of());
    ConversationId conversation = web.store.turns().find(turn).orElseThrow().conversation();
    web.store.outbox().add(new Outbox.Draft(conversation, CHANNEL, reply, null, Instant.now()));
    assertTrue(isShown(turn, Channel.of("C1")));
  }

  @Test
  void aSharedLinkIsShownEverywhereUntilItIsRevokedOrExpires() throws Exception {
    long turn = answered(ALONE);
    String token = "a".repeat(43);
    Instant now = Instant.now();
    web.store
        .webShares()
        .create(ContentHash.of(token), turn, "slack/T1/U1", now, now.plusSeconds(600));
    assertTrue(find("/s/" + token, Channel.of("C7")).isPresent());
    assertTrue(find("/s/" + token, Channel.of("")).isPresent(), "while it is typed, too");
    assertFalse(find("/s/" + "b".repeat(43), Channel.of("C7")).isPresent());
    long id = web.store.webShares().of("slack/T1/U1", now).getFirst().id();
    web.store.webShares().revoke(id, "slack/T1/U1", Instant.now());
    assertFalse(find("/s/" + token, Channel.of("C7")).isPresent());
    web.store
        .webShares()
        .create(
            ContentHash.of(token + "x"),
            turn,
            "slack/T1/U1",
            now.minusSeconds(60),
            now.minusSeconds(1));
    assertFalse(find("/s/" + token + "x", Channel.of("C7")).isPresent());
  }

  @Test
  void whatWasSharedIsNotShownOnceSharingIsSwitchedOff() throws Exception {
    long turn = answered(ALONE);
    String token = "c".repeat(43);
    Instant now = Instant.now();
    web.store
        .webShares()
        .create(ContentHash.of(token), turn, "slack/T1/U1", now, now.plusSeconds(600));
    web.close();
    web = server(Optional.of(URI.create(SITE + "/")), Duration.ZERO);
    assertFalse(find("/s/" + token, Channel.of("C7")).isPresent());
  }

  @Test
  void nothingOfALongOutputOrAnErrorIsShown() throws Exception {
    String table = "name,usd\nAda,70000\nBob,50000\n";
    long printed = answered(CHANNEL, TurnStatus.VERIFIED, table, null);
    assertEquals("", find("/c/" + printed, Channel.of("C1")).orElseThrow().answer());
    long labelled = answered(CHANNEL, TurnStatus.VERIFIED, "Ada: 70000\nBob: 50000\n", null);
    assertEquals("", find("/c/" + labelled, Channel.of("C1")).orElseThrow().answer());
    long failed = answered(CHANNEL, TurnStatus.FAILED, "Ada 70000", null);
    assertEquals(
        new Preview("cost of the move", "", Reply.Kind.FAILED, "failed"),
        find("/c/" + failed, Channel.of("C1")).orElseThrow());
    long found =
        answered(
            CHANNEL,
            TurnStatus.VERIFIED,
            table,
            new TurnResult.Verification(true, "", List.of(), "Ada earns most"));
    assertEquals("Ada earns most", find("/c/" + found, Channel.of("C1")).orElseThrow().answer());
  }

  @Test
  void anAnswerThatSomebodyFoundWrongSaysSo() throws Exception {
    long turn = answered(CHANNEL);
    web.store.turns().dispute(turn, "slack/T1/U1", "no");
    String status = find("/c/" + turn, Channel.of("C1")).orElseThrow().status();
    assertEquals("verified · disputed by Ada", status);
  }

  @Test
  void whatIsNoPageOfAComputationHasNoPreview() throws Exception {
    long turn = answered(CHANNEL);
    long running = asked(CHANNEL);
    Place here = Channel.of("C1");
    for (String path :
        List.of(
            "",
            "/",
            "/c/",
            "/c/999999",
            "/c/" + running,
            "/c/" + turn + "/code.py",
            "/c/" + turn + "/../" + turn,
            "/c/-1",
            "/c/99999999999999999999",
            "/s/x",
            "/operations",
            "/c/" + turn + "?" + "x".repeat(1_000))) {
      assertEquals(Optional.empty(), find(path, here), path);
    }
    for (String link :
        List.of(
            "https://evil.example/c/" + turn,
            "https://reckon.example:444/c/" + turn,
            "https://u@reckon.example/c/" + turn,
            "http://reckon.example/c/" + turn,
            "mailto:/c/" + turn,
            "/c/" + turn,
            "https://reckon.example/c/" + turn + " %",
            "")) {
      assertEquals(Optional.empty(), web.adapter.previews().find(link, here), link);
    }
    assertTrue(find("/c/" + turn + "#code", here).isPresent());
  }

  @Test
  void withoutAPublicAddressNothingIsPreviewed() throws Exception {
    long turn = answered(CHANNEL);
    web.close();
    web = server(Optional.empty(), Duration.ofDays(30));
    assertFalse(isShown(turn, Channel.of("C1")));
  }
}
