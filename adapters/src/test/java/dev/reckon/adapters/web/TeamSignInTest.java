package dev.reckon.adapters.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.reckon.app.StartedReckon;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.Readership;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Signing in with Slack, with Telegram and by a proxy's header, and every way that fails. */
@Timeout(120)
class TeamSignInTest {
  private static final Map<String, Object> ADA_ON_SLACK =
      Map.of(
          "https://slack.com/team_id", "T1",
          "https://slack.com/team_name", "Analysts",
          "https://slack.com/user_id", "U1",
          "name", "Ada");

  @TempDir Path folder;
  private int port;
  private FakeOpenId slack;
  private FakeOpenId telegram;
  private WebServer web;
  private TeamBrowser browser;

  /** The roles that Slack knows, by person. */
  private final Map<String, Person.Role> roles = new ConcurrentHashMap<>();

  private volatile boolean slackAnswers = true;
  private volatile Optional<String> refusal = Optional.empty();

  @BeforeEach
  void open() throws Exception {
    port = StartedReckon.freePort();
    slack = new FakeOpenId("http://127.0.0.1:" + port + "/sign-in/slack/callback", false);
    telegram = new FakeOpenId("http://127.0.0.1:" + port + "/sign-in/telegram/callback", true);
    slack.person = ADA_ON_SLACK;
    telegram.person = Map.of("id", 42L, "name", "Bob");
    web = new WebServer(folder, access(), port);
    browser = new TeamBrowser();
  }

  @AfterEach
  void close() {
    browser.close();
    web.close();
    slack.close();
    telegram.close();
  }

  private TeamAccess access() {
    return new TeamAccess(
        Optional.of(URI.create("http://127.0.0.1:" + port + "/")),
        List.of(new SlackRoles()),
        Duration.ofNanos(1),
        Duration.ofDays(1),
        List.of(
            slack.standIn(OpenIdProvider.slack(FakeOpenId.CLIENT, FakeOpenId.SECRET, "T1")),
            telegram.standIn(OpenIdProvider.telegram(FakeOpenId.CLIENT, FakeOpenId.SECRET))),
        Optional.of(
            new ProxySignIn("X-Forwarded-User", Set.of("127.0.0.1"), "slack/T1/*", "slack/T1")),
        asking -> refusal,
        asking -> refusal);
  }

  private final class SlackRoles implements Readership {
    @Override
    public String surface() {
      return "slack";
    }

    @Override
    public Set<String> readers(Address at, Set<String> people) {
      return Set.of();
    }

    @Override
    public boolean postedForAll(Address at, List<MessageRef> posted) {
      return true;
    }

    @Override
    public Person known(Person person) throws DeliveryException {
      if (!slackAnswers) {
        throw new DeliveryException(DeliveryException.Kind.TRANSIENT, "Slack is away");
      }
      return new Person(
          person.id(), person.name(), roles.getOrDefault(person.id(), Person.Role.MEMBER));
    }
  }

  /** Follows the way to the platform and back; the answer of the last step. */
  private HttpResponse<String> signIn(String provider, String query) throws Exception {
    HttpResponse<String> begun = browser.get(web.at("/sign-in/" + provider + query));
    assertEquals(303, begun.statusCode());
    HttpResponse<String> platform = browser.get(location(begun));
    assertEquals(302, platform.statusCode(), platform.body());
    return browser.get(location(platform));
  }

  private static URI location(HttpResponse<String> answer) {
    return URI.create(answer.headers().firstValue("Location").orElseThrow());
  }

  private int start() throws Exception {
    return browser.get(web.at("/")).statusCode();
  }

  @Test
  void aMemberOfTheWorkspaceIsTheSamePersonAsInItsChats() throws Exception {
    HttpResponse<String> page = browser.get(web.at("/c/7?x=1"));
    assertEquals(401, page.statusCode());
    assertTrue(page.body().contains("/sign-in/slack?to=%2Fc%2F7%3Fx%3D1"), page.body());
    HttpResponse<String> done = signIn("slack", "?to=%2Fc%2F7%3Fx%3D1");
    assertEquals(200, done.statusCode(), done.body());
    assertTrue(done.body().contains("content=\"0; url=/c/7?x=1\""), done.body());
    assertEquals(200, start());
    var who = web.store.webSessions().valid(Instant.now()).getFirst().who();
    assertEquals("slack/T1/U1", who.person());
    assertEquals("slack/T1", who.team());
    assertEquals("Ada", who.name());
  }

  @Test
  void aProxyThatDoesNotKeepTheHostIsNamedInsteadOfRedirectingForever() throws Exception {
    URI behind = URI.create("http://localhost:" + port);
    HttpResponse<String> moved = browser.get(behind.resolve("/sign-in/slack?to=%2Fc%2F7"));
    assertEquals(303, moved.statusCode());
    URI there = location(moved);
    assertEquals("127.0.0.1", there.getHost());
    assertEquals(303, browser.get(there).statusCode(), "the public address goes on to Slack");
    HttpResponse<String> bounced =
        browser.get(behind.resolve(there.getRawPath() + "?" + there.getRawQuery()));
    assertEquals(500, bounced.statusCode());
    assertTrue(bounced.body().contains("does not keep the Host header"), bounced.body());
  }

  @Test
  void aPlatformThatDoesNotAnswerIsCalledByItsName() throws Exception {
    HttpResponse<String> platform = browser.get(location(browser.get(web.at("/sign-in/slack"))));
    slack.close();
    HttpResponse<String> failed = browser.get(location(platform));
    assertEquals(401, failed.statusCode());
    assertTrue(failed.body().contains("could not be checked with Slack. Try"), failed.body());
  }

  @Test
  void telegramVouchesWithACodeVerifier() throws Exception {
    assertEquals(200, signIn("telegram", "").statusCode());
    var who = web.store.webSessions().valid(Instant.now()).getFirst().who();
    assertEquals("telegram/42", who.person());
    assertEquals("telegram/42", who.team());
    for (Object id : List.of("42", -42L, 0L, 1.5)) {
      telegram.person = Map.of("id", id, "name", "Mallory");
      assertEquals(401, signIn("telegram", "").statusCode(), "id " + id);
    }
    telegram.person = Map.of("name", "Mallory");
    assertEquals(401, signIn("telegram", "").statusCode());
  }

  @Test
  void aTokenThatIsNotExactlyRightSignsNobodyIn() throws Exception {
    Date past = Date.from(Instant.now().minusSeconds(3_600));
    slack.twist = claims -> claims.audience("another");
    assertEquals(401, signIn("slack", "").statusCode(), "audience");
    slack.twist = claims -> claims.issuer("https://evil.example");
    assertEquals(401, signIn("slack", "").statusCode(), "issuer");
    slack.twist = claims -> claims.claim("nonce", "another".repeat(9));
    assertEquals(401, signIn("slack", "").statusCode(), "nonce");
    slack.twist = claims -> claims.claim("nonce", null);
    assertEquals(401, signIn("slack", "").statusCode(), "no nonce");
    slack.twist = claims -> claims.expirationTime(past);
    assertEquals(401, signIn("slack", "").statusCode(), "expired");
    slack.twist = claims -> claims.issueTime(past);
    assertEquals(401, signIn("slack", "").statusCode(), "made an hour ago");
    slack.twist = claims -> claims.claim("https://slack.com/team_id", "T2");
    assertEquals(401, signIn("slack", "").statusCode(), "another workspace");
    slack.twist = claims -> claims.claim("https://slack.com/user_id", "../U1");
    assertEquals(401, signIn("slack", "").statusCode(), "no user");
    slack.twist = claims -> claims;
    slack.forger = new RSAKeyGenerator(2048).keyID("k1").generate();
    assertEquals(401, signIn("slack", "").statusCode(), "another key under the same name");
    assertEquals(List.of(), web.store.webSessions().valid(Instant.now()));
  }

  @Test
  void anAnswerCountsOnceAndInTheBrowserThatAsked() throws Exception {
    HttpResponse<String> begun = browser.get(web.at("/sign-in/slack"));
    URI back = location(browser.get(location(begun)));
    try (TeamBrowser other = new TeamBrowser()) {
      assertEquals(401, other.get(back).statusCode(), "a browser that did not ask");
      HttpResponse<String> own = other.get(web.at("/sign-in/slack"));
      String query = back.getQuery().replaceAll("state=.*", "state=");
      String state = location(own).getQuery().replaceAll(".*state=([0-9a-f]+).*", "$1");
      assertEquals(
          401,
          other.get(web.at("/sign-in/slack/callback?" + query + state)).statusCode(),
          "another's code with a state of its own: the nonce differs");
    }
    assertEquals(
        401, browser.get(URI.create(back + "x")).statusCode(), "a state that differs at its end");
    HttpResponse<String> again = browser.get(web.at("/sign-in/slack"));
    URI second = location(browser.get(location(again)));
    Map<String, String> kept = Map.copyOf(browser.cookies());
    assertEquals(200, browser.get(second).statusCode());
    browser.cookies().putAll(kept);
    assertEquals(401, browser.get(second).statusCode(), "the same code again");
    assertEquals(401, browser.get(web.at("/sign-in/slack/callback?error=denied")).statusCode());
    assertEquals(404, browser.get(web.at("/sign-in/other")).statusCode());
  }

  @Test
  void nobodyIsSentToAnotherServer() throws Exception {
    for (String to :
        List.of(
            "https://evil.example/",
            "//evil.example",
            "/%5Cevil.example".replace("%5C", "\\"),
            "/\t/evil.example",
            "javascript:alert(1)",
            "/x\"><script>")) {
      HttpResponse<String> done = signIn("slack", "?to=" + Addresses.segment(to));
      assertTrue(done.body().contains("content=\"0; url=/\""), to + done.body());
    }
    browser.cookies().clear();
    browser.with("Sec-Fetch-Site", "cross-site").with("Sec-Fetch-Mode", "navigate");
    HttpResponse<String> led = browser.get(web.at("/c/7"));
    assertEquals(200, led.statusCode());
    assertTrue(led.body().contains("content=\"0; url=/c/7\""), led.body());
  }

  @Test
  void aSessionBeginsAnewWithEachSignIn() throws Exception {
    String planted = "x".repeat(43);
    browser.cookies().put("reckon_" + port, planted);
    assertEquals(401, start());
    signIn("slack", "");
    String first = browser.cookies().get("reckon_" + port);
    assertNotEquals(planted, first);
    signIn("slack", "");
    assertNotEquals(first, browser.cookies().get("reckon_" + port));
    assertEquals(1, web.store.webSessions().valid(Instant.now()).size(), "the old one has ended");
    browser.cookies().put("reckon_" + port, first);
    assertEquals(401, start());
  }

  @Test
  void whoLeftOrMayNotUseItIsOutAndWhoCannotBeCheckedWaits() throws Exception {
    refusal = Optional.of("Guests may not use Reckon here; ask Grace to allow you.");
    HttpResponse<String> refused = signIn("slack", "");
    assertEquals(403, refused.statusCode());
    assertTrue(refused.body().contains("ask Grace"), refused.body());
    refusal = Optional.empty();
    signIn("slack", "");
    assertEquals(200, start());
    refusal = Optional.of("You may not use Reckon; ask Grace for the reason.");
    assertEquals(403, start(), "blocked after signing in");
    refusal = Optional.empty();
    slackAnswers = false;
    HttpResponse<String> unknown = browser.get(web.at("/"));
    assertEquals(503, unknown.statusCode());
    assertTrue(unknown.body().contains("Slack cannot tell at the moment"), unknown.body());
    slackAnswers = true;
    assertEquals(200, start());
    roles.put("slack/T1/U1", Person.Role.FORMER);
    assertEquals(401, start());
    roles.clear();
    assertEquals(401, start(), "the session has ended");
  }

  @Test
  void theHeaderOfAProxyCountsOnlyFromItsAddress() throws Exception {
    assertEquals(401, start());
    browser.with("X-Forwarded-User", "U1");
    refusal = Optional.of("Only listed people may use Reckon.");
    assertEquals(403, start(), "the policy is asked about whoever comes by it");
    browser.cookies().clear();
    refusal = Optional.empty();
    assertEquals(200, start());
    assertEquals("slack/T1/U1", web.store.webSessions().valid(Instant.now()).getFirst().person());
    browser.without("X-Forwarded-User");
    assertEquals(401, start(), "the cookie alone is not enough");
    assertEquals(
        401,
        browser.get(web.at("/stream/" + WebServer.CHAT)).statusCode(),
        "nor is it for an open page");
    browser.with("X-Forwarded-User", "U2");
    HttpResponse<String> other = browser.get(web.at("/sessions"));
    assertEquals(200, other.statusCode(), "another person at the proxy is another session");
    assertEquals(1, other.body().split("This browser", -1).length - 1);
    for (String hostile : List.of("../U3", "U3/x", "U3,U4", "", "*", "x".repeat(101))) {
      browser.cookies().clear();
      browser.with("X-Forwarded-User", hostile);
      assertEquals(401, start(), hostile);
    }
    ProxySignIn proxy = new ProxySignIn("X-U", Set.of("10.0.0.7", "::1"), "proxy/*", "proxy");
    assertTrue(proxy.identity("10.0.0.7", List.of("ada")).isPresent());
    assertTrue(proxy.identity("0:0:0:0:0:0:0:1", List.of("ada")).isPresent());
    assertFalse(proxy.identity("10.0.0.8", List.of("ada")).isPresent(), "another address");
    assertFalse(proxy.identity("10.0.0.7", List.of("ada", "bob")).isPresent(), "the header twice");
    assertFalse(proxy.identity("10.0.0.7", List.of()).isPresent());
  }

  @Test
  void aProxySignsNobodyInAsTheOwnerOfTheMachine() {
    for (String person : List.of("*", "terminal/*", "web/*", "proxy/", "*/*")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new ProxySignIn("X-U", Set.of("127.0.0.1"), person, "t"),
          person);
    }
  }

  @Test
  void whatOneSentIsUnderTheirNameAndTeam() throws Exception {
    signIn("slack", "");
    TeamBrowser chat = browser;
    var token = Pattern.compile("data-token=\"([0-9a-f]{64})\"");
    var found = token.matcher(chat.get(web.at("/")).body());
    assertTrue(found.find());
    var request =
        java.net.http.HttpRequest.newBuilder(web.at("/web/send"))
            .header("Cookie", "reckon_" + port + "=" + chat.cookies().get("reckon_" + port))
            .header("X-Reckon-Token", found.group(1))
            .POST(
                java.net.http.HttpRequest.BodyPublishers.ofByteArray(
                    WebServer.frame("fedcba9876543210", "one", "key-00000001")))
            .build();
    assertEquals(
        200,
        web.client.send(request, java.net.http.HttpResponse.BodyHandlers.ofString()).statusCode());
    var incoming = web.inbox.received().getFirst();
    assertEquals("slack/T1/U1", incoming.person().id());
    assertEquals("slack/T1", incoming.team().id());
  }
}
