package dev.reckon.core.store.jdbi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Reply;
import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.store.Deliveries.Delivery;
import dev.reckon.core.store.Deliveries.Line;
import dev.reckon.core.store.LeaseLostException;
import dev.reckon.core.store.Outbox.Draft;
import dev.reckon.core.store.Outbox.OutboxEntry;
import dev.reckon.core.store.TurnKind;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Replicas on one store: who works on what, and what becomes of the work of those that end. */
@ParameterizedClass
@EnumSource
class JdbiReplicasTest {
  private static final Line LINE = new Line(Samples.TALK, false);
  private static final Duration LONG = Duration.ofMinutes(10);

  /** Whoever joins or beats like this counts as silent at once. */
  private static final Duration SILENT = Duration.ZERO;

  @Parameter TestDatabase database = TestDatabase.SQLITE;
  @TempDir Path folder;
  private JdbiStore store;

  @BeforeEach
  void open() {
    store = JdbiStore.open(database.fresh(folder), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Delivery taken(String replica) {
    return store.deliveries().take(LINE, replica).orElseThrow();
  }

  /** A replica beats that has been heard for as long as others may be silent. */
  private List<String> ended(String replica) {
    List<String> ended = new ArrayList<>(store.replicas().beat(replica, LONG));
    store.database().update("update replica set since = 0 where id = ?", replica);
    ended.addAll(store.replicas().beat(replica, LONG));
    return ended;
  }

  private Draft draft(String text) {
    return new Draft(
        Samples.TALK,
        new Address("fake", "test/talk", "channel", false),
        Reply.notice(text),
        Samples.ADA,
        Instant.EPOCH);
  }

  @Test
  void aConversationIsWorkedOnByOneReplicaAtATime() {
    store.deliveries().add(Samples.words("1", "one"));
    store.deliveries().add(Samples.words("2", "two"));
    Delivery first = taken("a");
    assertTrue(store.deliveries().take(LINE, "b").isEmpty());
    assertEquals(List.of(), store.deliveries().due(Set.of("fake"), "b"));
    assertEquals(List.of(LINE), store.deliveries().due(Set.of("fake"), "a"));
    store.deliveries().handled(first.seq());
    assertEquals("2", taken("b").incoming().delivery());
  }

  @Test
  void whatWasLeftInGoodOrderIsForAnyReplica() {
    store.deliveries().add(Samples.words("1", "one"));
    store.deliveries().left(taken("a").seq());
    assertEquals("1", taken("b").incoming().delivery());
  }

  @Test
  void ofManyThatWantADeliveryOneGetsIt() throws Exception {
    for (int i = 0; i < 20; i++) {
      store.deliveries().add(Samples.words("d" + i, new ConversationId("test/" + i), "one"));
    }
    List<Callable<Integer>> replicas = new ArrayList<>();
    for (String replica : List.of("a", "b", "c", "d")) {
      replicas.add(
          () -> {
            int taken = 0;
            for (int i = 0; i < 20; i++) {
              Line line = new Line(new ConversationId("test/" + i), false);
              taken += store.deliveries().take(line, replica).isPresent() ? 1 : 0;
            }
            return taken;
          });
    }
    int all = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(replicas.size())) {
      for (Future<Integer> taken : threads.invokeAll(replicas)) {
        all += taken.get();
      }
    }
    assertEquals(20, all);
  }

  @Test
  void aReplicaThatIsHeardKeepsItsWork() {
    store.deliveries().add(Samples.words("1", "one"));
    store.replicas().join("b", LONG);
    store.replicas().beat("a", LONG);
    taken("a");
    assertEquals(List.of(), ended("b"));
    assertTrue(store.deliveries().take(LINE, "b").isEmpty());
  }

  @Test
  void theWorkOfASilentReplicaGoesOnElsewhere() {
    store.deliveries().add(Samples.words("1", "one"));
    store.replicas().join("b", LONG);
    store.replicas().beat("a", SILENT);
    taken("a");
    assertEquals(List.of("a"), ended("b"));
    Delivery again = taken("b");
    assertTrue(again.suspected());
    assertEquals(1, again.deaths());
  }

  @Test
  void onlyWhatTheEndedReplicaWorkedOnIsSuspected() {
    Line other = new Line(new ConversationId("test/other"), false);
    store.deliveries().add(Samples.words("1", "one"));
    store.deliveries().add(Samples.words("2", other.conversation(), "two"));
    store.replicas().join("b", LONG);
    store.replicas().beat("a", SILENT);
    taken("a");
    Delivery mine = store.deliveries().take(other, "b").orElseThrow();
    assertEquals(List.of("a"), ended("b"));
    Delivery after = store.deliveries().take(other, "b").orElseThrow();
    assertEquals(mine.deaths(), after.deaths());
    assertFalse(after.suspected());
  }

  @Test
  void nobodyIsDeclaredEndedByAReplicaThatHeardNothingItself() {
    assumeTrue(database != TestDatabase.SQLITE, "one process at a time");
    store.deliveries().add(Samples.words("1", "one"));
    store.replicas().join("a", SILENT);
    taken("a");
    assertEquals(List.of(), store.replicas().join("b", LONG), "b may have been away, not a");
    assertTrue(store.deliveries().take(LINE, "b").isEmpty());
  }

  @Test
  void aReplicaThatLeavesIsNotWaitedFor() {
    store.deliveries().add(Samples.words("1", "one"));
    store.replicas().join("b", LONG);
    store.replicas().beat("a", LONG);
    taken("a");
    store.replicas().leave("a");
    assertEquals(List.of("a"), ended("b"));
    taken("b");
  }

  @Test
  void whatAnEarlierVersionWorkedOnIsReleased() {
    store.deliveries().add(Samples.words("1", "one"));
    store.database().update("update delivery set starts = 1");
    ended("b");
    taken("b");
  }

  @Test
  void nothingThatAStalledReplicaWritesIsKept() throws Exception {
    long seq = store.deliveries().add(Samples.words("1", "one")).orElseThrow();
    store.replicas().join("b", LONG);
    store.replicas().beat("a", SILENT);
    Delivery stale = taken("a");
    long turn =
        stale
            .lease()
            .during(
                () ->
                    store
                        .turns()
                        .begin(
                            Samples.TALK,
                            OptionalLong.of(seq),
                            Samples.ADA,
                            TurnKind.REQUEST,
                            "one")
                        .id());
    ended("b");
    Delivery now = taken("b");
    List<Runnable> writes =
        List.of(
            () -> store.turns().saveState(turn, 1, "{}"),
            () -> store.turns().abandon(turn),
            () -> store.turns().finish(StoredSamples.result().forTurn(turn)),
            () -> store.deliveries().handled(seq),
            () -> store.deliveries().left(seq),
            () -> store.deliveries().retry(seq, Instant.EPOCH, "x"),
            () -> store.outbox().add(draft("stale")),
            () -> store.files().put(Samples.TALK, "a.csv", new byte[] {1}, turn),
            () ->
                store.transact(
                    () -> {
                      store.outbox().add(draft("stale"));
                      store.deliveries().handled(seq);
                    }));
    for (Runnable write : writes) {
      assertThrows(LeaseLostException.class, () -> stale.lease().during(() -> run(write)));
    }
    assertEquals(Optional.empty(), store.turns().state(turn));
    assertEquals(
        List.of(turn), store.turns().running(Samples.TALK).stream().map(t -> t.id()).toList());
    assertEquals(0, store.backlog().replies());
    assertEquals(List.of(), store.files().list(Samples.TALK));
    now.lease().during(() -> run(() -> store.deliveries().handled(seq)));
    assertTrue(store.deliveries().next(Samples.TALK).isEmpty());
  }

  private static boolean run(Runnable work) {
    work.run();
    return true;
  }

  @Test
  void aTakeOverWaitsForAWriteThatIsUnderWay() throws Exception {
    long seq = store.deliveries().add(Samples.words("1", "one")).orElseThrow();
    Delivery held = taken("a");
    store.replicas().join("b", LONG);
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch commit = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<Boolean> writer =
          threads.submit(
              () ->
                  held.lease()
                      .during(
                          () ->
                              store.inTransaction(
                                  () -> {
                                    store.outbox().add(draft("in time"));
                                    written.countDown();
                                    awaitUninterrupted(commit);
                                    return true;
                                  })));
      written.await();
      Future<Boolean> other =
          threads.submit(
              () -> {
                ended("b");
                return store.deliveries().take(LINE, "b").isPresent();
              });
      database.awaitAWaitingWriter(store);
      assertFalse(other.isDone());
      commit.countDown();
      assertTrue(writer.get());
      assertTrue(other.get());
    }
    assertEquals(1, store.backlog().replies());
    assertThrows(
        LeaseLostException.class,
        () -> held.lease().during(() -> run(() -> store.deliveries().handled(seq))));
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aReplyIsSentByOneReplicaAtATimeInOrder() {
    Instant now = Instant.now().plusSeconds(9);
    store.deliveries().add(Samples.words("1", "one"));
    long first = store.outbox().add(draft("one"));
    long second = store.outbox().add(draft("two"));
    OutboxEntry sending = store.outbox().take(first, "a", now).orElseThrow();
    assertTrue(store.outbox().take(first, "b", now).isEmpty());
    assertEquals(List.of(), store.outbox().due("fake", "b", now), "not even the next one");
    sending.lease().during(() -> run(() -> store.outbox().sent(first)));
    assertEquals(
        List.of(second), store.outbox().due("fake", "b", now).stream().map(e -> e.id()).toList());
  }

  @Test
  void aReplyOfASilentReplicaIsSentByAnother() {
    Instant now = Instant.now().plusSeconds(9);
    store.deliveries().add(Samples.words("1", "one"));
    long id = store.outbox().add(draft("one"));
    store.replicas().join("b", LONG);
    store.replicas().beat("a", SILENT);
    OutboxEntry stale = store.outbox().take(id, "a", now).orElseThrow();
    ended("b");
    OutboxEntry taken = store.outbox().take(id, "b", now).orElseThrow();
    assertThrows(
        LeaseLostException.class,
        () -> stale.lease().during(() -> run(() -> store.outbox().retry(id, now, "x"))));
    taken.lease().during(() -> run(() -> store.outbox().sent(id)));
    assertEquals(0, store.backlog().replies());
  }

  @Test
  void whoeverWasSilentItselfDeclaresNobodyEnded() {
    assumeTrue(database != TestDatabase.SQLITE, "one process at a time");
    store.deliveries().add(Samples.words("1", "one"));
    store.replicas().join("b", LONG);
    store.replicas().beat("a", SILENT);
    taken("a");
    assertEquals(List.of(), store.replicas().beat("b", SILENT), "b was as silent as a");
    assertTrue(store.deliveries().take(LINE, "b").isEmpty());
    assertEquals(List.of("a"), ended("b"));
  }

  @Test
  void aTurnThatComesForwardClearsItsDeliveryOfEarlierDeaths() throws Exception {
    long seq = store.deliveries().add(Samples.words("1", "one")).orElseThrow();
    store.replicas().join("b", LONG);
    store.replicas().beat("a", SILENT);
    taken("a");
    ended("b");
    Delivery again = taken("b");
    assertEquals(1, again.deaths());
    again
        .lease()
        .during(
            () ->
                run(
                    () -> {
                      long turn =
                          store
                              .turns()
                              .begin(
                                  Samples.TALK,
                                  OptionalLong.of(seq),
                                  Samples.ADA,
                                  TurnKind.REQUEST,
                                  "one")
                              .id();
                      store.turns().saveState(turn, 1, "{}");
                    }));
    assertEquals(0, store.deliveries().find("1").orElseThrow().deaths());
  }

  @Test
  void oneReplicaLeadsATaskUntilItEnds() {
    assumeTrue(database != TestDatabase.SQLITE, "one process at a time");
    store.replicas().join("b", LONG);
    store.replicas().beat("a", LONG);
    assertTrue(store.replicas().leads("polling", "a"));
    assertFalse(store.replicas().leads("polling", "b"));
    assertTrue(store.replicas().leads("polling", "a"));
    ended("b");
    assertFalse(store.replicas().leads("polling", "b"), "a is heard");
    store.replicas().beat("a", SILENT);
    ended("b");
    assertFalse(store.replicas().leads("polling", "a"), "a counts as ended");
    assertTrue(store.replicas().leads("polling", "b"));
    store.replicas().beat("a", LONG);
    assertFalse(store.replicas().leads("polling", "a"));
    store.replicas().leave("b");
    assertTrue(store.replicas().leads("polling", "a"));
  }

  @Test
  void aTaskThatWasGivenUpIsAnothersAtOnce() {
    assumeTrue(database != TestDatabase.SQLITE, "one process at a time");
    store.replicas().join("a", LONG);
    store.replicas().join("b", LONG);
    assertTrue(store.replicas().leads("polling", "a"));
    store.replicas().release("polling", "b");
    assertFalse(store.replicas().leads("polling", "b"), "it was not b's to give up");
    store.replicas().release("polling", "a");
    assertTrue(store.replicas().leads("polling", "b"));
    assertFalse(store.replicas().leads("polling", "a"));
  }

  @Test
  void aLeaderThatIsGoneIsReplacedEvenIfNobodyReleasedItsTask() {
    store.replicas().join("a", LONG);
    assertTrue(store.replicas().leads("polling", "a"));
    store.database().update("delete from replica where id = 'a'");
    store.replicas().join("b", LONG);
    assertTrue(store.replicas().leads("polling", "b"));
  }

  private AdmissionRequest request(long number) {
    return new AdmissionRequest(
        Long.toString(number),
        Samples.TALK,
        Samples.TEAM,
        Samples.ADA,
        new Address("fake", "test/talk", "channel", false),
        AdmissionRequest.Kind.REQUEST);
  }

  /** A delivery that waits for a place, which a turn of the same replica has. */
  private void waitsBehind(String replica) {
    JdbiAdmissionState state = new JdbiAdmissionState(store.database(), replica);
    state.take(request(1));
    long seq = store.deliveries().add(Samples.words("2", "two")).orElseThrow();
    taken(replica);
    assertTrue(state.queue(request(2)));
    store.deliveries().waits(seq);
    assertTrue(store.deliveries().take(LINE, "b").isEmpty());
  }

  private void assertAsksAgainAsOneThatWaited(String replica) {
    assertEquals("2", taken(replica).incoming().delivery());
    assertTrue(store.admissionState().waits("2"), "it was counted, and pays no second time");
    assertTrue(store.admissionState().free(request(2), 1));
  }

  @Test
  void whatWaitedForAPlaceOfASilentReplicaAsksAgain() {
    store.replicas().join("b", LONG);
    store.replicas().beat("a", SILENT);
    waitsBehind("a");
    ended("b");
    assertAsksAgainAsOneThatWaited("b");
  }

  @Test
  void whatWaitedForAPlaceOfAReplicaThatLeftAsksAgain() {
    store.replicas().join("b", LONG);
    store.replicas().beat("a", LONG);
    waitsBehind("a");
    store.replicas().leave("a");
    assertAsksAgainAsOneThatWaited("b");
  }

  @Test
  void aPlaceOfAReplicaThatIsNotKnownAnyMoreIsFree() {
    store.replicas().join("b", LONG);
    waitsBehind("a");
    ended("b");
    assertAsksAgainAsOneThatWaited("b");
  }

  @Test
  void whatWaitedAndCannotAskAgainHoldsNobodyUp() {
    store.replicas().join("b", LONG);
    new JdbiAdmissionState(store.database(), "a").queue(request(1));
    assertFalse(store.admissionState().free(request(2), 1));
    ended("b");
    assertTrue(store.admissionState().free(request(2), 1));
  }

  @Test
  void aChannelTakesOneMessageAtATimeWhoeverSendsIt() {
    assertEquals(Duration.ZERO, store.outbox().reserve("fake", "c", LONG));
    assertTrue(store.outbox().reserve("fake", "c", LONG).isPositive());
    assertEquals(Duration.ZERO, store.outbox().reserve("fake", "other", Duration.ZERO));
    assertEquals(Duration.ZERO, store.outbox().reserve("fake", "other", LONG));
    store.outbox().hold("fake", "third", LONG);
    assertTrue(store.outbox().reserve("fake", "third", LONG).isPositive());
  }

  @Test
  void replicasThatAreHeardAreCounted() {
    store.replicas().join("a", LONG);
    store.replicas().beat("b", LONG);
    assertEquals(2, store.replicas().alive());
    store.replicas().leave("b");
    assertEquals(1, store.replicas().alive());
  }
}
