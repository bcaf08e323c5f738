package dev.reckon.adapters.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.reckon.app.StartedReckon;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.surface.Readership;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnStatus;
import dev.reckon.core.turn.Usage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Members of a team in a real Chromium: the pages, the store and the HTTP server are real, and
 * stand-ins play Slack and Telegram, on another site than the pages, as these platforms are.
 */
class TeamStoriesIT {
  @TempDir private static Path folder;
  private static StoryBrowser browser;
  private static FakeOpenId slack;
  private static FakeOpenId telegram;
  private static WebServer web;
  private static URI reckon;
  private static long turn;

  @BeforeAll
  static void start() throws Exception {
    browser = StoryBrowser.start();
    PlaywrightAssertions.setDefaultAssertionTimeout(StoryBrowser.PATIENCE_MS);
    int port = StartedReckon.freePort();
    reckon = URI.create("http://localhost:" + port + "/");
    slack = new FakeOpenId(reckon.resolve("/sign-in/slack/callback").toString(), false);
    telegram = new FakeOpenId(reckon.resolve("/sign-in/telegram/callback").toString(), true);
    telegram.person = Map.of("id", 42L, "name", "Tom");
    web = new WebServer(folder, access(), port);
    turn = answeredInChannel();
  }

  private static TeamAccess access() {
    return new TeamAccess(
        Optional.of(reckon),
        List.of(new Channel()),
        Duration.ofMinutes(5),
        Duration.ofDays(30),
        List.of(
            slack.standIn(OpenIdProvider.slack(FakeOpenId.CLIENT, FakeOpenId.SECRET, "T1")),
            telegram.standIn(OpenIdProvider.telegram(FakeOpenId.CLIENT, FakeOpenId.SECRET))),
        Optional.empty(),
        asking -> Optional.empty(),
        asking ->
            asking.person().id().equals("slack/T1/U9")
                ? Optional.of("You are blocked. Ask an administrator of Reckon.")
                : Optional.empty());
  }

  /** A channel whose members are U1, who asked there, and U2. */
  private static final class Channel implements Readership {
    @Override
    public String surface() {
      return "slack";
    }

    @Override
    public Set<String> readers(Address at, Set<String> people) {
      return people.contains("slack/T1/U2") ? Set.of("slack/T1/U2") : Set.of();
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

  private static long answeredInChannel() {
    ConversationId thread = new ConversationId("slack/T1/C1/1");
    Person ada = new Person("slack/T1/U1", "Ada", Person.Role.MEMBER);
    long delivery =
        web.store
            .deliveries()
            .add(
                new Incoming(
                    "d1",
                    thread,
                    new Team("slack/T1", "Analysts"),
                    ada,
                    new Address("slack", "C1 thread", "C1", false),
                    new Content.Text("Sales by region", false),
                    List.of(),
                    Instant.now()))
            .orElseThrow();
    long begun =
        web.store
            .turns()
            .begin(thread, OptionalLong.of(delivery), ada, TurnKind.REQUEST, "Sales by region")
            .id();
    web.store
        .turns()
        .finish(
            new TurnResult(
                begun,
                TurnStatus.VERIFIED,
                "Checked.",
                "region,sales\nNorth,12\nSouth,9\n",
                "least = 5  # parameter: the least sales\nprint('region,sales')",
                List.of(),
                List.of(),
                null,
                List.of(),
                Usage.NONE,
                Duration.ofSeconds(2)));
    return begun;
  }

  @AfterAll
  static void stop() {
    if (web != null) {
      web.close();
      telegram.close();
      slack.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void noPageComplained() {
    assertEquals(List.of(), browser.complaints());
  }

  private static void come(String user, String name) {
    slack.person =
        Map.of(
            "https://slack.com/team_id",
            "T1",
            "https://slack.com/team_name",
            "Analysts",
            "https://slack.com/user_id",
            user,
            "name",
            name);
  }

  /** Follows the link to the answer's page that a chat shows, and signs in on the way. */
  private static Page followLink(String provider) {
    Page page = browser.profile();
    page.navigate(slack.issuer() + "/chat?" + reckon.resolve("/c/" + turn));
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Open")).click();
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(provider)).click();
    return page;
  }

  @Test
  void aMemberFollowsALinkFromTheChatSignsInAndReadsTheAnswer() throws Exception {
    come("U2", "Bob");
    Page page = browser.profile();
    page.navigate(reckon.resolve("/c/" + turn).toString());
    assertThat(page.getByText("You are not signed in.")).isVisible();
    browser.check(page, "team-sign-in");
    page.context().close();
    page = followLink("Sign in with Slack");
    assertThat(page.locator("h1")).hasText("Sales by region");
    assertThat(page).hasURL(Pattern.compile(".*/c/" + turn));
    assertThat(page.locator("table")).containsText("North");
    browser.check(page, "team-computation");
    page.getByLabel("least").fill("7");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Run again")).click();
    assertThat(page.locator("article.asked")).containsText("least=7");
    page.navigate(slack.issuer() + "/chat?" + reckon.resolve("/c/" + turn));
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Open")).click();
    assertThat(page.locator("h1")).hasText("Sales by region");
    page.context().close();
  }

  @Test
  void whoIsNotInTheChannelLearnsNothing() throws Exception {
    come("U3", "Eve");
    Page page = followLink("Sign in with Slack");
    assertThat(page.locator("h1")).hasText("There is no such computation for you.");
    assertFalse(page.content().contains("Sales by region"));
    page.context().close();
    page = followLink("Log In With Telegram");
    assertThat(page.locator("h1")).hasText("There is no such computation for you.");
    page.context().close();
  }

  @Test
  void whoeverThePolicyShutsOutIsTold() throws IOException {
    come("U9", "Mallory");
    Page page = followLink("Sign in with Slack");
    assertThat(page.getByText("You are blocked.")).isVisible();
    browser.check(page, "team-refused");
    page.context().close();
  }
}
