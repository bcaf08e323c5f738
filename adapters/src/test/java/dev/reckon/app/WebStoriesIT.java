package dev.reckon.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.reckon.adapters.llm.FakeModelServer;
import dev.reckon.adapters.web.StoryBrowser;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnStatus;
import dev.reckon.core.turn.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * One person in a real Chromium, against the started program: everything is real but the model. The
 * stories share one program and one browser, and every page that they come to is checked for
 * accessibility.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WebStoriesIT {
  private static final Pattern CHAT = Pattern.compile(".*/chat/[0-9a-f]{32}");

  @TempDir private static Path folder;
  private static final WebModel MODEL = new WebModel();
  private static FakeModelServer server;
  private static StartedReckon reckon;
  private static StoryBrowser browser;
  private static Page page;
  private static int port;
  private static long foreign;

  @BeforeAll
  static void start() throws Exception {
    PlaywrightAssertions.setDefaultAssertionTimeout(StoryBrowser.PATIENCE_MS);
    browser = StoryBrowser.start();
    page = browser.profile();
    server = new FakeModelServer().answerBy(MODEL::answer);
    port = StartedReckon.freePort();
    foreign = computationOfSomebodyElse();
    reckon = startReckon();
  }

  private static long computationOfSomebodyElse() {
    try (JdbiStore store = JdbiStore.open(storeUrl(), Clock.systemUTC())) {
      Person carla = new Person("slack/T1/U1", "Carla", Person.Role.MEMBER);
      ConversationId talk = new ConversationId("slack/T1/C1/1");
      Content question = new Content.Text("What do we pay Carla?", false);
      store
          .conversations()
          .arrived(
              new Incoming(
                  "m1",
                  talk,
                  new Team("slack/T1", "T1"),
                  carla,
                  new Address("slack", "C1", "C1", false),
                  question,
                  List.of(),
                  Instant.now()));
      TurnRecord turn =
          store
              .turns()
              .begin(talk, OptionalLong.empty(), carla, TurnKind.REQUEST, "What do we pay Carla?");
      store
          .turns()
          .finish(
              new TurnResult(
                  turn.id(),
                  TurnStatus.VERIFIED,
                  "Checked.",
                  "result: 4711",
                  "print('result: 4711')",
                  List.of(),
                  List.of(),
                  null,
                  List.of(),
                  Usage.NONE,
                  Duration.ofSeconds(1)));
      return turn.id();
    }
  }

  private static String storeUrl() {
    return "jdbc:sqlite:" + folder.resolve("stories.db");
  }

  private static StartedReckon startReckon() throws Exception {
    List<String> words =
        new ArrayList<>(List.of("web", "--no-browser", "--port", Integer.toString(port)));
    for (String set :
        List.of(
            "model.base_url=" + server.url(),
            "model.name=story",
            "store.url=" + storeUrl(),
            "sandbox.workers=1")) {
      words.addAll(List.of("--set", set));
    }
    // Two lines of input: a link for each browser that signs in.
    StartedReckon started =
        StartedReckon.start(
            folder, Map.of("OPENAI_API_KEY", "a-key"), "\n\n", words.toArray(String[]::new));
    started.until("three links", () -> started.out().lines().count() >= 3, started::out);
    return started;
  }

  @AfterAll
  static void stop() {
    MODEL.release();
    if (browser != null) {
      browser.close();
    }
    if (reckon != null) {
      reckon.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @AfterEach
  void noPageComplained() {
    assertEquals(List.of(), browser.complaints());
  }

  private static String link(int number) {
    return reckon.out().lines().toList().get(number);
  }

  private static String at(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  private static void ask(String text) {
    page.getByLabel("Your request").fill(text);
    page.getByRole(AriaRole.BUTTON, named("Ask")).click();
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Locator last() {
    return page.locator("article.answered").last();
  }

  private static Locator button(String name) {
    return last()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  private static void check(String name) throws IOException {
    browser.check(page, name);
    int bytes = StoryBrowser.weight(page);
    assertTrue(bytes < 100 * 1024, name + " has " + bytes + " bytes");
  }

  @Test
  @Order(1)
  void theFirstVisitEndsInAnAnswer() throws Exception {
    page.navigate(at("/"));
    assertThat(page.locator("h1")).hasText("Reckon");
    check("sign-in");
    page.navigate(link(0));
    assertThat(page.getByText("What would you like to compute?")).isVisible();
    check("start");
    ask("What is six times seven, the month being 3?");
    assertThat(last().locator(".answer")).hasText("result: 42");
    assertThat(last().locator(".status")).containsText("Checked");
    assertThat(page).hasURL(CHAT);
    last().getByText("How it was checked").first().click();
    assertThat(last().locator(".requirements")).containsText("the result that was asked for");
    check("chat");
    page.reload();
    assertThat(last().locator(".answer")).hasText("result: 42");
  }

  @Test
  @Order(2)
  void codeIsEditedAndRunInPlace() throws Exception {
    button("Edit and run").click();
    last()
        .getByLabel("The program")
        .fill("month = 9  # parameter: the month\nprint('result:', 6 * month)");
    check("edit");
    button("Run").click();
    assertThat(last().locator(".answer")).hasText("result: 54");
  }

  @Test
  @Order(3)
  void aComputationIsSavedAndRunAsAForm() throws Exception {
    button("Save as…").click();
    page.getByLabel("A name that the team will type").fill("six-times");
    check("save");
    page.getByRole(AriaRole.BUTTON, named("OK")).click();
    button("Yes, do it").click();
    assertThat(last()).containsText("Saved as \"six-times\"");
    page.getByRole(AriaRole.LINK, named("Saved computations")).click();
    assertThat(page.locator(".saved")).containsText("What is six times seven");
    check("saved");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("six-times")).click();
    page.getByLabel("month").fill("5");
    check("form");
    page.getByRole(AriaRole.BUTTON, named("Run")).click();
    assertThat(last().locator(".answer")).hasText("result: 30");
  }

  @Test
  @Order(4)
  void aTableIsDroppedAskedAboutSortedFilteredAndPaged() throws Exception {
    page.navigate(at("/"));
    StringBuilder csv = new StringBuilder("region,amount\n");
    for (int i = 0; i < 40; i++) {
      csv.append("Region ").append((char) ('A' + i % 26)).append(i / 26).append(',');
      csv.append(100 + i * 7).append('\n');
    }
    page.evaluate(
        """
        (csv) => {
          const data = new DataTransfer();
          data.items.add(new File([csv], "sales.csv", { type: "text/csv" }));
          for (const type of ["dragenter", "dragover", "drop"]) {
            document.querySelector("#text").dispatchEvent(
              new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
          }
        }
        """,
        csv.toString());
    assertThat(page.locator("#attached")).containsText("sales.csv");
    ask("Total sales by region");
    Locator table = last().locator("table");
    assertThat(last().locator(".count")).hasText("1–25 of 40");
    button("total").dblclick();
    assertThat(table.locator("tbody tr").first()).containsText("373.00");
    check("table");
    button("Next rows").click();
    assertThat(last().locator(".count")).hasText("26–40 of 40");
    last().getByLabel("Filter rows").fill("region c");
    assertThat(last().locator(".count")).hasText("1–2 of 2");
  }

  @Test
  @Order(5)
  void aLongTableIsWholeWithAndWithoutScripts() throws Exception {
    page.navigate(at("/"));
    ask("Print two tables of numbers");
    assertThat(last().locator("table")).hasCount(2);
    assertThat(last().locator(".count").first()).hasText("1–25 of 1200");
    button("number").first().dblclick();
    assertThat(last().locator("tbody tr").first()).containsText("1440000");
    last().getByLabel("Filter rows").first().fill("1234");
    assertThat(last().locator("tbody tr").first()).containsText("1234");
    last().getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Open page")).click();
    assertThat(page.locator("table")).hasCount(2);
    check("computation-tables");
    page.locator("a.all-rows").first().click();
    assertThat(page.locator("h1")).containsText("Result 1");
    assertThat(page.locator(".count")).hasText("1–100 of 1200");
    check("table-page");
    page.getByRole(AriaRole.BUTTON, named("Next rows")).click();
    assertThat(page.locator("tbody tr").first()).containsText("10201");
  }

  @Test
  @Order(6)
  void aRepairIsWatchedAsItHappens() throws Exception {
    MODEL.hold();
    page.navigate(at("/"));
    ask("Show a repair");
    assertThat(page.locator("article.working .attempts li.failed")).containsText("NameError");
    check("repair-live");
    MODEL.release();
    assertThat(last().locator(".answer")).hasText("result: 55");
    last().getByText("Attempts (2)").click();
    assertThat(last().locator(".attempts li.failed p").first()).containsText("NameError");
    check("repair");
  }

  @Test
  @Order(7)
  void whatRunsIsCancelled() throws Exception {
    page.navigate(at("/"));
    ask("Count without end");
    assertThat(page.locator("article.working")).containsText("Running the program");
    check("running");
    button("Cancel").click();
    assertThat(last()).containsText("Cancelled.");
  }

  @Test
  @Order(8)
  void aComputationHasAPageThatCanBeComparedAndDownloaded() throws Exception {
    page.navigate(at("/"));
    ask("The month times fourteen");
    assertThat(last().locator(".answer")).hasText("result: 42");
    button("Edit and run").click();
    last().getByLabel("The program").fill("month = 4\nprint('result:', month * 14)");
    button("Run").click();
    assertThat(last().locator(".answer")).hasText("result: 56");
    last().getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Open page")).click();
    assertThat(page.locator(".facts")).containsText("Attempts");
    check("computation");
    APIResponse markdown = page.context().request().get(page.url() + "/answer.md");
    assertTrue(new String(markdown.body(), StandardCharsets.UTF_8).contains("result: 56"));
    page.getByText("Compare with").first().click();
    assertThat(page.locator(".over")).containsText("Computations");
    assertThat(page.locator(".diff").first()).containsText("+ result: 56");
    check("compare");
  }

  @Test
  @Order(9)
  void aComputationRunsAgainWithOtherValuesAndOnAnotherFile() throws Exception {
    page.navigate(at("/"));
    ask("The month times fourteen, once more");
    assertThat(last().locator(".answer")).hasText("result: 42");
    last().getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Open page")).click();
    page.getByLabel("month").fill("6");
    page.getByRole(AriaRole.BUTTON, named("Run again")).click();
    assertThat(last().locator(".answer")).hasText("result: 84");
    assertThat(page.locator("article.asked").last()).containsText("month=6");
    last().getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Open page")).click();
    assertThat(page.locator(".runs")).containsText("month = 3");
    page.getByText("Compare with").first().click();
    assertThat(page.locator(".pair")).containsText("month = 6");
    page.locator("nav .conversations a")
        .filter(new Locator.FilterOptions().setHasText("Total sales by region"))
        .click();
    last().getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Open page")).click();
    page.getByLabel("File instead of sales.csv")
        .setInputFiles(
            new FilePayload(
                "april.csv",
                "text/csv",
                "region,amount\nNorth,5\nNorth,7\nSouth,3\n".getBytes(StandardCharsets.UTF_8)));
    page.locator(".values").scrollIntoViewIfNeeded();
    check("run-again");
    page.getByRole(AriaRole.BUTTON, named("Run again")).click();
    assertThat(last()).containsText("12.00");
  }

  @Test
  @Order(10)
  void aChartIsSeenInItsPlace() throws Exception {
    page.navigate(at("/"));
    ask("Draw a chart of the orders");
    assertThat(last().locator(".status, .headline").first()).isVisible();
    assertThat(page.locator("article.working")).hasCount(0);
    assumeTrue(
        last().locator("figure img").count() > 0 || !last().innerText().contains("matplotlib"),
        "SKIPPED: the chart, since this machine's Python has no matplotlib");
    assertThat(last().locator("figure img")).isVisible();
    page.waitForFunction("() => document.querySelector('figure img').naturalWidth > 100");
    check("chart");
  }

  @Test
  @Order(11)
  void whatWasAskedIsFoundAgain() throws Exception {
    page.navigate(at("/"));
    page.getByLabel("Search your conversations").fill("repair");
    page.getByLabel("Search your conversations").press("Enter");
    assertThat(page.locator(".found li").first()).containsText("repair");
    check("search");
    page.locator(".found a").first().click();
    assertThat(page).hasURL(Pattern.compile(".*/chat/.*#m\\d+"));
  }

  @Test
  @Order(12)
  void nobodySeesWhatAnotherPersonAsked() throws Exception {
    page.navigate(at("/c/" + foreign));
    assertThat(page.locator("h1")).hasText("There is no such computation for you.");
    assertFalse(page.content().contains("Carla"));
    check("refused");
    for (String part : List.of("/code.py", "/answer.md", "/table/1", "/compare/" + (foreign + 1))) {
      APIResponse answer = page.context().request().get(at("/c/" + foreign + part));
      assertEquals(404, answer.status(), part);
      assertFalse(answer.text().contains("4711"), part);
    }
  }

  @Test
  @Order(13)
  void anotherBrowserIsSignedOutAndWhatWasWrittenThereIsKept() throws Exception {
    Page other = browser.profile();
    other.navigate(link(1));
    other.getByLabel("Your request").fill("The month times fourteen, elsewhere");
    other.getByRole(AriaRole.BUTTON, named("Ask")).click();
    assertThat(other.locator(".answer")).hasText("result: 42");
    page.navigate(at("/sessions"));
    assertThat(page.locator(".sessions li")).hasCount(2);
    check("sessions");
    page.getByRole(AriaRole.BUTTON, named("Sign it out")).click();
    assertThat(page.locator(".sessions li")).hasCount(1);
    assertThat(other.locator("#notice")).containsText("signed out");
    other.getByLabel("Your request").fill("half a thought");
    other.getByRole(AriaRole.BUTTON, named("Ask")).click();
    assertThat(other.locator("#notice")).containsText("no longer signed in");
    assertThat(other.getByLabel("Your request")).hasValue("half a thought");
    browser.check(other, "signed-out");
    other.context().close();
  }

  @Test
  @Order(14)
  void readingNeedsNoScripts() throws Exception {
    Page plain = browser.profile(false);
    plain.navigate(link(2));
    plain
        .locator("nav .conversations a")
        .filter(new Locator.FilterOptions().setHasText("two tables"))
        .click();
    assertThat(plain.locator("table")).hasCount(2);
    plain.locator("a.all-rows").first().click();
    plain.getByRole(AriaRole.LINK, named("Next")).click();
    assertThat(plain.locator("tbody tr").first()).containsText("10201");
    plain.context().close();
  }

  @Test
  @Order(15)
  void aLinkSharesOneComputationUntilItIsRevoked() throws Exception {
    page.navigate(at("/"));
    ask("The month times fourteen, to be shared");
    assertThat(last().locator(".answer")).hasText("result: 42");
    last().getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Open page")).click();
    page.getByRole(AriaRole.BUTTON, named("Create a link")).click();
    assertThat(page.locator("h1")).containsText("link");
    String link = page.locator("pre.output").innerText().strip();
    check("share");
    Page stranger = browser.profile();
    stranger.navigate(link);
    assertThat(stranger.locator(".result")).containsText("result: 42");
    browser.check(stranger, "shared-page");
    page.getByRole(AriaRole.LINK, named("Links that you share")).first().click();
    assertThat(page.locator(".sessions li")).hasCount(1);
    check("shared-links");
    page.getByRole(AriaRole.BUTTON, named("Revoke")).click();
    assertThat(page.getByText("You share nothing.")).isVisible();
    stranger.reload();
    assertThat(stranger.getByText("This link was revoked")).isVisible();
    browser.check(stranger, "shared-gone");
    stranger.context().close();
  }

  @Test
  @Order(16)
  void anAdministratorSeesTheFiguresAndChangesThePolicy() throws Exception {
    page.navigate(at("/operations"));
    assertThat(page.locator("h1")).hasText("Operations");
    assertThat(page.locator(".operations")).containsText("answered otherwise");
    check("operations");
    page.getByText("Show and change").click();
    Locator key =
        page.locator("form.policy-key")
            .filter(new Locator.FilterOptions().setHas(page.getByText("person_day_runs")));
    key.locator("input[name=value]").fill("many");
    key.getByText("Set").click();
    assertThat(page.locator("main")).containsText("person_day_runs");
    check("policy-refused");
    page.goBack();
    page.getByText("Show and change").click();
    key.locator("input[name=value]").fill("150");
    check("policy");
    key.getByText("Set").click();
    assertThat(page.locator("#policy .figures")).containsText("150");
  }

  @Test
  @Order(17)
  void anOpenPageGoesOnWhenTheServerIsKilledInTheMiddleOfATurn() throws Exception {
    page.navigate(at("/"));
    MODEL.hold();
    ask("The month times fourteen, with patience");
    assertThat(page.locator("article.working")).containsText("Checking the result");
    reckon.kill();
    assertThat(page.locator("#notice")).containsText("Connecting again");
    browser.check(page, "reconnecting");
    reckon = startReckon();
    MODEL.release();
    assertThat(page.locator("article.working")).hasCount(0);
    assertThat(last().locator(".answer")).hasText("result: 42");
    assertThat(page.locator("#notice")).hasText("");
  }

  @Test
  @Order(18)
  void anExpiredSessionIsSaidAndANewLinkGoesOn() throws Exception {
    String chat = page.url();
    reckon.kill();
    assertThat(page.locator("#notice")).containsText("Connecting again");
    page.getByLabel("Your request").fill("half a thought");
    expireSessions();
    reckon = startReckon();
    assertThat(page.locator("#notice")).containsText("Your session has expired");
    assertThat(page.getByLabel("Your request")).hasValue("half a thought");
    check("expired");
    page.navigate(chat);
    assertThat(page.getByText("You are not signed in.")).isVisible();
    page.navigate(link(0));
    assertThat(page.getByText("What would you like to compute?")).isVisible();
    page.navigate(chat);
    assertThat(last().locator(".answer")).hasText("result: 42");
  }

  private static void expireSessions() throws SQLException {
    try (Connection database = DriverManager.getConnection(storeUrl());
        Statement statement = database.createStatement()) {
      assertTrue(statement.executeUpdate("update web_session set expires_at = 1") > 0);
    }
  }
}
