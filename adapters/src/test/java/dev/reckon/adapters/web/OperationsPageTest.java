package dev.reckon.adapters.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.web.Charts.Bar;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.message.Team;
import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.policy.Decision;
import dev.reckon.core.policy.PolicyChange;
import dev.reckon.core.policy.PolicyKey;
import dev.reckon.core.store.Outbox;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnStatus;
import dev.reckon.core.turn.Usage;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Figures for administrators, the policy that they change, and who sees neither. */
@Timeout(120)
class OperationsPageTest {
  private static final String SECRET = "the salary of the board";
  private static final Address CHANNEL = new Address("slack", "C1 thread", "C1", false);

  @TempDir Path folder;
  private WebServer web;

  @BeforeEach
  void open() throws Exception {
    web =
        new WebServer(
                folder,
                new TeamAccess(
                    Optional.empty(),
                    List.of(),
                    Duration.ofMinutes(5),
                    Duration.ofDays(1),
                    List.of(),
                    Optional.of(
                        new ProxySignIn("X-User", Set.of("127.0.0.1"), "slack/T1/*", "slack/T1")),
                    asking -> Optional.empty(),
                    asking -> Optional.empty()),
                0)
            .signIn();
  }

  @AfterEach
  void close() {
    web.close();
  }

  private void somethingOfEverything() {
    Person ada = new Person("slack/T1/U1", "Ada", Person.Role.MEMBER);
    Incoming incoming =
        new Incoming(
            "slack/T1/C1/1",
            new ConversationId("slack/T1/C1/1"),
            new Team("slack/T1", "Analysts"),
            ada,
            CHANNEL,
            new Content.Text(SECRET, false),
            List.of(),
            Instant.now());
    long delivery = web.store.deliveries().add(incoming).orElseThrow();
    long turn =
        web.store
            .turns()
            .begin(
                incoming.conversation(), OptionalLong.of(delivery), ada, TurnKind.REQUEST, SECRET)
            .id();
    web.store
        .turns()
        .finish(
            new TurnResult(
                turn,
                TurnStatus.VERIFIED,
                "Verified",
                SECRET,
                "print('" + SECRET + "')",
                List.of(),
                List.of(),
                null,
                List.of(),
                new Usage(1, 10, 5, 0.25),
                Duration.ZERO));
    Reply reply = new Reply(turn, Reply.Kind.VERIFIED, SECRET, List.of(), List.of());
    long lost =
        web.store
            .outbox()
            .add(new Outbox.Draft(incoming.conversation(), CHANNEL, reply, ada, Instant.now()));
    web.store.outbox().giveUp(lost, "channel_not_found");
    web.store
        .audit()
        .refused(
            AdmissionRequest.of(incoming, AdmissionRequest.Kind.REQUEST),
            new Decision.Refused(Decision.Reason.BUDGET, "no"));
  }

  @Test
  void figuresAreShownAndContentsAreNot() throws Exception {
    somethingOfEverything();
    String page = web.get("/operations").body();
    for (String shown :
        List.of(
            "GraalPy",
            "2000 ms",
            "$0.25 of $10.00",
            "$0.25 of $2.00",
            "Analysts",
            "Ada",
            "channel_not_found",
            "Refused: budget",
            "verified: 1",
            "person_day_usd",
            "(set)")) {
      assertTrue(page.contains(shown), shown + " is not on " + page);
    }
    assertFalse(page.contains(SECRET), page);
    assertTrue(page.length() < 150_000, "a page of " + page.length());
  }

  @Test
  void onlyAdministratorsSeeThePageAndChangeThePolicy() throws Exception {
    try (TeamBrowser ada = new TeamBrowser().with("X-User", "U1")) {
      HttpResponse<String> refused = ada.get(web.at("/operations"));
      assertEquals(403, refused.statusCode());
      assertTrue(refused.body().contains("slack/T1/U1"), refused.body());
      assertFalse(refused.body().contains("person_day_usd"));
      String fields = "&key=person_day_usd&value=9";
      assertEquals(403, ada.form(web.at("/saved"), web.at("/web/policy"), fields).statusCode());
      web.policy.change("terminal/ada", PolicyKey.ADMINISTRATORS, "slack/T1/U1");
      assertFalse(refused.body().contains("href=\"/operations\""));
      HttpResponse<String> page = ada.get(web.at("/operations"));
      assertEquals(200, page.statusCode());
      assertTrue(page.body().contains("href=\"/operations\" aria-current"), page.body());
      assertEquals(
          303, ada.form(web.at("/operations"), web.at("/web/policy"), fields).statusCode());
      assertEquals(9, web.policy.get().usd(PolicyKey.PERSON_DAY_USD));
      PolicyChange change = web.store.policyChanges().all().getLast();
      assertEquals("slack/T1/U1", change.by());
      assertEquals("2", change.previous());
      assertEquals(
          403,
          ada.bareForm(web.at("/web/policy"), "token=x&key=person_day_usd&value=10").statusCode(),
          "another page's form");
      HttpResponse<String> wrong =
          ada.form(web.at("/operations"), web.at("/web/policy"), "&key=person_day_usd&value=much");
      assertEquals(400, wrong.statusCode());
      assertEquals(9, web.policy.get().usd(PolicyKey.PERSON_DAY_USD));
      ada.form(
          web.at("/operations"), web.at("/web/policy"), "&key=person_day_usd&value=9&reset=yes");
      assertEquals(2, web.policy.get().usd(PolicyKey.PERSON_DAY_USD));
    }
  }

  @Test
  void chartsAreDrawnWithoutScriptAndCanBeReadAsATable() {
    String drawn =
        Charts.bars(
                "Turns",
                List.of("<verified>", "other"),
                List.of(new Bar("1 Nov", List.of(3.0, 1.0)), new Bar("2 Nov", List.of(0.0, 0.0))),
                Charts::count)
            .markup();
    assertTrue(drawn.contains("height=\"90.0\""), drawn);
    assertTrue(drawn.contains("1 Nov, &lt;verified&gt;: 3, other: 1"), drawn);
    assertTrue(drawn.contains("<td>3</td>"), drawn);
    assertFalse(drawn.contains("style="), drawn);
    assertEquals(
        "<p class=\"note\">Turns: nothing yet.</p>",
        Charts.bars("Turns", List.of("x"), List.of(new Bar("a", List.of(0.0))), Charts::count)
            .markup());
  }
}
