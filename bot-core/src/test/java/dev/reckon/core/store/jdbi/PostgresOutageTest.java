package dev.reckon.core.store.jdbi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.Outbox;
import dev.reckon.core.store.StoreException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A PostgreSQL server that goes away and comes back. */
class PostgresOutageTest {
  private final SaidLines said = SaidLines.of(Outage.class);
  private LossyProxy network;
  private String url;
  private JdbiStore store;

  @BeforeEach
  void open() throws IOException {
    String direct = PostgresServer.newest().fresh();
    network = new LossyProxy(PostgresServer.newest().port());
    url = direct.replaceFirst(":\\d+/", ":" + network.port() + "/");
    store = open(Duration.ofMinutes(1));
  }

  private JdbiStore open(Duration patience) {
    return JdbiStore.open(new StoreAccess(url, null, null, 8, patience), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    said.close();
    store.close();
    network.close();
  }

  @Test
  void whatIsWrittenMeanwhileIsKeptOnceAndTheOutageIsSaidOnce() throws Exception {
    int all = 40;
    List<Future<?>> writes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < all; i++) {
        String id = "Ev" + i;
        writes.add(threads.submit(() -> store.deliveries().add(Samples.words(id, id))));
        if (i == all / 2) {
          network.cut();
          assertThrows(StoreException.class, store::backlog);
        }
      }
      network.restore();
      for (Future<?> write : writes) {
        write.get();
      }
    }
    assertEquals(all, store.backlog().deliveries());
    List<String> lines = said.lines();
    assertEquals(2, lines.size(), lines::toString);
    assertTrue(lines.get(0).contains("does not answer"), lines::toString);
    assertTrue(lines.get(1).contains("works again"), lines::toString);
  }

  @Test
  void workIsNotDoneTwiceWhereOnlyTheAnswerToItsCommitWasLost() {
    // Otherwise the driver sends a prepared statement's number instead of the word.
    url += "&preferQueryMode=simple";
    store.close();
    store = open(Duration.ofMinutes(1));
    store.deliveries().add(Samples.words("1", "x"));
    network.loseTheNextCommitsAnswer();
    store
        .outbox()
        .add(
            new Outbox.Draft(
                Samples.TALK,
                new Address("fake", "test/talk", "channel", false),
                Reply.notice("once"),
                null,
                Instant.EPOCH));
    assertTrue(network.hasLostIt());
    assertEquals(1, store.backlog().replies());
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whoeverLeavesDoesNotWaitForAServerThatIsAway() throws IOException {
    try (JdbiStore patient = open(Duration.ofDays(1))) {
      patient.replicas().join("a", Duration.ofMinutes(1));
      network.cut();
      assertThrows(StoreException.class, () -> patient.replicas().leave("a"));
      network.restore();
      assertEquals(1, patient.replicas().alive());
    }
  }

  @Test
  void workGivesUpWhenItsPatienceIsAtItsEnd() throws IOException {
    try (JdbiStore impatient = open(Duration.ZERO)) {
      network.cut();
      StoreException e =
          assertThrows(
              StoreException.class, () -> impatient.deliveries().add(Samples.words("1", "x")));
      assertEquals(StoreException.Kind.UNREACHABLE, e.kind());
      assertTrue(e.getMessage().contains("does not answer"), e.getMessage());
    }
  }

  @Test
  void closingTheStoreEndsTheWait() throws Exception {
    network.cut();
    CountDownLatch met = new CountDownLatch(1);
    Thread waiting =
        Thread.ofVirtual()
            .start(
                () ->
                    assertThrows(
                        StoreException.class,
                        () -> {
                          met.countDown();
                          store.deliveries().add(Samples.words("1", "x"));
                        }));
    met.await();
    store.close();
    waiting.join();
  }

  @Test
  void anInterruptWaitsUntilTheWorkIsDone() throws Exception {
    AtomicBoolean interruptedBefore = new AtomicBoolean();
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread worker =
        Thread.ofVirtual()
            .unstarted(
                () -> {
                  store.transact(
                      () -> {
                        store.deliveries().add(Samples.words("1", "x"));
                        if (!interruptedBefore.getAndSet(true)) {
                          Thread.currentThread().interrupt();
                        }
                        store.deliveries().add(Samples.words("2", "x"));
                      });
                  interrupted.set(Thread.currentThread().isInterrupted());
                });
    worker.start();
    worker.join();
    assertTrue(interrupted.get());
    assertEquals(2, store.backlog().deliveries());
  }

  @Test
  void connectionsThatTheServerEndsAreReplaced() {
    store.deliveries().add(Samples.words("1", "x"));
    AtomicBoolean first = new AtomicBoolean(true);
    store.transact(
        () -> {
          store.deliveries().add(Samples.words("2", "x"));
          if (first.getAndSet(false)) {
            PostgresServer.newest()
                .execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'"
                        .formatted(url.replaceFirst(".*/([^?]*).*", "$1")));
          }
          store.deliveries().add(Samples.words("3", "x"));
        });
    assertEquals(3, store.backlog().deliveries());
  }
}
