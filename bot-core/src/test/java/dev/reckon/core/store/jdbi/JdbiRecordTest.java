package dev.reckon.core.store.jdbi;

import static dev.reckon.core.store.jdbi.RecordFixture.ADA;
import static dev.reckon.core.store.jdbi.RecordFixture.BOB;
import static dev.reckon.core.store.jdbi.RecordFixture.TEAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.policy.Decision;
import dev.reckon.core.policy.Ledger.Owner;
import dev.reckon.core.policy.Ledger.Spent;
import dev.reckon.core.policy.PolicyChange;
import dev.reckon.core.policy.PolicyKey;
import dev.reckon.core.store.Audit;
import dev.reckon.core.store.Backlog;
import dev.reckon.core.store.ContentHash;
import dev.reckon.core.store.Feedback;
import dev.reckon.core.store.Statistics.Figures;
import dev.reckon.core.turn.TurnStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class JdbiRecordTest {
  @Parameter TestDatabase database = TestDatabase.SQLITE;
  private static final Instant LONG_AGO = Instant.EPOCH;

  @TempDir Path folder;

  private final RecordFixture.StillClock clock = new RecordFixture.StillClock();
  private JdbiStore store;
  private RecordFixture fixture;

  @BeforeEach
  void open() {
    store = JdbiStore.open(database.fresh(folder), clock);
    fixture = new RecordFixture(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void theEndOfATurnIsOnTheRecord() {
    long turn = fixture.answered(ADA, "c1", "sums", TurnStatus.VERIFIED, 0.25);
    assertEquals(
        List.of(
            new Audit.Entry(
                clock.instant(),
                "turn",
                ADA.id(),
                TEAM.id(),
                "c1",
                turn,
                "request",
                "verified",
                "print('code of sums')",
                ContentHash.of("print('code of sums')"),
                2,
                100,
                10,
                0.25,
                Duration.ofSeconds(3))),
        store.audit().since(LONG_AGO, 10));
  }

  @Test
  void finishingTwiceIsOneLine() {
    long turn = fixture.answered(ADA, "c1", "sums", TurnStatus.VERIFIED, 0.25);
    store.turns().finish(Objects.requireNonNull(store.turns().find(turn).orElseThrow().result()));
    assertEquals(1, store.audit().since(LONG_AGO, 10).size());
  }

  @Test
  void refusalsAreOnTheRecord() {
    store
        .audit()
        .refused(
            AdmissionRequest.of(fixture.asks(ADA, "c1", "sums"), AdmissionRequest.Kind.REQUEST),
            new Decision.Refused(Decision.Reason.RATE, "too often"));
    Audit.Entry line = store.audit().since(LONG_AGO, 10).getFirst();
    assertEquals("refused", line.event());
    assertEquals("rate", line.outcome());
    assertEquals(ADA.id(), line.person());
    assertNull(line.costUsd());
    assertEquals(Spent.NOTHING, store.ledger().spent(Owner.PERSON, ADA.id(), LONG_AGO));
  }

  @Test
  void budgetsCountEndedAndRunningTurnsOfThePeriod() {
    fixture.answered(ADA, "c1", "yesterday", TurnStatus.VERIFIED, 1.0);
    clock.now = clock.now.plus(Duration.ofDays(1));
    fixture.answered(ADA, "c1", "today", TurnStatus.FAILED, 0.5);
    fixture.begin(ADA, "c2", "now", 0.25);
    fixture.answered(BOB, "c1", "other", TurnStatus.VERIFIED, 4.0);
    Instant today = Instant.parse("2026-11-25T00:00:00Z");
    assertEquals(new Spent(2, 0.75), store.ledger().spent(Owner.PERSON, ADA.id(), today));
    assertEquals(new Spent(3, 1.75), store.ledger().spent(Owner.PERSON, ADA.id(), LONG_AGO));
    assertEquals(new Spent(3, 4.75), store.ledger().spent(Owner.TEAM, TEAM.id(), today));
    assertEquals(Spent.NOTHING, store.ledger().spent(Owner.TEAM, "slack/T2", LONG_AGO));
  }

  @Test
  void unpricedCallsCostNothingKnownAndAreCountedAsSuch() {
    fixture.answered(ADA, "c1", "sums", TurnStatus.VERIFIED, null);
    assertEquals(new Spent(1, 0), store.ledger().spent(Owner.PERSON, ADA.id(), LONG_AGO));
    assertEquals(1, store.statistics().since(LONG_AGO, Optional.empty()).getFirst().unpriced());
  }

  @Test
  void statisticsAreByPersonAndInAll() {
    long good = fixture.answered(ADA, "c1", "one", TurnStatus.VERIFIED, 0.5);
    long bad = fixture.answered(ADA, "c1", "two", TurnStatus.UNVERIFIED, 0.25);
    fixture.answered(BOB, "c1", "three", TurnStatus.VERIFIED, null);
    store.feedback().put(new Feedback.Opinion(good, BOB.id(), true, ""));
    store.feedback().put(new Feedback.Opinion(bad, BOB.id(), false, "rounded"));
    store.turns().dispute(bad, BOB.id(), "wrong year");
    List<Figures> figures = store.statistics().since(LONG_AGO, Optional.of(TEAM.id()));
    assertEquals(
        List.of(
            new Figures(
                "all",
                "all",
                3,
                Map.of("verified", 2L, "unverified", 1L),
                1,
                6,
                300,
                30,
                0.75,
                1,
                1,
                1),
            new Figures(
                ADA.id(),
                "Ada Lovelace",
                2,
                Map.of("verified", 1L, "unverified", 1L),
                1,
                4,
                200,
                20,
                0.75,
                0,
                1,
                1),
            new Figures(BOB.id(), "Bob", 1, Map.of("verified", 1L), 0, 2, 100, 10, 0, 1, 0, 0)),
        figures);
    assertEquals(0, store.statistics().since(LONG_AGO, Optional.of("slack/T2")).getFirst().turns());
  }

  @Test
  void policyChangesAreKeptInOrder() {
    PolicyChange first =
        new PolicyChange(clock.instant(), ADA.id(), PolicyKey.GUESTS, "true", "false");
    PolicyChange second =
        new PolicyChange(clock.instant(), ADA.id(), PolicyKey.GUESTS, null, "true");
    store.policyChanges().add(all -> first);
    store.policyChanges().add(all -> second);
    assertEquals(List.of(first, second), store.policyChanges().all());
  }

  @Test
  void theBacklogSaysWhatWaitsAndForHowLong() {
    assertEquals(Backlog.NONE, store.backlog());
    store.deliveries().add(fixture.asks(ADA, "c1", "sums"));
    clock.now = clock.now.plusSeconds(90);
    store.deliveries().add(fixture.asks(BOB, "c2", "sums"));
    Backlog backlog = store.backlog();
    assertEquals(2, backlog.deliveries());
    assertEquals(Duration.ofSeconds(90), backlog.oldestDelivery());
    assertTrue(backlog.oldestReply().isZero());
  }
}
