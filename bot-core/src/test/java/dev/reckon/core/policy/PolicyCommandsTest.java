package dev.reckon.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Block;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.StoreException;
import dev.reckon.core.surface.SettableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PolicyCommandsTest {
  private final SettableClock clock = new SettableClock("2026-11-24T14:00:00Z");
  private final MemoryChanges changes = new MemoryChanges();
  private final Policy configured = Policy.STANDARD.with(PolicyKey.ADMINISTRATORS, "slack/T1/ADA");
  private final PolicyInForce inForce = new PolicyInForce(configured, changes, clock);
  private final PolicyCommands words = new PolicyCommands(inForce);

  @Test
  void anAdministratorChangesAValueAtOnceAndOnTheRecord() {
    assertEquals(
        "policy.person_day_usd is now \"3.50\"; it was \"2\". The change is on record.",
        ada("set person_day_usd 3.50").headline());
    assertEquals(3.5, inForce.get().usd(PolicyKey.PERSON_DAY_USD));
    assertEquals(
        List.of(
            new PolicyChange(
                clock.instant(), "slack/T1/ADA", PolicyKey.PERSON_DAY_USD, "3.50", "2")),
        changes.all());
  }

  @Test
  void namesAreAddedAndTakenAway() {
    ada("add blocked slack/T1/EVE, slack/T1/MAL");
    assertTrue(inForce.get().lists(PolicyKey.BLOCKED, "slack/T1/MAL"));
    ada("remove blocked slack/T1/MAL");
    assertEquals("slack/T1/EVE", inForce.get().text(PolicyKey.BLOCKED));
  }

  @Test
  void changesOutliveARestartAndGoBackToTheConfiguration() {
    ada("set person_day_usd 3.50");
    Policy newly = configured.with(PolicyKey.PERSON_DAY_USD, "1");
    PolicyInForce restarted = new PolicyInForce(newly, changes, clock);
    assertEquals("3.50", restarted.get().text(PolicyKey.PERSON_DAY_USD));
    new PolicyCommands(restarted).answer(person("slack/T1/ADA"), "reset person_day_usd");
    assertEquals("1", restarted.get().text(PolicyKey.PERSON_DAY_USD));
    assertEquals(2, changes.all().size());
  }

  @Test
  void aChangeBuildsOnWhatAnotherProcessHasChangedMeanwhile() {
    PolicyInForce elsewhere = new PolicyInForce(configured, changes, clock);
    ada("set person_day_usd 3.50");
    elsewhere.change("slack/T1/ADA", PolicyKey.GUESTS, "true");
    assertEquals("3.50", elsewhere.get().text(PolicyKey.PERSON_DAY_USD));
    assertEquals(
        "3.50", elsewhere.change("slack/T1/ADA", PolicyKey.PERSON_DAY_USD, "4").previous());
    ada("set person_day_usd 5");
    assertEquals("4", changes.all().getLast().previous());
  }

  @Test
  void aNameIsAddedToTheListThatAnotherProcessHasChangedMeanwhile() {
    PolicyInForce elsewhere = new PolicyInForce(configured, changes, clock);
    ada("add blocked slack/T1/EVE");
    new PolicyCommands(elsewhere).answer(person("slack/T1/ADA"), "add blocked slack/T1/MAL");
    assertEquals("slack/T1/EVE, slack/T1/MAL", elsewhere.get().text(PolicyKey.BLOCKED));
    ada("remove blocked slack/T1/EVE");
    assertEquals("slack/T1/MAL", inForce.get().text(PolicyKey.BLOCKED));
  }

  @Test
  void aNameIsAddedToTheListAsItIsWhenTheChangeIsStored() {
    PolicyInForce elsewhere = new PolicyInForce(configured, changes, clock);
    changes.before =
        () ->
            new PolicyCommands(elsewhere).answer(person("slack/T1/ADA"), "add blocked slack/T1/X");
    ada("add blocked slack/T1/EVE");
    assertEquals("slack/T1/X, slack/T1/EVE", inForce.get().text(PolicyKey.BLOCKED));
  }

  @Test
  void whoIsNoAdministratorAnyMoreChangesNothingWhereThatIsNotKnownYet() {
    ada("add administrators slack/T1/BOB");
    PolicyInForce elsewhere = new PolicyInForce(configured, changes, clock);
    ada("remove administrators slack/T1/BOB");
    Reply reply =
        new PolicyCommands(elsewhere)
            .answer(person("slack/T1/BOB"), "add administrators slack/T1/BOB");
    assertEquals(Reply.Kind.REFUSED, reply.kind());
    assertTrue(reply.headline().startsWith("Only administrators may"), reply.headline());
    assertEquals("slack/T1/ADA", changes.all().getLast().value());
  }

  @Test
  void aStoredChangeIsInForceAlsoWhereItCannotBeReadBack() {
    changes.readable = 0;
    ada("set guests on");
    assertTrue(inForce.get().flag(PolicyKey.GUESTS));
  }

  @Test
  void othersMayNeitherSeeNorChangeIt() {
    for (String typed : List.of("", "log", "set guests on")) {
      Reply reply = words.answer(person("slack/T1/BOB"), typed);
      assertEquals(Reply.Kind.REFUSED, reply.kind());
      assertEquals(
          "Only administrators may see and change the policy; ask an administrator of Reckon.",
          reply.headline());
    }
    assertFalse(inForce.get().flag(PolicyKey.GUESTS));
    assertEquals(List.of(), changes.all());
  }

  @Test
  void anAdministratorOfTheWorkspaceIsToldHowToBecomeOneHere() {
    Person admin = new Person("slack/T1/BOB", "Bob", Person.Role.ADMINISTRATOR);
    PolicyInForce nobody = new PolicyInForce(Policy.STANDARD, changes, clock);
    assertEquals(
        "Nobody may change the policy yet: whoever runs Reckon puts \"slack/T1/BOB\" into"
            + " policy.administrators of its configuration.",
        new PolicyCommands(nobody).answer(admin, "set guests on").headline());
  }

  @Test
  void valuesThatCannotBeReadChangeNothing() {
    assertEquals(
        "policy.guests takes true or false, not \"perhaps\".",
        ada("set guests perhaps").headline());
    assertEquals(
        "policy.team_day_usd takes an amount in US dollars such as 2.50, not \"-1\".",
        ada("set team_day_usd -1").headline());
    assertEquals(
        "policy.running_per_person takes a whole number, not \"0\".",
        ada("set running_per_person 0").headline());
    assertEquals(
        "policy.time_zone takes a time zone such as Europe/Berlin, not \"Mars\".",
        ada("set time_zone Mars").headline());
    assertEquals(
        "policy.guests is not a list: \"policy set guests VALUE\".",
        ada("add guests x").headline());
    assertEquals(
        "There is no such key; \"policy\" lists them all.", ada("set gests on").headline());
    assertEquals(List.of(), changes.all());
  }

  @Test
  void nobodyTakesTheirOwnKeyAway() {
    assertEquals(
        "That would remove you from the administrators. Ask another administrator to do it.",
        ada("set administrators slack/T1/BOB").headline());
  }

  @Test
  void theOverviewShowsEveryKeyAndTheLogEveryChange() {
    Block.Table overview = assertInstanceOf(Block.Table.class, ada("").blocks().getFirst());
    assertEquals(PolicyKey.values().length, overview.rows().size());
    ada("set guests on");
    ada("reset guests");
    Block.Table log = assertInstanceOf(Block.Table.class, ada("log").blocks().getFirst());
    assertEquals(
        List.of("2026-11-24T14:00:00Z", "slack/T1/ADA", "guests", "true", "(as configured)"),
        log.rows().getFirst());
  }

  @Test
  void everyStandardValueReadsBackAsItself() {
    for (PolicyKey key : PolicyKey.values()) {
      assertEquals(key.standard(), Policy.STANDARD.text(key), key::key);
      assertEquals(
          Policy.STANDARD.text(key),
          Policy.STANDARD.with(key, Policy.STANDARD.text(key)).text(key));
    }
    assertThrows(
        IllegalArgumentException.class, () -> Policy.STANDARD.with(PolicyKey.CONTACT, "a\nb"));
  }

  private Reply ada(String typed) {
    return words.answer(person("slack/T1/ADA"), typed);
  }

  private static Person person(String id) {
    return new Person(id, id, Person.Role.MEMBER);
  }

  private static final class MemoryChanges implements PolicyChanges {
    private final List<PolicyChange> changes = new ArrayList<>();
    private int readable = Integer.MAX_VALUE;

    /** What somebody else does just before the next change is stored. */
    private Runnable before = () -> {};

    @Override
    public List<PolicyChange> all() {
      if (readable-- <= 0) {
        throw new StoreException(StoreException.Kind.UNREACHABLE, "The database is away.");
      }
      return List.copyOf(changes);
    }

    @Override
    public PolicyChange add(Function<List<PolicyChange>, PolicyChange> decision) {
      Runnable first = before;
      before = () -> {};
      first.run();
      PolicyChange change = decision.apply(List.copyOf(changes));
      changes.add(change);
      return change;
    }
  }
}
