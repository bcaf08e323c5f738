package dev.reckon.core.store.jdbi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.StoreException.Kind;
import dev.reckon.testing.Until;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A SQLite file that another program holds, or that has no room to grow. */
class SqliteOutageTest {
  private static final int WRITES = 20;

  /** An empty store takes about 140 of them, what these tests write about 110. */
  private static final int PAGES = 300;

  @TempDir Path folder;
  private final SaidLines said = SaidLines.of(Outage.class);
  private JdbiStore store;

  @BeforeEach
  void open() {
    store = open(Duration.ofMinutes(5));
  }

  private JdbiStore open(Duration patience) {
    return JdbiStore.open(
        new StoreAccess(address() + "?max_page_count=" + PAGES, null, null, 8, patience),
        Clock.systemUTC());
  }

  private String address() {
    return "jdbc:sqlite:" + folder.resolve("reckon.db");
  }

  @AfterEach
  void close() {
    said.close();
    store.close();
  }

  @Test
  void whatIsWrittenWhileAnotherProgramHoldsItIsKeptOnce() throws Exception {
    List<Future<?>> writes;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try (Connection other = DriverManager.getConnection(address());
          Statement statement = other.createStatement()) {
        statement.execute("begin immediate");
        writes = writeAll(threads, "");
        Until.holds("said", () -> !said.lines().isEmpty());
        assertEquals(Kind.IN_USE, assertThrows(StoreException.class, store::backlog).kind());
        assertTrue(store.deliveries().find("Ev0").isEmpty(), "reading goes on");
        statement.execute("commit");
      }
      for (Future<?> write : writes) {
        write.get();
      }
    }
    assertEquals(WRITES, store.backlog().deliveries());
    saidOnce("is held by another program");
  }

  @Test
  void whatIsWrittenWhileTheDiskIsFullIsKeptOnce() throws Exception {
    ballast("create table ballast (x blob)");
    fillUp();
    String large = "x".repeat(20_000);
    List<Future<?>> writes;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      writes = writeAll(threads, large);
      Until.holds("said", () -> !said.lines().isEmpty());
      store.deliveries().left(1); // needs no room, and ends nothing for those that do
      assertEquals(Kind.FULL, assertThrows(StoreException.class, store::backlog).kind());
      ballast("drop table ballast");
      for (Future<?> write : writes) {
        write.get();
      }
    }
    assertEquals(WRITES, store.backlog().deliveries());
    saidOnce("the disk is full");
  }

  private List<Future<?>> writeAll(ExecutorService threads, String words) {
    List<Future<?>> writes = new ArrayList<>();
    for (int i = 0; i < WRITES; i++) {
      String id = "Ev" + i;
      writes.add(threads.submit(() -> store.deliveries().add(Samples.words(id, id + words))));
    }
    return writes;
  }

  private void saidOnce(String what) {
    List<String> lines = said.lines();
    assertEquals(2, lines.size(), lines::toString);
    assertTrue(lines.get(0).contains(what), lines::toString);
    assertTrue(lines.get(1).contains("works again"), lines::toString);
  }

  /** Takes all room that there is, in pieces that get smaller. */
  private void fillUp() throws SQLException {
    try (Connection connection = store.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (int size = 65_536; size >= 16; size /= 2) {
        boolean room = true;
        while (room) {
          try {
            statement.execute("insert into ballast values (zeroblob(" + size + "))");
          } catch (SQLException e) {
            room = false;
          }
        }
      }
    }
  }

  private void ballast(String sql) throws SQLException {
    try (Connection connection = store.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void workGivesUpWhenItsPatienceIsAtItsEnd() throws Exception {
    try (JdbiStore impatient = open(Duration.ZERO);
        Connection other = DriverManager.getConnection(address());
        Statement statement = other.createStatement()) {
      statement.execute("begin immediate");
      StoreException e =
          assertThrows(
              StoreException.class, () -> impatient.deliveries().add(Samples.words("1", "x")));
      assertEquals(Kind.IN_USE, e.kind());
    }
  }

  @Test
  void closingTheStoreEndsTheWait() throws Exception {
    try (Connection other = DriverManager.getConnection(address());
        Statement statement = other.createStatement()) {
      statement.execute("begin immediate");
      AtomicBoolean failed = new AtomicBoolean();
      Thread waiting =
          Thread.ofVirtual()
              .start(
                  () -> {
                    assertThrows(
                        StoreException.class,
                        () -> store.deliveries().add(Samples.words("1", "x")));
                    failed.set(true);
                  });
      Until.holds("said", () -> !said.lines().isEmpty());
      store.close();
      waiting.join();
      assertTrue(failed.get());
    }
  }

  @Test
  void anInterruptWaitsUntilTheWorkIsDone() throws Exception {
    AtomicBoolean interrupted = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(1);
    Thread worker =
        Thread.ofVirtual()
            .unstarted(
                () -> {
                  begun.countDown();
                  store.deliveries().add(Samples.words("1", "x"));
                  interrupted.set(Thread.currentThread().isInterrupted());
                });
    try (Connection other = DriverManager.getConnection(address());
        Statement statement = other.createStatement()) {
      statement.execute("begin immediate");
      worker.start();
      begun.await();
      Until.holds("said", () -> !said.lines().isEmpty());
      worker.interrupt();
      assertFalse(interrupted.get());
      statement.execute("commit");
    }
    worker.join();
    assertTrue(interrupted.get());
    assertEquals(1, store.backlog().deliveries());
  }
}
