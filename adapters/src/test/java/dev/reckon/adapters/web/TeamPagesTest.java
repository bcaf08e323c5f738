package dev.reckon.adapters.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.message.Team;
import dev.reckon.core.store.Outbox;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.Readership;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnStatus;
import dev.reckon.core.turn.Usage;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who sees the page of an answer that was posted in a chat, and what a shared link opens. */
@Timeout(120)
class TeamPagesTest {
  private static final String SECRET = "the salary of the board";
  private static final Address CHANNEL = new Address("slack", "C1 thread", "C1", false);
  private static final MessageRef ALONE = new MessageRef("to the asker alone");
  private static final Address PRIVATE = new Address("slack", "D1", "D1", true);

  @TempDir Path folder;
  private WebServer web;
  private final Set<String> members = ConcurrentHashMap.newKeySet();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile boolean tells = true;
  private int deliveries;

  @BeforeEach
  void open() {
    web = new WebServer(folder, access(Duration.ofMinutes(5), Duration.ofDays(30)), 0);
  }

  @AfterEach
  void close() {
    web.close();
  }

  private TeamAccess access(Duration membership, Duration sharing) {
    return new TeamAccess(
        Optional.empty(),
        List.of(new Members()),
        membership,
        sharing,
        List.of(),
        Optional.of(new ProxySignIn("X-User", Set.of("127.0.0.1"), "slack/T1/*", "slack/T1")),
        asking -> Optional.empty(),
        asking -> Optional.empty());
  }

  private final class Members implements Readership {
    @Override
    public String surface() {
      return "slack";
    }

    @Override
    public Set<String> readers(Address at, Set<String> people) throws DeliveryException {
      asked.incrementAndGet();
      if (!tells) {
        throw new DeliveryException(DeliveryException.Kind.FORBIDDEN, "missing_scope");
      }
      return people.stream()
          .filter(person -> members.contains(at.channel() + " " + person))
          .collect(Collectors.toSet());
    }

    @Override
    public boolean postedForAll(Address at, List<MessageRef> posted) {
      return !posted.contains(ALONE);
    }

    @Override
    public Person known(Person person) {
      return person;
    }
  }

  private long answered(String user, Address address) {
    String id = "slack/T1/" + address.channel() + "/" + ++deliveries;
    ConversationId conversation = new ConversationId(id);
    Person person = new Person("slack/T1/" + user, user, Person.Role.MEMBER);
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
                    new Content.Text(SECRET, false),
                    List.of(),
                    Instant.now()))
            .orElseThrow();
    long turn =
        web.store
            .turns()
            .begin(conversation, OptionalLong.of(delivery), person, TurnKind.REQUEST, SECRET)
            .id();
    web.store
        .turns()
        .finish(
            new TurnResult(
                turn,
                TurnStatus.VERIFIED,
                "Verified",
                "name,usd\nAda,1\nBob,2\n",
                "print(1)",
                List.of(),
                List.of(),
                null,
                List.of(),
                Usage.NONE,
                Duration.ZERO));
    return turn;
  }

  private HttpResponse<String> as(String user, String path) throws Exception {
    try (TeamBrowser browser = new TeamBrowser().with("X-User", user)) {
      return browser.get(web.at(path));
    }
  }

  @Test
  void membersOfTheChannelSeeAnAnswerAndOthersLearnNothing() throws Exception {
    long turn = answered("U1", CHANNEL);
    members.add("C1 slack/T1/U2");
    assertTrue(as("U1", "/c/" + turn).body().contains(SECRET));
    HttpResponse<String> member = as("U2", "/c/" + turn);
    assertEquals(200, member.statusCode());
    assertTrue(member.body().contains(SECRET));
    HttpResponse<String> other = as("U3", "/c/" + turn);
    HttpResponse<String> nothing = as("U3", "/c/999999");
    assertEquals(404, other.statusCode());
    assertEquals(nothing.statusCode(), other.statusCode());
    assertFalse(other.body().contains(SECRET));
    for (String part :
        List.of(
            "/code.py",
            "/table/1/table.csv",
            "/table/1",
            "/output.txt",
            "/answer.md",
            "/file/0/x")) {
      assertEquals(404, as("U3", "/c/" + turn + part).statusCode(), part);
    }
    assertEquals(200, as("U2", "/c/" + turn + "/table/1/table.csv").statusCode());
  }

  @Test
  void anAnswerThatOnePersonSeesIsTheirsUntilItIsPosted() throws Exception {
    long turn = answered("U1", PRIVATE);
    members.add("C1 slack/T1/U2");
    members.add("D1 slack/T1/U2");
    assertEquals(404, as("U2", "/c/" + turn).statusCode());
    Reply reply = new Reply(turn, Reply.Kind.VERIFIED, "ok", List.of(), List.of());
    ConversationId conversation = web.store.turns().find(turn).orElseThrow().conversation();
    web.store.outbox().add(new Outbox.Draft(conversation, CHANNEL, reply, null, Instant.now()));
    assertEquals(200, as("U2", "/c/" + turn).statusCode());
    assertEquals(404, as("U3", "/c/" + turn).statusCode());
  }

  @Test
  void whatWasShownToTheAskerAloneInAChannelIsTheirs() throws Exception {
    long turn = answered("U1", CHANNEL);
    members.add("C1 slack/T1/U2");
    ConversationId conversation = web.store.turns().find(turn).orElseThrow().conversation();
    web.store.outbox().posted("slack", ALONE, conversation, turn, true);
    assertEquals(200, as("U1", "/c/" + turn).statusCode());
    assertEquals(404, as("U2", "/c/" + turn).statusCode());
  }

  @Test
  void anAdministratorOfTheMachineSeesNoContents() throws Exception {
    long turn = answered("U1", CHANNEL);
    web.signIn();
    HttpResponse<String> page = web.get("/c/" + turn);
    assertEquals(404, page.statusCode());
    assertFalse(page.body().contains(SECRET));
  }

  @Test
  void whatCannotBeCheckedIsRefusedInPlainWords() throws Exception {
    long turn = answered("U1", CHANNEL);
    tells = false;
    HttpResponse<String> page = as("U2", "/c/" + turn);
    assertEquals(503, page.statusCode());
    assertFalse(page.body().contains(SECRET));
    assertTrue(
        page.body().contains("Slack cannot tell at the moment whether you are one"), page.body());
    assertEquals(200, as("U1", "/c/" + turn).statusCode(), "who asked needs no check");
  }

  @Test
  void whatAPlatformSaidIsBelievedForAWhile() throws Exception {
    long turn = answered("U1", CHANNEL);
    members.add("C1 slack/T1/U2");
    as("U2", "/c/" + turn);
    as("U2", "/c/" + turn);
    assertEquals(1, asked.get());
    web.close();
    web = new WebServer(folder, access(Duration.ofNanos(1), Duration.ofDays(30)), 0);
    assertEquals(200, as("U2", "/c/" + turn).statusCode());
    members.clear();
    assertEquals(404, as("U2", "/c/" + turn).statusCode());
  }

  private static String link(HttpResponse<String> page) {
    Matcher link = Pattern.compile("http://[^<\"]*(/s/[A-Za-z0-9_-]{43})").matcher(page.body());
    assertTrue(link.find(), page.body());
    return link.group(1);
  }

  @Test
  void aSharedLinkOpensOneComputationUntilItIsRevoked() throws Exception {
    long turn = answered("U1", PRIVATE);
    long other = answered("U1", PRIVATE);
    try (TeamBrowser ada = new TeamBrowser().with("X-User", "U1");
        TeamBrowser stranger = new TeamBrowser()) {
      URI page = web.at("/c/" + turn);
      HttpResponse<String> made = ada.form(page, web.at("/web/share"), "&turn=" + turn);
      assertEquals(200, made.statusCode(), made.body());
      String path = link(made);
      HttpResponse<String> shared = stranger.get(web.at(path));
      assertEquals(200, shared.statusCode());
      assertTrue(shared.body().contains(SECRET));
      assertFalse(shared.body().contains("/c/" + turn), "no link that would not open");
      assertFalse(shared.body().contains("data-token"), "nothing to send");
      assertEquals("noindex", shared.headers().firstValue("X-Robots-Tag").orElse(""));
      assertEquals("no-referrer", shared.headers().firstValue("Referrer-Policy").orElse(""));
      assertEquals(200, stranger.get(web.at(path + "/table/1/table.csv")).statusCode());
      assertEquals(200, stranger.get(web.at(path + "/code.py")).statusCode());
      assertEquals(200, stranger.get(web.at(path + "/table/1")).statusCode());
      assertEquals(404, stranger.get(web.at(path + "/table/2")).statusCode());
      assertEquals(401, stranger.get(web.at("/c/" + turn)).statusCode());
      assertEquals(401, stranger.get(web.at("/c/" + other)).statusCode());
      assertEquals(404, stranger.get(web.at(path.substring(0, 45) + "x")).statusCode());
      String stored = web.store.webShares().of("slack/T1/U1", Instant.now()).toString();
      assertFalse(stored.contains(path.substring(3)), "the store keeps a hash only");
      assertFalse(ada.get(web.at("/shared")).body().contains(path), "it is shown once");
      long id = web.store.webShares().of("slack/T1/U1", Instant.now()).getFirst().id();
      try (TeamBrowser bob = new TeamBrowser().with("X-User", "U2")) {
        bob.form(web.at("/shared"), web.at("/web/unshare"), "&share=" + id);
        assertEquals(200, stranger.get(web.at(path)).statusCode(), "it is not his to revoke");
      }
      ada.form(web.at("/shared"), web.at("/web/unshare"), "&share=" + id);
      assertEquals(404, stranger.get(web.at(path)).statusCode());
      assertEquals(
          List.of("revoked", "made"),
          web.store.audit().since(Instant.EPOCH, 9).stream()
              .filter(line -> line.event().equals("shared"))
              .map(line -> line.outcome())
              .toList());
    }
  }

  @Test
  void onlyWhoAskedSharesAndOnlyWithAForm() throws Exception {
    long turn = answered("U1", CHANNEL);
    members.add("C1 slack/T1/U2");
    try (TeamBrowser bob = new TeamBrowser().with("X-User", "U2");
        TeamBrowser ada = new TeamBrowser().with("X-User", "U1")) {
      URI share = web.at("/web/share");
      assertEquals(403, bob.form(web.at("/c/" + turn), share, "&turn=" + turn).statusCode());
      ada.get(web.at("/"));
      assertEquals(403, ada.bareForm(share, "turn=" + turn).statusCode(), "no token");
      ada.with("Origin", "https://evil.example");
      assertEquals(
          401, ada.form(web.at("/c/" + turn), share, "&turn=" + turn).statusCode(), "elsewhere");
      assertEquals(List.of(), web.store.webShares().of("slack/T1/U1", Instant.now()));
    }
  }

  @Test
  void sharingCanBeSwitchedOff() throws Exception {
    long turn = answered("U1", PRIVATE);
    String path;
    try (TeamBrowser ada = new TeamBrowser().with("X-User", "U1")) {
      path = link(ada.form(web.at("/c/" + turn), web.at("/web/share"), "&turn=" + turn));
    }
    web.close();
    web = new WebServer(folder, access(Duration.ofMinutes(5), Duration.ZERO), 0);
    try (TeamBrowser ada = new TeamBrowser().with("X-User", "U1")) {
      assertFalse(ada.get(web.at("/c/" + turn)).body().contains("/web/share"));
      assertEquals(
          403, ada.form(web.at("/c/" + turn), web.at("/web/share"), "&turn=" + turn).statusCode());
      assertEquals(404, ada.get(web.at(path)).statusCode());
    }
  }

  @Test
  void anAnswerInAChatLinksToItsPage() {
    URI pages = URI.create("https://reckon.example/");
    Reply answer = new Reply(7, Reply.Kind.VERIFIED, "ok", List.of(), List.of());
    assertEquals(
        List.of(new Block.Page("https://reckon.example/c/7")),
        PageLinks.linked(answer, pages).blocks());
    Reply alert =
        new Reply(7, Reply.Kind.VERIFIED, "ok", List.of(new Block.Page("/c/5")), List.of());
    assertEquals(
        List.of(
            new Block.Page("https://reckon.example/c/5"),
            new Block.Page("https://reckon.example/c/7")),
        PageLinks.linked(alert, pages).blocks());
    Reply working = new Reply(7, Reply.Kind.WORKING, "…", List.of(), List.of());
    assertEquals(working, PageLinks.linked(working, pages));
    assertEquals(Reply.notice("x"), PageLinks.linked(Reply.notice("x"), pages));
  }
}
