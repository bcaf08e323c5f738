package dev.reckon.core.store.jdbi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Reply;
import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.policy.Decision;
import dev.reckon.core.store.Operations;
import dev.reckon.core.store.Outbox;
import dev.reckon.core.turn.TurnStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Figures for whoever runs the program, on both kinds of database. */
class JdbiOperationsTest {
  @TempDir Path folder;
  private final RecordFixture.StillClock clock = new RecordFixture.StillClock();

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void figuresAddUpAndBeginWhereTheyAreAskedTo(TestDatabase database) {
    try (JdbiStore store = JdbiStore.open(database.fresh(folder), clock)) {
      RecordFixture fixture = new RecordFixture(store);
      Instant now = clock.instant();
      fixture.answered(RecordFixture.ADA, "c1", "one", TurnStatus.VERIFIED, 0.25);
      fixture.answered(RecordFixture.ADA, "c1", "two", TurnStatus.VERIFIED, 0.25);
      fixture.answered(RecordFixture.BOB, "c2", "three", TurnStatus.FAILED, 0.5);
      Operations figures = store.operations();
      List<Operations.QuarterHour> quarters = figures.quarterHours(now.minus(Duration.ofDays(1)));
      assertEquals(List.of("failed", "verified"), quarters.stream().map(h -> h.outcome()).toList());
      assertEquals(2, quarters.getLast().turns());
      assertEquals(0.5, quarters.getLast().usd(), 1e-9);
      assertEquals(0, Duration.between(quarters.getFirst().start(), now).toMinutes() / 15);
      assertEquals(0, quarters.getFirst().start().getEpochSecond() % 900);
      assertEquals(List.of(), figures.quarterHours(now.plusSeconds(1)));
      Operations.TeamUse team =
          figures.teams(now.minusSeconds(60), now.plusSeconds(1), 9).getFirst();
      assertEquals(RecordFixture.TEAM.id(), team.team());
      assertEquals(3, team.turns());
      assertEquals(1.0, team.usd(), 1e-9);
      assertEquals(0, team.turnsToday());
      assertEquals(0, team.usdToday(), 1e-9);
      team = figures.teams(now.minusSeconds(60), now.minusSeconds(60), 9).getFirst();
      assertEquals(3, team.turnsToday());
      assertEquals(1.0, team.usdToday(), 1e-9);
      assertEquals(List.of(), figures.models(now.plusSeconds(1)));
      assertEquals(0, figures.underWay().turns());
      fixture.begin(RecordFixture.ADA, "c1", "four", 0.1);
      assertEquals(1, figures.underWay().turns());
      assertEquals(4, figures.models(now.minusSeconds(60)).getFirst().calls());
    }
  }

  /** At UTC+5:30 a day begins at half past six in the evening, UTC. */
  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void noFigureIsOfTwoDaysInAnyTimeZone(TestDatabase database) {
    Instant midnight = Instant.parse("2026-03-01T18:30:00Z");
    clock.now = midnight.minusSeconds(1);
    try (JdbiStore store = JdbiStore.open(database.fresh(folder), clock)) {
      RecordFixture fixture = new RecordFixture(store);
      fixture.answered(RecordFixture.ADA, "c1", "one", TurnStatus.VERIFIED, 0.25);
      clock.now = midnight.plusSeconds(1);
      fixture.answered(RecordFixture.ADA, "c1", "two", TurnStatus.VERIFIED, 0.25);
      assertEquals(
          List.of(midnight.minus(Duration.ofMinutes(15)), midnight),
          store.operations().quarterHours(Instant.EPOCH).stream().map(q -> q.start()).toList());
      Operations.TeamUse team =
          store.operations().teams(midnight.minus(Duration.ofDays(1)), midnight, 9).getFirst();
      assertEquals(2, team.turns());
      assertEquals(1, team.turnsToday());
      assertEquals(0.25, team.usdToday(), 1e-9);
    }
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void refusalsAndRepliesThatWereGivenUpAreCountedByReason(TestDatabase database) {
    try (JdbiStore store = JdbiStore.open(database.fresh(folder), clock)) {
      RecordFixture fixture = new RecordFixture(store);
      Instant from = clock.instant().minusSeconds(60);
      AdmissionRequest asking =
          AdmissionRequest.of(
              fixture.asks(RecordFixture.ADA, "c1", "one"), AdmissionRequest.Kind.REQUEST);
      for (Decision.Reason reason :
          List.of(Decision.Reason.RATE, Decision.Reason.RATE, Decision.Reason.BUDGET)) {
        store.audit().refused(asking, new Decision.Refused(reason, "no"));
      }
      assertEquals(Map.of("rate", 2L, "budget", 1L), store.operations().refusals(from));
      fixture.answered(RecordFixture.ADA, "c1", "one", TurnStatus.VERIFIED, 0.25);
      Address address = new Address("slack", "c1", "C1", false);
      for (String problem : List.of("channel_not_found", "channel_not_found", "account_inactive")) {
        long id =
            store
                .outbox()
                .add(
                    new Outbox.Draft(
                        new ConversationId("c1"),
                        address,
                        Reply.notice("x"),
                        RecordFixture.ADA,
                        clock.instant()));
        store.outbox().giveUp(id, problem);
      }
      Map<String, Long> problems = new TreeMap<>();
      store
          .operations()
          .undelivered(from, 9)
          .forEach(one -> problems.put(one.problem(), one.replies()));
      assertEquals(Map.of("channel_not_found", 2L, "account_inactive", 1L), problems);
    }
  }
}
