package dev.reckon.adapters.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Action;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.store.SavedComputation.Parameter;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.surface.Readership;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnStatus;
import dev.reckon.core.turn.Usage;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The form on a computation's page that runs its program with other values or on other files. */
@Timeout(120)
class RunAgainTest {
  private static final Address CHANNEL = new Address("slack", "C1 thread", "C1", false);
  private static final String CODE =
      """
      month = 3  # parameter: the month
      print(month, open("sales.csv").read())\
      """;

  @TempDir Path folder;
  private WebServer web;
  private int deliveries;

  /** Who is in the channel now. */
  private final Set<String> members = new HashSet<>(Set.of("slack/T1/ada", "slack/T1/bob"));

  @BeforeEach
  void open() {
    TeamAccess access =
        new TeamAccess(
            Optional.empty(),
            List.of(new Channel()),
            Duration.ofMinutes(5),
            Duration.ofDays(30),
            List.of(),
            Optional.of(new ProxySignIn("X-User", Set.of("127.0.0.1"), "slack/T1/*", "slack/T1")),
            asking -> Optional.empty(),
            asking -> Optional.empty());
    web = new WebServer(folder, access, 0);
  }

  @AfterEach
  void close() {
    web.close();
  }

  private final class Channel implements Readership {
    @Override
    public String surface() {
      return "slack";
    }

    @Override
    public Set<String> readers(Address at, Set<String> people) {
      return people.stream().filter(members::contains).collect(Collectors.toSet());
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

  private long ran(
      ConversationId conversation, Address at, TurnKind kind, String code, String... files) {
    Person ada = new Person("slack/T1/ada", "Ada", Person.Role.MEMBER);
    long delivery =
        web.store
            .deliveries()
            .add(
                new Incoming(
                    "d" + ++deliveries,
                    conversation,
                    new Team("slack/T1", "Analysts"),
                    ada,
                    at,
                    new Content.Text("sales of March", false),
                    List.of(),
                    Instant.now()))
            .orElseThrow();
    for (String file : files) {
      attach(conversation, file);
    }
    long turn =
        web.store
            .turns()
            .begin(conversation, OptionalLong.of(delivery), ada, kind, "sales of March")
            .id();
    web.store
        .turns()
        .finish(
            new TurnResult(
                turn,
                TurnStatus.NOT_JUDGED,
                "Not checked.",
                "3",
                code,
                List.of(),
                List.of(),
                null,
                List.of(),
                Usage.NONE,
                Duration.ZERO));
    return turn;
  }

  private void attach(ConversationId conversation, String file) {
    web.store
        .files()
        .putAttached(conversation, file, file, "x\n1\n".getBytes(StandardCharsets.UTF_8));
  }

  /** A computation of Ada's in a channel, with a file. */
  private long ranInChannel() {
    ConversationId thread = new ConversationId("slack/T1/C1/1");
    return ran(thread, CHANNEL, TurnKind.REQUEST, CODE, "sales.csv");
  }

  private static String conversation(String page) {
    Matcher key = Pattern.compile("data-again=\"\\d+\" data-conversation=\"(\\w+)\"").matcher(page);
    assertTrue(key.find(), page);
    return key.group(1);
  }

  private HttpResponse<String> again(
      TeamBrowser browser, long turn, String values, Attachment.Inline... files) throws Exception {
    String key = conversation(browser.get(web.at("/c/" + turn)).body());
    return browser.script(
        web.at("/saved"),
        web.at("/web/send"),
        WebServer.frame(key, values, "key-0000000" + ++deliveries, turn, files));
  }

  @Test
  void whoAskedInAChatRunsTheProgramAgainInTheBrowser() throws Exception {
    long turn = ranInChannel();
    try (TeamBrowser ada = new TeamBrowser().with("X-User", "ada")) {
      String page = ada.get(web.at("/c/" + turn)).body();
      assertTrue(page.contains("data-field=\"month\" value=\"3\""), page);
      assertTrue(page.contains("Leave it empty to use sales.csv as it was then."), page);
      assertFalse(page.contains("data-as"), "a file that stands in keeps its name");
      Attachment.Inline april = new Attachment.Inline("april.csv", new byte[] {'x'});
      HttpResponse<String> sent = again(ada, turn, "month=4", april);
      assertEquals(200, sent.statusCode(), sent.body());
      assertTrue(
          sent.body().contains("sales of March"), "the conversation is called by the request");
      Incoming received = web.inbox.received().getFirst();
      assertEquals(
          new Content.Pressed(new Action(Action.Verb.AGAIN, turn), "month=4"), received.content());
      assertEquals("web", received.address().surface());
      assertEquals("april.csv", received.attachments().getFirst().name());
      assertEquals(
          List.of("slack/T1/C1/1"), List.of(conversationOf(turn)), "the thread is left alone");
    }
  }

  private String conversationOf(long turn) {
    return web.store.turns().find(turn).orElseThrow().conversation().value();
  }

  @Test
  void aRunIsComparedWithTheFirstFromBothOfTheirPages() throws Exception {
    long first = ranInChannel();
    try (TeamBrowser ada = new TeamBrowser().with("X-User", "ada")) {
      again(ada, first, "month=4");
      ConversationId there = web.inbox.received().getFirst().conversation();
      long second =
          ran(there, WebSurface.address(there), TurnKind.AGAIN, CODE.replace("= 3", "= 4"));
      for (String way : List.of("/c/%d", "/c/%2$d", "/c/%d/compare/%d", "/c/%2$d/compare/%1$d")) {
        HttpResponse<String> page = ada.get(web.at(way.formatted(first, second)));
        assertEquals(200, page.statusCode(), way);
        assertTrue(page.body().contains("month = "), "the values that differ: " + way);
      }
      String page = ada.get(web.at("/c/" + second)).body();
      assertTrue(page.contains("Compare with " + first), page);
      assertEquals(there.value(), "web/" + conversation(page), "its runs stay together");
    }
    try (TeamBrowser bob = new TeamBrowser().with("X-User", "bob")) {
      assertFalse(bob.get(web.at("/c/" + first)).body().contains("Compare with"), "hers alone");
    }
  }

  @Test
  void aReaderRunsTheProgramAsTheirOwnOnTheirOwnFiles() throws Exception {
    long turn = ranInChannel();
    try (TeamBrowser bob = new TeamBrowser().with("X-User", "bob")) {
      String page = bob.get(web.at("/c/" + turn)).body();
      assertTrue(page.contains("required data-as=\"sales.csv\""), page);
      assertEquals(200, again(bob, turn, "month=4").statusCode());
      Content.Text sent =
          assertInstanceOf(Content.Text.class, web.inbox.received().getFirst().content());
      assertEquals("run " + CODE.replace("= 3", "= 4"), sent.text());
      assertTrue(sent.command());
    }
  }

  @Test
  void whoHasLeftTheChannelAttachesTheFiles() throws Exception {
    long turn = ranInChannel();
    members.remove("slack/T1/ada");
    try (TeamBrowser ada = new TeamBrowser().with("X-User", "ada")) {
      String page = ada.get(web.at("/c/" + turn)).body();
      assertTrue(page.contains("required data-as=\"sales.csv\""), page);
      assertEquals(200, again(ada, turn, "month=4").statusCode());
      Content.Text sent =
          assertInstanceOf(Content.Text.class, web.inbox.received().getFirst().content());
      assertEquals("run " + CODE.replace("= 3", "= 4"), sent.text(), "files stay where they are");
      for (String key : List.of(conversation(page), WebServer.CHAT)) {
        byte[] body =
            "{\"conversation\":\"%s\",\"verb\":\"AGAIN\",\"turn\":%d,\"key\":\"key-90000000\"}"
                .formatted(key, turn)
                .getBytes(StandardCharsets.UTF_8);
        int status = ada.script(web.at("/saved"), web.at("/web/press"), body).statusCode();
        assertEquals(key.equals(WebServer.CHAT) ? 404 : 403, status);
      }
      assertEquals(1, web.inbox.received().size());
    }
  }

  @Test
  void runsOfATurnStayInOneConversationThatNobodyElseCanBegin() throws Exception {
    long turn = ranInChannel();
    try (TeamBrowser ada = new TeamBrowser().with("X-User", "ada");
        TeamBrowser bob = new TeamBrowser().with("X-User", "bob")) {
      String key = conversation(ada.get(web.at("/c/" + turn)).body());
      byte[] taken = WebServer.frame(key, "hello", "key-80000000");
      assertEquals(
          404, bob.script(web.at("/saved"), web.at("/web/send"), taken).statusCode(), "Ada's");
      byte[] elsewhere = WebServer.frame(WebServer.CHAT, "month=4", "key-80000001", turn);
      assertEquals(404, ada.script(web.at("/saved"), web.at("/web/send"), elsewhere).statusCode());
      assertEquals(List.of(), web.inbox.received());
      assertEquals(200, again(ada, turn, "month=4").statusCode());
      assertEquals(200, again(bob, turn, "month=4").statusCode());
    }
  }

  @Test
  void aProgramWithManyValuesGetsAFormWithTheFirstOfThem() throws Exception {
    String code =
        IntStream.range(0, 5_000).mapToObj(i -> "a" + i + "=1\n").collect(Collectors.joining());
    long turn =
        ran(new ConversationId("slack/T1/C1/1"), CHANNEL, TurnKind.REQUEST, code + "print(a1)");
    try (TeamBrowser ada = new TeamBrowser().with("X-User", "ada")) {
      String page = ada.get(web.at("/c/" + turn)).body();
      assertTrue(page.contains("The first 40 of 5000 values"), "the rest is told");
      assertEquals(41, page.split("data-field=", -1).length);
      assertEquals(200, again(ada, turn, "a4999=2").statusCode());
    }
  }

  @Test
  void strangersRunNothing() throws Exception {
    long turn = ranInChannel();
    try (TeamBrowser eve = new TeamBrowser().with("X-User", "eve")) {
      byte[] frame = WebServer.frame(WebServer.CHAT, "month=4", "key-00000001", turn);
      HttpResponse<String> sent = eve.script(web.at("/saved"), web.at("/web/send"), frame);
      assertEquals(404, sent.statusCode());
      assertEquals(List.of(), web.inbox.received());
    }
  }

  @Test
  void aValueThatDoesNotFitIsSaidOnTheForm() throws Exception {
    long turn = ranInChannel();
    try (TeamBrowser ada = new TeamBrowser().with("X-User", "ada")) {
      HttpResponse<String> refused = again(ada, turn, "month=much");
      assertEquals(400, refused.statusCode());
      assertTrue(refused.body().contains("must be a whole number"), refused.body());
      assertEquals(400, again(ada, turn, "year=4").statusCode());
      assertEquals(400, again(ada, turn, "anything").statusCode());
      assertEquals(List.of(), web.inbox.received());
    }
  }

  @Test
  void theFormOfASavedComputationSendsItsChangedValues() throws Exception {
    long turn = ranInChannel();
    web.store
        .computations()
        .save(
            "slack/T1",
            new SavedComputation(
                "sales",
                1,
                turn,
                "sales of March",
                CODE,
                List.of(new Parameter("month", SavedComputation.Type.INTEGER, "3")),
                List.of(),
                List.of(),
                "verified",
                "slack/T1/ada",
                "Ada",
                Instant.now(),
                null));
    try (TeamBrowser bob = new TeamBrowser().with("X-User", "bob")) {
      String page = bob.get(web.at("/saved/sales")).body();
      assertTrue(page.contains("data-field=\"month\" value=\"3\""), page);
      for (String value : List.of("month=4", "month=3", "month=much", "year=1")) {
        byte[] frame =
            WebServer.savedFrame(WebServer.CHAT, "sales", value, "key-0000000" + ++deliveries);
        bob.script(web.at("/saved"), web.at("/web/send"), frame);
      }
      assertEquals(
          List.of("do sales month=4", "do sales"),
          web.inbox.received().stream().map(one -> ((Content.Text) one.content()).text()).toList());
    }
  }
}
