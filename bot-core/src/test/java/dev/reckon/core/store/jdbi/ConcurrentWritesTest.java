package dev.reckon.core.store.jdbi;

import static dev.reckon.core.store.jdbi.RecordFixture.ADA;
import static dev.reckon.core.store.jdbi.RecordFixture.TEAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.ConversationId;
import dev.reckon.core.policy.Ledger.Owner;
import dev.reckon.core.store.Deliveries.Delivery;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.store.Turns;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Transactions at the same time have the outcome of some order one after another. */
@ParameterizedClass
@EnumSource
class ConcurrentWritesTest {
  private static final int WRITERS = 12;
  private static final ConversationId TALK = new ConversationId("c1");

  @Parameter TestDatabase database = TestDatabase.SQLITE;
  @TempDir Path folder;

  private final RecordFixture.StillClock clock = new RecordFixture.StillClock();
  private JdbiStore store;
  private RecordFixture fixture;

  @BeforeEach
  void open() {
    store = JdbiStore.open(database.fresh(folder), clock);
    fixture = new RecordFixture(store);
    long seq = store.deliveries().add(fixture.asks(ADA, "c1", "hello")).orElseThrow();
    store.deliveries().handled(seq);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private <T> List<T> atOnce(IntFunction<T> work) throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> all =
          IntStream.range(0, WRITERS).mapToObj(i -> threads.submit(() -> work.apply(i))).toList();
      List<T> results = new ArrayList<>();
      for (Future<T> one : all) {
        results.add(one.get());
      }
      return results;
    }
  }

  private TurnRecord begin(String words) {
    return store.turns().begin(TALK, OptionalLong.empty(), ADA, TurnKind.REQUEST, words);
  }

  @Test
  void turnsOfAConversationAreNumberedWithoutGapOrRepetition() throws Exception {
    List<Integer> numbers = atOnce(i -> begin("turn " + i).number());
    assertEquals(
        IntStream.rangeClosed(1, WRITERS).boxed().toList(), numbers.stream().sorted().toList());
  }

  @Test
  void aDeliveryThatArrivesManyTimesIsKeptOnce() throws Exception {
    var incoming = fixture.asks(ADA, "c7", "once");
    List<Optional<Long>> kept = atOnce(i -> store.deliveries().add(incoming));
    assertEquals(1, kept.stream().flatMap(Optional::stream).count());
  }

  @Test
  void aFileHasOneCurrentVersionAndItsContentStays() throws Exception {
    byte[] content = "a,b".getBytes(StandardCharsets.UTF_8);
    atOnce(
        i -> {
          if (i % 3 == 2) {
            return store.files().drop(TALK, "a.csv");
          }
          return store.files().put(TALK, "a.csv", content, 0).bytes();
        });
    store.files().put(TALK, "a.csv", content, 0);
    assertEquals(1, store.files().list(TALK).size());
    String id = store.files().list(TALK).getFirst().id();
    assertTrue(store.files().read(id).isPresent());
  }

  @Test
  void versionsOfAComputationAreNumberedWithoutGapOrRepetition() throws Exception {
    atOnce(i -> store.computations().save(TEAM.id(), computation()).version());
    assertEquals(
        IntStream.rangeClosed(1, WRITERS).map(i -> WRITERS + 1 - i).boxed().toList(),
        store.computations().versions(TEAM.id(), "burn").stream()
            .map(SavedComputation::version)
            .toList());
  }

  @Test
  void aBudgetThatIsLookedAtInTheTransactionIsNotExceeded() throws Exception {
    double most = 0.5;
    atOnce(
        i ->
            store.inTransaction(
                () -> {
                  double spent = store.ledger().spent(Owner.PERSON, ADA.id(), Instant.EPOCH).usd();
                  if (spent >= most) {
                    return false;
                  }
                  long turn = begin("paid " + i).id();
                  store.turns().addCall(turn, new Turns.Call("GENERATE", "m", 1L, 1L, 0.125));
                  return true;
                }));
    assertEquals(most, store.ledger().spent(Owner.PERSON, ADA.id(), Instant.EPOCH).usd());
  }

  @Test
  void aLimitOfRunningTurnsThatIsLookedAtInTheTransactionIsNotExceeded() throws Exception {
    atOnce(
        i ->
            store.inTransaction(
                () -> store.turns().running(TALK).size() < 3 && begin("runs " + i).id() > 0));
    assertEquals(3, store.turns().running(TALK).size());
  }

  /** Otherwise a delivery could be worked on before an earlier one is seen. */
  @Test
  void aConversationsLaterDeliveryIsNotSeenBeforeAnEarlierOne() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Optional<Long>>> later = new ArrayList<>();
      var first = fixture.asks(ADA, "c1", "first");
      var second = fixture.asks(ADA, "c1", "second");
      long earlier =
          store.inTransaction(
              () -> {
                long seq = store.deliveries().add(first).orElseThrow();
                if (later.isEmpty()) {
                  later.add(threads.submit(() -> store.deliveries().add(second)));
                  database.awaitAWaitingWriter(store);
                }
                return seq;
              });
      long after = later.getFirst().get().orElseThrow();
      assertTrue(earlier < after);
      assertEquals(
          List.of(after),
          store.deliveries().waitingAfter(TALK, earlier).stream().map(Delivery::seq).toList());
    }
  }

  private SavedComputation computation() {
    return new SavedComputation(
        "burn",
        1,
        1,
        "request",
        "print(1)",
        List.of(),
        List.of(),
        List.of(),
        "verified",
        ADA.id(),
        ADA.name(),
        clock.instant(),
        null);
  }
}
