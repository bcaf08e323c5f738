package dev.reckon.core.store.jdbi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.StoreException.Kind;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is PostgreSQL's own about a store in it. */
class PostgresStoreTest {
  private static final PostgresServer SERVER = PostgresServer.newest();

  private static JdbiStore open(String url) {
    return JdbiStore.open(url, Clock.systemUTC());
  }

  private static StoreException refused(StoreAccess access) {
    StoreException e =
        assertThrows(StoreException.class, () -> JdbiStore.open(access, Clock.systemUTC()).close());
    assertFalse(e.getMessage().contains("topsecret"), e.getMessage());
    return e;
  }

  private static StoreAccess access(String url, String user, String password) {
    return new StoreAccess(url, user, password, 4, Duration.ZERO);
  }

  @ParameterizedTest
  @EnumSource
  void everyStatementIsUnderstood(TestDatabase database, @TempDir Path folder) throws Exception {
    RecordFixture.StillClock clock = new RecordFixture.StillClock();
    try (JdbiStore store = JdbiStore.open(database.fresh(folder), clock)) {
      new EveryMethod(store, clock).call();
      store.export().write(Optional.empty(), OutputStream.nullOutputStream());
      assertEquals(Optional.empty(), store.damage());
    }
  }

  @Test
  void bothHistoriesMakeTheSameTablesAndColumns(@TempDir Path folder) throws SQLException {
    try (JdbiStore sqlite = open(TestDatabase.SQLITE.fresh(folder));
        JdbiStore postgres = open(SERVER.fresh())) {
      assertEquals(columns(sqlite), columns(postgres));
    }
  }

  private static SortedSet<String> columns(JdbiStore store) throws SQLException {
    SortedSet<String> columns = new TreeSet<>();
    try (Connection connection = store.dataSource().getConnection();
        ResultSet rows =
            connection
                .getMetaData()
                .getColumns(connection.getCatalog(), connection.getSchema(), "%", "%")) {
      while (rows.next()) {
        String table = rows.getString("TABLE_NAME");
        if (!table.startsWith("flyway") && !table.startsWith("sqlite")) {
          columns.add(table + "." + rows.getString("COLUMN_NAME"));
        }
      }
    }
    // Views of the catalogue and indexes are listed as well where a driver does so.
    columns.removeIf(name -> name.contains("_pkey") || name.contains("_key."));
    return columns;
  }

  @Test
  void severalProcessesMayMeetANewDatabase() throws Exception {
    String url = SERVER.empty();
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      CountDownLatch together = new CountDownLatch(3);
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        all.add(
            threads.submit(
                () -> {
                  together.countDown();
                  together.await();
                  open(url).close();
                  return true;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  @Test
  void aNewerDatabaseIsLeftAlone() {
    String url = SERVER.fresh();
    try (JdbiStore store = open(url)) {
      store
          .database()
          .update(
              "insert into flyway_schema_history (installed_rank, version, description, type,"
                  + " script, installed_by, execution_time, success)"
                  + " values (999, '999', 'later', 'SQL', 'V999', 'x', 1, true)");
    }
    assertEquals(Kind.NEWER, refused(StoreAccess.of(url)).kind());
  }

  @Test
  void whoeverHasTheStoreAloneKeepsAllOthersOff() throws Exception {
    String url = SERVER.fresh();
    try (JdbiStore one = open(url);
        JdbiStore two = open(url)) {
      try (AutoCloseable lock = one.lockInstance(() -> {})) {
        assertTrue(lock != null);
        StoreException e =
            assertThrows(StoreException.class, () -> two.lockInstance(() -> {}).close());
        assertEquals(Kind.IN_USE, e.kind());
        assertTrue(e.getMessage().contains("process " + ProcessHandle.current().pid()));
      }
      two.lockInstance(() -> {}).close();
    }
  }

  @Test
  void anyNumberOfStartsShareAStoreAndKeepACopyOff() throws Exception {
    String url = SERVER.fresh();
    try (JdbiStore one = open(url);
        JdbiStore two = open(url);
        JdbiStore three = open(url)) {
      try (AutoCloseable first = one.shareInstance(() -> {});
          AutoCloseable second = two.shareInstance(() -> {})) {
        assertTrue(first != null && second != null);
        StoreException e =
            assertThrows(StoreException.class, () -> three.lockInstance(() -> {}).close());
        assertEquals(Kind.IN_USE, e.kind());
      }
      try (AutoCloseable alone = three.lockInstance(() -> {})) {
        assertTrue(alone != null);
        assertThrows(StoreException.class, () -> one.shareInstance(() -> {}).close());
      }
    }
  }

  @Test
  void twoSchemasOfADatabaseAreTwoStores() throws Exception {
    String url = SERVER.empty();
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.createStatement().execute("create schema one; create schema two");
    }
    try (JdbiStore one = open(url + "&currentSchema=one");
        JdbiStore two = open(url + "&currentSchema=two");
        AutoCloseable first = one.lockInstance(() -> {});
        AutoCloseable second = two.lockInstance(() -> {})) {
      assertTrue(first != null && second != null);
      one.deliveries().add(Samples.words("1", "x"));
      assertEquals(0, two.backlog().deliveries());
    }
  }

  @Test
  void whoeverLosesTheLockToAnotherIsTold() throws Exception {
    String url = SERVER.fresh();
    CountDownLatch lost = new CountDownLatch(1);
    try (LossyProxy network = new LossyProxy(SERVER.port());
        JdbiStore two = open(url);
        JdbiStore one = open(url.replaceFirst(":\\d+/", ":" + network.port() + "/"));
        AutoCloseable first = one.lockInstance(lost::countDown)) {
      assertTrue(first != null);
      network.cut();
      try (AutoCloseable second = taken(two)) {
        assertTrue(second != null);
        network.restore();
        lost.await();
      }
    }
  }

  /** The server notices in its own time that the other connection is gone. */
  private static AutoCloseable taken(JdbiStore store) {
    while (true) {
      try {
        return store.lockInstance(() -> {});
      } catch (StoreException e) {
        assertEquals(Kind.IN_USE, e.kind());
      }
    }
  }

  @Test
  void theLockIsTakenAgainAfterTheServerWasAway() throws Exception {
    String url = SERVER.fresh();
    AtomicBoolean lost = new AtomicBoolean();
    try (LossyProxy network = new LossyProxy(SERVER.port());
        JdbiStore two = open(url);
        JdbiStore one = open(url.replaceFirst(":\\d+/", ":" + network.port() + "/"));
        AutoCloseable first = one.lockInstance(() -> lost.set(true))) {
      assertTrue(first != null);
      network.cut();
      taken(two).close();
      network.restore();
      while (holders(two) == 0 && !lost.get()) {
        Thread.onSpinWait();
      }
      assertFalse(lost.get());
    }
  }

  private static long holders(JdbiStore store) {
    return store
        .database()
        .read(
            handle ->
                handle
                    .createQuery(
                        "select count(*) from pg_locks l join pg_database d on d.oid = l.database"
                            + " where l.locktype = 'advisory' and d.datname = current_database()")
                    .mapTo(Long.class)
                    .one());
  }

  @Test
  void aUserAndAPasswordOpenTheDatabase() {
    String url = SERVER.empty().replaceFirst("\\?.*", "");
    String database = url.replaceFirst(".*/", "");
    SERVER.execute(
        "create role keeper login password 'topsecret'",
        "alter database " + database + " owner to keeper");
    JdbiStore.open(access(url, "keeper", "topsecret"), Clock.systemUTC()).close();
    assertTrue(
        refused(access(url, "nobody-there", "topsecret")).getMessage().contains("store.user"));
  }

  @Test
  void aUserWhoMayNotMakeTablesIsToldSo() {
    String url = SERVER.empty().replaceFirst("\\?.*", "");
    SERVER.execute("create role guest login");
    StoreException e = refused(access(url, "guest", "x"));
    assertTrue(e.getMessage().contains("owner of the database or its schema"), e.getMessage());
  }

  @Test
  void whatIsWrongWithAnAddressIsNamed() throws Exception {
    String url = SERVER.url("no_such_database");
    assertTrue(refused(StoreAccess.of(url)).getMessage().contains("create database"));
    String good = SERVER.fresh();
    assertTrue(refused(StoreAccess.of(good + "&slmode=require")).getMessage().contains("slmode"));
    StoreException tls = refused(StoreAccess.of(good + "&sslmode=require"));
    assertTrue(tls.getMessage().contains("TLS"), tls.getMessage());
    assertTrue(
        refused(StoreAccess.of(good + "&currentSchema=nowhere")).getMessage().contains("schema"));
    // Nothing listens there; a port that was free a moment ago may connect to itself.
    StoreException away = refused(StoreAccess.of("jdbc:postgresql://localhost:1/reckon?user=x"));
    assertEquals(Kind.UNREACHABLE, away.kind());
    assertTrue(away.getMessage().contains("localhost:1/reckon"), away.getMessage());
    StoreException nowhere =
        refused(StoreAccess.of("jdbc:postgresql://host.invalid/reckon?user=x"));
    assertTrue(nowhere.getMessage().contains("no address"), nowhere.getMessage());
  }

  @Test
  void anotherEncodingIsRefused() {
    SERVER.execute(
        "create database latin encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0");
    assertTrue(refused(StoreAccess.of(SERVER.url("latin"))).getMessage().contains("LATIN1"));
  }

  @Test
  void thePoolHoldsNoMoreConnectionsThanItMay() throws SQLException {
    StoreAccess two = new StoreAccess(SERVER.fresh(), null, null, 2, Duration.ZERO);
    try (JdbiStore store = JdbiStore.open(two, Clock.systemUTC());
        Connection first = store.dataSource().getConnection();
        Connection second = store.dataSource().getConnection()) {
      assertTrue(first.isValid(1) && second.isValid(1));
      StoreException e = assertThrows(StoreException.class, store::backlog);
      assertTrue(e.getMessage().contains("store.connections"), e.getMessage());
    }
  }
}
