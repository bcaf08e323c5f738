package dev.reckon.core.store.jdbi;

import static dev.reckon.core.store.jdbi.RecordFixture.ADA;
import static dev.reckon.core.store.jdbi.RecordFixture.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.command.AdminCommands;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.policy.Gatekeeper;
import dev.reckon.core.policy.LocalAdmissionState;
import dev.reckon.core.policy.Policy;
import dev.reckon.core.policy.PolicyInForce;
import dev.reckon.core.policy.PolicyKey;
import dev.reckon.core.turn.TurnStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What people read when they ask about rights, limits and records, on a real store. */
@ParameterizedClass
@EnumSource
class AdminCommandsTest {
  @Parameter TestDatabase database = TestDatabase.SQLITE;
  @TempDir Path folder;

  private final RecordFixture.StillClock clock = new RecordFixture.StillClock();
  private JdbiStore store;
  private RecordFixture fixture;
  private AdminCommands words;

  @BeforeEach
  void open() {
    store = JdbiStore.open(database.fresh(folder), clock);
    fixture = new RecordFixture(store);
    PolicyInForce policy =
        new PolicyInForce(
            Policy.STANDARD.with(PolicyKey.ADMINISTRATORS, BOB.id()), store.policyChanges(), clock);
    words =
        new AdminCommands(
            store.statistics(),
            store.privacy(),
            store.audit(),
            new Gatekeeper(policy, store.ledger(), new LocalAdmissionState(clock), clock),
            policy,
            clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void limitsShowWhatIsLeft() {
    fixture.answered(ADA, "c1", "sums", TurnStatus.VERIFIED, 1.25);
    Reply reply = say(ADA, "limits", "");
    assertEquals("What is left", reply.headline());
    assertEquals(
        new Block.Text(
            "Your budget for today: 1.25 of 2.00 USD used, 0.75 USD left until 25 November,"
                + " 00:00 UTC."),
        reply.blocks().getFirst());
  }

  @Test
  void statsShowOneselfAndTheTeamAndToAdministratorsEverybody() {
    fixture.answered(ADA, "c1", "one", TurnStatus.VERIFIED, 0.5);
    fixture.answered(ADA, "c1", "two", TurnStatus.FAILED, 0.5);
    fixture.answered(BOB, "c1", "three", TurnStatus.VERIFIED, null);
    assertEquals(
        List.of(
            List.of("all", "3", "67 %", "67 %", "0 %", "2.0", "330", "1.00+", "0/0"),
            List.of("Ada Lovelace", "2", "50 %", "50 %", "0 %", "2.0", "220", "1.00", "0/0")),
        rows(say(ADA, "stats", "")));
    assertEquals(3, rows(say(BOB, "stats", "7")).size());
  }

  @Test
  void forgettingIsExplainedFirstAndThenDone() {
    fixture.answered(ADA, "c1", "sums", TurnStatus.VERIFIED, 0.5);
    Reply explained = say(ADA, "forget-me", "");
    assertTrue(explained.headline().startsWith("This deletes your questions"));
    assertTrue(explained.blocks().toString().contains("forget-me now"));
    assertEquals(1, store.turns().recent(new ConversationId("c1"), 9).size());
    Reply done = say(ADA, "forget-me", "now");
    assertEquals(
        "Your data was deleted: 1 question with answers, 0 files and 0 computations of your"
            + " own.",
        done.headline());
    assertEquals(List.of(), store.turns().recent(new ConversationId("c1"), 9));
  }

  @Test
  void theAuditRecordIsForAdministrators() {
    fixture.answered(ADA, "c1", "sums", TurnStatus.VERIFIED, 0.5);
    assertEquals(
        "Only administrators may see the audit record; ask an administrator of Reckon.",
        say(ADA, "audit", "").headline());
    List<String> line = rows(say(BOB, "audit", "5")).getFirst();
    assertEquals(List.of("turn", ADA.id(), "request", "verified", "1"), line.subList(1, 6));
    assertEquals("0.5000", line.getLast());
  }

  @Test
  void anAdministratorsChangeHoldsForTheNextRequest() {
    assertEquals(
        "policy.person_day_usd is now \"1\"; it was \"2\". The change is on record.",
        say(BOB, "policy", "set person_day_usd 1").headline());
    fixture.answered(ADA, "c1", "sums", TurnStatus.VERIFIED, 1.0);
    assertTrue(say(ADA, "limits", "").blocks().toString().contains("1.00 of 1.00 USD used"));
  }

  @Test
  void otherWordsAreNotAnsweredHere() {
    assertEquals(Optional.empty(), words.answer(fixture.asks(ADA, "c1", "x"), "help", ""));
  }

  private Reply say(Person person, String word, String rest) {
    return words.answer(fixture.asks(person, "c1", word), word, rest).orElseThrow();
  }

  private static List<List<String>> rows(Reply reply) {
    return assertInstanceOf(Block.Table.class, reply.blocks().getFirst()).rows();
  }
}
