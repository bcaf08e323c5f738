package dev.reckon.core.store.jdbi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.ConversationId;
import dev.reckon.core.store.Privacy.Retention;
import dev.reckon.core.store.Privacy.Swept;
import dev.reckon.core.store.WebShares;
import dev.reckon.core.turn.TurnStatus;
import dev.reckon.testing.Until;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteCommitListener;
import org.sqlite.SQLiteConnection;

class RetentionSweepTest {
  private static final int OLD = 3 * RetentionSweep.ROWS + 1;
  private static final ConversationId TALK = new ConversationId("c1");

  /** What hangs on one turn of the fixture: two attempts and a call. */
  private static final int ROWS_OF_A_TURN = 4;

  private static final Retention MONTH =
      new Retention(
          Duration.ofDays(30), Duration.ofDays(30), Duration.ofDays(7), Duration.ofDays(60));

  @TempDir Path folder;
  private final RecordFixture.StillClock clock = new RecordFixture.StillClock();
  private JdbiStore store;
  private RecordFixture fixture;

  @BeforeEach
  void keepSomethingOfEverything() {
    store = JdbiStore.open("jdbc:sqlite:" + folder.resolve("a.db"), clock);
    fixture = new RecordFixture(store);
    store.transact(
        () -> {
          for (int i = 0; i < OLD; i++) {
            fixture.answered(RecordFixture.ADA, "c1", "question " + i, TurnStatus.VERIFIED, 0.1);
            store.files().put(TALK, i + ".csv", ("a," + i).getBytes(StandardCharsets.UTF_8), 0);
          }
        });
    clock.now = clock.now.plus(Duration.ofDays(70));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void oneTransactionTakesAFewRowsOnly() throws SQLException {
    AtomicInteger rows = new AtomicInteger();
    List<Integer> transactions = new CopyOnWriteArrayList<>();
    onEveryConnection(
        connection -> {
          connection.addUpdateListener((type, database, table, row) -> rows.incrementAndGet());
          connection.addCommitListener(
              new SQLiteCommitListener() {
                @Override
                public void onCommit() {
                  transactions.add(rows.getAndSet(0));
                }

                @Override
                public void onRollback() {
                  rows.set(0);
                }
              });
        });
    Swept swept = store.privacy().sweep(MONTH, clock.instant());
    assertEquals(new Swept(OLD, OLD, OLD, OLD), swept);
    int most = Collections.max(transactions);
    assertTrue(most <= RetentionSweep.ROWS * ROWS_OF_A_TURN, "rows in one transaction: " + most);
    assertEquals(Optional.empty(), store.conversations().team(TALK));
  }

  @Test
  void sharedLinksGoWhenTheyHaveExpiredAndNotBefore() {
    Retention forEver = new Retention(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    long turn = fixture.answered(RecordFixture.ADA, "c1", "one", TurnStatus.VERIFIED, 0.1);
    Instant now = clock.instant();
    String ada = RecordFixture.ADA.id();
    store.webShares().create("short", turn, ada, now, now.plusSeconds(60));
    WebShares.WebShare lasting =
        store.webShares().create("long", turn, ada, now, now.plusSeconds(600));
    assertEquals(List.of(lasting), store.webShares().of(ada, now.plusSeconds(60)));
    assertEquals(2, shares().size(), "to list them deletes nothing");
    store.privacy().sweep(forEver, now.plusSeconds(60));
    assertEquals(List.of(lasting.id()), shares());
  }

  @Test
  void ratesAndChannelsThatNobodyUsesAnyMoreGoWhateverTheRetention() {
    Retention forEver = new Retention(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    for (String name : List.of("old", "new")) {
      Duration age = name.equals("old") ? Duration.ofHours(25) : Duration.ofHours(23);
      long at = clock.instant().minus(age).toEpochMilli();
      store.admissionState().takeToken(name, 2, 3);
      store.outbox().hold("fake", name, Duration.ofSeconds(1));
      store.database().update("update rate set at = ? where owner = ?", at, name);
      store.database().update("update pace set free_at = ? where channel = ?", at, name);
    }
    store.privacy().sweep(forEver, clock.instant());
    assertEquals(List.of("new"), names("select owner from rate"));
    assertEquals(List.of("new"), names("select channel from pace"));
  }

  private List<String> names(String sql) {
    return store.database().read(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  private List<Long> shares() {
    return store
        .database()
        .read(handle -> handle.createQuery("select id from web_share").mapTo(Long.class).list());
  }

  @Test
  void whoeverReceivesMeanwhileWaitsForOneTransactionOnly() {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<?>> both = new ArrayList<>();
      AtomicInteger stillOld = new AtomicInteger();
      store.transact(
          () -> {
            both.add(threads.submit(() -> store.privacy().sweep(MONTH, clock.instant())));
            Until.holds("waits for the lock", () -> store.database().waitingWriters() == 1);
            both.add(
                threads.submit(
                    () ->
                        store.transact(
                            () -> {
                              store.deliveries().add(fixture.asks(RecordFixture.BOB, "c2", "new"));
                              stillOld.set(withOutput());
                            })));
            Until.holds("waits for the lock", () -> store.database().waitingWriters() == 2);
          });
      both.forEach(RetentionSweepTest::join);
      assertEquals(OLD - RetentionSweep.ROWS, stillOld.get());
      assertEquals(0, withOutput());
      assertTrue(store.deliveries().next(new ConversationId("c2")).isPresent());
    }
  }

  private int withOutput() {
    return store
        .database()
        .read(
            handle ->
                handle
                    .createQuery("select count(*) from turn where outputs_gone = 0")
                    .mapTo(Integer.class)
                    .one());
  }

  private void onEveryConnection(Consumer<SQLiteConnection> work) throws SQLException {
    List<Connection> all = new ArrayList<>();
    for (int i = 0; i < SqliteEngine.CONNECTIONS; i++) {
      all.add(store.dataSource().getConnection());
    }
    for (Connection connection : all) {
      work.accept(connection.unwrap(SQLiteConnection.class));
      connection.close();
    }
  }

  private static void join(Future<?> work) {
    try {
      work.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
