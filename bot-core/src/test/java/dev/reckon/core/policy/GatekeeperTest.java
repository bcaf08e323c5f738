package dev.reckon.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Language;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.policy.Decision.Admitted;
import dev.reckon.core.policy.Decision.Queued;
import dev.reckon.core.policy.Decision.Reason;
import dev.reckon.core.policy.Decision.Refused;
import dev.reckon.core.surface.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GatekeeperTest {
  private final SettableClock clock = new SettableClock("2026-11-24T14:03:00Z");
  private final ScriptedLedger ledger = new ScriptedLedger();
  private final AtomicReference<Policy> policy =
      new AtomicReference<>(Policy.STANDARD.with(PolicyKey.TIME_ZONE, "Europe/Berlin"));
  private final Gatekeeper gatekeeper =
      new Gatekeeper(policy::get, ledger, new LocalAdmissionState(clock), clock);

  @Test
  void theSeventhRequestOfAMinuteIsToldWhenTheNextIsAllowed() {
    for (int i = 0; i < 6; i++) {
      admitAndFinish(Asker.ADA.asks("d" + i));
    }
    assertEquals(
        "You have asked too often: the next request is allowed in 10 s, at 15:03:10 Europe/Berlin,"
            + " or ask an administrator of Reckon for a higher limit.",
        refusal(Asker.ADA.asks("d6"), Reason.RATE));
    clock.advance(Duration.ofSeconds(10));
    admitAndFinish(Asker.ADA.asks("d7"));
    assertEquals(
        Reason.RATE,
        assertInstanceOf(Refused.class, gatekeeper.admit(Asker.ADA.asks("d8"))).reason());
  }

  @Test
  void whoIsShutOutIsToldWithoutBeingCounted() {
    policy.set(Policy.STANDARD.with(PolicyKey.BLOCKED, Asker.ADA.asks("d0").person().id()));
    String told = refusal(Asker.ADA.asks("d0", AdmissionRequest.Kind.WORD), Reason.BLOCKED);
    assertEquals(told, gatekeeper.shutsOut(Asker.ADA.asks("d1")).orElseThrow().sentence());
    policy.set(Policy.STANDARD);
    for (int i = 0; i < 10; i++) {
      assertTrue(gatekeeper.shutsOut(Asker.ADA.asks("e" + i)).isEmpty());
    }
    admitAndFinish(Asker.ADA.asks("f"));
  }

  @Test
  void theNamedTimeIsKeptToTheMillisecond() {
    set(PolicyKey.PERSON_PER_MINUTE, "7");
    for (int i = 0; i < 7; i++) {
      admitAndFinish(Asker.ADA.asks("d" + i));
    }
    assertTrue(refusal(Asker.ADA.asks("x"), Reason.RATE).contains("in 9 s"));
    clock.advance(Duration.ofSeconds(9));
    admitAndFinish(Asker.ADA.asks("y"));
  }

  @Test
  void theTeamsRateHoldsForAllAndCostsTheRefusedPersonNothing() {
    set(PolicyKey.TEAM_PER_MINUTE, "1");
    set(PolicyKey.PERSON_PER_MINUTE, "2");
    admitAndFinish(Asker.BOB.asks("b1"));
    for (int i = 0; i < 5; i++) {
      assertTrue(
          refusal(Asker.ADA.asks("a" + i), Reason.RATE)
              .startsWith("Your team has asked too often"));
    }
    set(PolicyKey.TEAM_PER_MINUTE, "0");
    admitAndFinish(Asker.ADA.asks("a6"));
    admitAndFinish(Asker.ADA.asks("a7"));
  }

  @Test
  void aRaisedLimitHoldsAtOnce() {
    set(PolicyKey.PERSON_PER_MINUTE, "1");
    admitAndFinish(Asker.ADA.asks("d1"));
    refusal(Asker.ADA.asks("d2"), Reason.RATE);
    set(PolicyKey.PERSON_PER_MINUTE, "5");
    admitAndFinish(Asker.ADA.asks("d3"));
  }

  @Test
  void aSecondRequestWaitsAndIsToldOnce() {
    AdmissionRequest first = Asker.ADA.asks("d1");
    AdmissionRequest second = Asker.ADA.asks("d2");
    assertInstanceOf(Admitted.class, gatekeeper.admit(first));
    assertEquals(
        new Queued(
            Optional.of(
                "Your earlier request still runs; this one starts by itself when it is done"
                    + " (\"cancel\" there ends it).")),
        gatekeeper.admit(second));
    assertEquals(new Queued(Optional.empty()), gatekeeper.admit(second));
    assertInstanceOf(Admitted.class, gatekeeper.admit(Asker.BOB.asks("d3")));
    assertEquals(List.of(second.conversation()), gatekeeper.finished("d1"));
    assertInstanceOf(Admitted.class, gatekeeper.admit(second));
    assertEquals(List.of(), gatekeeper.finished("d2"));
  }

  @Test
  void waitingDeliveriesComeInTheOrderInWhichTheyAsked() {
    gatekeeper.admit(Asker.ADA.asks("d1"));
    gatekeeper.admit(Asker.ADA.asks("d2"));
    gatekeeper.admit(Asker.ADA.asks("d3"));
    assertEquals(2, gatekeeper.finished("d1").size());
    assertInstanceOf(Queued.class, gatekeeper.admit(Asker.ADA.asks("d3")));
    assertInstanceOf(Admitted.class, gatekeeper.admit(Asker.ADA.asks("d2")));
    gatekeeper.finished("d2");
    assertInstanceOf(Admitted.class, gatekeeper.admit(Asker.ADA.asks("d3")));
  }

  @Test
  void aWaitingDeliveryThatIsDroppedHoldsNobodyUp() {
    gatekeeper.admit(Asker.ADA.asks("d1"));
    gatekeeper.admit(Asker.ADA.asks("d2"));
    gatekeeper.admit(Asker.ADA.asks("d3"));
    assertEquals(List.of(Asker.ADA.asks("d3").conversation()), gatekeeper.finished("d2"));
    gatekeeper.finished("d1");
    assertInstanceOf(Admitted.class, gatekeeper.admit(Asker.ADA.asks("d3")));
  }

  @Test
  void aDeliveryThatWasToldToWaitIsNotRefusedByTheRateLater() {
    set(PolicyKey.PERSON_PER_MINUTE, "2");
    gatekeeper.admit(Asker.ADA.asks("d1"));
    assertInstanceOf(Queued.class, gatekeeper.admit(Asker.ADA.asks("d2")));
    refusal(Asker.ADA.asks("d3"), Reason.RATE);
    gatekeeper.finished("d1");
    assertInstanceOf(Admitted.class, gatekeeper.admit(Asker.ADA.asks("d2")));
  }

  @Test
  void askingAgainForARunningDeliveryCountsNothing() {
    set(PolicyKey.PERSON_PER_MINUTE, "1");
    for (int i = 0; i < 5; i++) {
      assertInstanceOf(Admitted.class, gatekeeper.admit(Asker.ADA.asks("d1")));
    }
  }

  @Test
  void askingAgainForTheSameDeliveryIsToldApart() {
    assertEquals(
        List.of(false, true),
        Stream.of("d1", "d1")
            .map(id -> ((Admitted) gatekeeper.admit(Asker.ADA.asks(id))).again())
            .toList());
  }

  @Test
  void aTurnThatGoesOnAfterARestartTakesItsPlace() {
    gatekeeper.resumed(Asker.ADA.asks("d1"));
    assertInstanceOf(Queued.class, gatekeeper.admit(Asker.ADA.asks("d2")));
    assertEquals(1, gatekeeper.finished("d1").size());
  }

  @Test
  void wordsNeitherWaitNorCount() {
    set(PolicyKey.PERSON_PER_MINUTE, "1");
    gatekeeper.admit(Asker.ADA.asks("d1"));
    for (int i = 0; i < 20; i++) {
      assertEquals(
          new Admitted(null, List.of()),
          gatekeeper.admit(Asker.ADA.asks("w" + i, AdmissionRequest.Kind.WORD)));
    }
  }

  @Test
  void moneyUsedUpRefusesRequestsButNotRuns() {
    ledger.turn(clock.instant(), Asker.ADA.id(), "slack/T1", 2.0);
    assertEquals(
        "Your budget for today, 2.00 USD, is used up until 25 November, 00:00 Europe/Berlin (saved"
            + " computations and \"run\" still work); ask an administrator of Reckon for more.",
        refusal(Asker.ADA.asks("d1"), Reason.BUDGET));
    assertEquals(
        null,
        assertInstanceOf(
                Admitted.class, gatekeeper.admit(Asker.ADA.asks("d2", AdmissionRequest.Kind.SAVED)))
            .ceilingUsd());
    assertInstanceOf(Admitted.class, gatekeeper.admit(Asker.BOB.asks("d3")));
  }

  @Test
  void runsUsedUpRefuseEverythingThatRuns() {
    set(PolicyKey.TEAM_MONTH_RUNS, "3");
    for (int i = 0; i < 3; i++) {
      ledger.turn(clock.instant(), Asker.BOB.id(), "slack/T1", 0);
    }
    assertEquals(
        "Your team's number of runs for this month, 3 runs, is used up until 1 December, 00:00"
            + " Europe/Berlin; ask an administrator of Reckon for more.",
        refusal(Asker.ADA.asks("d1", AdmissionRequest.Kind.SAVED), Reason.BUDGET));
    assertInstanceOf(
        Admitted.class, gatekeeper.admit(Asker.ADA.asks("d2", AdmissionRequest.Kind.WORD)));
  }

  @Test
  void theDayBeginsInTheConfiguredZone() {
    // 23:30 in Berlin, the evening before.
    ledger.turn(Instant.parse("2026-11-23T22:30:00Z"), Asker.ADA.id(), "slack/T1", 2.0);
    assertInstanceOf(Admitted.class, gatekeeper.admit(Asker.ADA.asks("d1")));
    gatekeeper.finished("d1");
    set(PolicyKey.TIME_ZONE, "America/New_York");
    assertInstanceOf(Admitted.class, gatekeeper.admit(Asker.ADA.asks("d2")));
    gatekeeper.finished("d2");
    set(PolicyKey.TIME_ZONE, "Pacific/Kiritimati");
    clock.advance(Duration.ofHours(-5));
    refusal(Asker.ADA.asks("d3"), Reason.BUDGET);
  }

  @Test
  void theTightestBudgetIsTheTurnsCeiling() {
    ledger.turn(clock.instant(), Asker.BOB.id(), "slack/T1", 9.5);
    Admitted admitted = assertInstanceOf(Admitted.class, gatekeeper.admit(Asker.ADA.asks("d1")));
    assertEquals(0.5, assertNotNullValue(admitted.ceilingUsd()), 1e-9);
    set(PolicyKey.PERSON_DAY_USD, "0");
    set(PolicyKey.PERSON_MONTH_USD, "0");
    set(PolicyKey.TEAM_DAY_USD, "0");
    set(PolicyKey.TEAM_MONTH_USD, "0");
    assertNull(
        assertInstanceOf(Admitted.class, gatekeeper.admit(Asker.BOB.asks("d2"))).ceilingUsd());
  }

  @Test
  void fourFifthsOfABudgetAreToldOnceAPeriod() {
    ledger.turn(clock.instant(), Asker.ADA.id(), "slack/T1", 1.59);
    assertEquals(List.of(), admitAndFinish(Asker.ADA.asks("d1")).notices());
    ledger.turn(clock.instant(), Asker.ADA.id(), "slack/T1", 0.02);
    assertEquals(
        List.of(
            "Your budget for today: 1.61 of 2.00 USD used, 0.39 USD left until 25 November,"
                + " 00:00 Europe/Berlin."),
        admitAndFinish(Asker.ADA.asks("d2")).notices());
    assertEquals(List.of(), admitAndFinish(Asker.ADA.asks("d3")).notices());
    clock.advance(Duration.ofDays(1));
    ledger.turn(clock.instant(), Asker.ADA.id(), "slack/T1", 1.70);
    assertEquals(1, admitAndFinish(Asker.ADA.asks("d4")).notices().size());
  }

  @Test
  void whatIsLeftIsToldOnAsking() {
    ledger.turn(clock.instant(), Asker.ADA.id(), "slack/T1", 0.5);
    List<String> left =
        gatekeeper.left(
            new Person(Asker.ADA.id(), "Ada", Person.Role.MEMBER),
            new Team("slack/T1", ""),
            Language.ENGLISH);
    assertEquals(
        "Your budget for today: 0.50 of 2.00 USD used, 1.50 USD left until 25 November, 00:00"
            + " Europe/Berlin.",
        left.getFirst());
    assertTrue(
        left.contains(
            "Your number of runs for today: 1 of 200 used, 199 left until 25"
                + " November, 00:00 Europe/Berlin."),
        left::toString);
    assertEquals(6, left.size());
  }

  @Test
  void manyThreadsNeverGetMoreThanOnePlace() throws Exception {
    set(PolicyKey.PERSON_PER_MINUTE, "0");
    set(PolicyKey.PERSON_PER_HOUR, "0");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Decision>> asks =
          IntStream.range(0, 200)
              .<Callable<Decision>>mapToObj(i -> () -> gatekeeper.admit(Asker.ADA.asks("d" + i)))
              .toList();
      long admitted = 0;
      for (Future<Decision> decision : threads.invokeAll(asks)) {
        admitted += decision.get() instanceof Admitted ? 1 : 0;
      }
      assertEquals(1, admitted);
    }
  }

  private Admitted admitAndFinish(AdmissionRequest asking) {
    Admitted admitted = assertInstanceOf(Admitted.class, gatekeeper.admit(asking));
    gatekeeper.finished(asking.delivery());
    return admitted;
  }

  private String refusal(AdmissionRequest asking, Reason reason) {
    Refused refused = assertInstanceOf(Refused.class, gatekeeper.admit(asking));
    assertEquals(reason, refused.reason());
    return refused.sentence();
  }

  private void set(PolicyKey key, String value) {
    policy.updateAndGet(current -> current.with(key, value));
  }

  private static double assertNotNullValue(@Nullable Double value) {
    assertNotNull(value);
    return value;
  }
}
