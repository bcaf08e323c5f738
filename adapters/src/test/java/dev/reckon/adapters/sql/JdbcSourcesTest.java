package dev.reckon.adapters.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.config.Secret;
import dev.reckon.adapters.sql.SourceSettings.Limits;
import dev.reckon.adapters.sql.SourceSettings.Source;
import dev.reckon.app.StartedReckon;
import dev.reckon.core.loop.WaitListener;
import dev.reckon.core.source.DataQuery;
import dev.reckon.core.source.QueryResult;
import dev.reckon.testing.Until;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcSourcesTest {
  private static final String SLOW =
      "SELECT COUNT(*) AS n FROM orders a, orders b, orders c, orders d, orders e, orders f, orders"
          + " g, orders h, orders i, orders j, orders k, orders l, orders m, orders o";

  @TempDir Path folder;

  private JdbcSources open(Source source, Limits limits) {
    return new JdbcSources(new SourceSettings(List.of(source), limits, folder.resolve("drivers")));
  }

  private static Limits limits(int rows, int bytes, Duration time, int atOnce, int tokens) {
    return new Limits(rows, bytes, time, atOnce, tokens);
  }

  private static String refused(JdbcSources sources, String sql) throws InterruptedException {
    return assertInstanceOf(
            QueryResult.Refused.class,
            sources.run(new DataQuery("shop", "x.csv", sql, List.of()), WaitListener.NONE))
        .reason();
  }

  private static String unreachable(JdbcSources sources) throws InterruptedException {
    return assertInstanceOf(
            QueryResult.Unreachable.class,
            sources.run(
                new DataQuery("shop", "x.csv", "SELECT 1 AS x", List.of()), WaitListener.NONE))
        .reason();
  }

  @Test
  void aResultOfTooManyRowsIsRefused() throws Exception {
    try (JdbcSources sources =
        open(SampleDatabase.sqlite(folder), limits(4, 1 << 20, Duration.ofSeconds(5), 1, 2_000))) {
      assertTrue(refused(sources, "SELECT id FROM orders").contains("more than 4 rows"));
      assertInstanceOf(
          QueryResult.Fetched.class,
          sources.run(
              new DataQuery("shop", "x.csv", "SELECT id FROM orders LIMIT 4", List.of()),
              WaitListener.NONE));
    }
  }

  @Test
  void aResultOfTooManyBytesIsRefused() throws Exception {
    try (JdbcSources sources =
        open(
            SampleDatabase.sqlite(folder),
            limits(100_000, 1 << 20, Duration.ofSeconds(5), 1, 2_000))) {
      String wide = "'" + "x".repeat(2_000) + "' AS wide";
      String sql = "SELECT a.id, " + wide + " FROM orders a, orders b, orders c, orders d";
      assertTrue(refused(sources, sql).contains("more than 1 MiB"));
    }
  }

  @Test
  void aQueryThatTakesTooLongIsEnded() throws Exception {
    try (JdbcSources sources =
        open(SampleDatabase.sqlite(folder), limits(10, 1 << 20, Duration.ofSeconds(1), 1, 2_000))) {
      assertTrue(refused(sources, SLOW).contains("longer than 1 s"));
      assertInstanceOf(
          QueryResult.Fetched.class,
          sources.run(
              new DataQuery("shop", "x.csv", "SELECT 1 AS x", List.of()), WaitListener.NONE),
          "the next one has its place");
    }
  }

  @Test
  void oneQueryTooManyWaitsUntilThereIsAPlace() throws Exception {
    AtomicInteger waited = new AtomicInteger();
    AtomicInteger working = new AtomicInteger();
    WaitListener waits =
        new WaitListener() {
          @Override
          public void waiting(String what, int ahead) {
            assertEquals("the database shop", what);
            waited.incrementAndGet();
          }

          @Override
          public void working() {
            working.incrementAndGet();
          }
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(3);
        JdbcSources sources =
            open(
                SampleDatabase.sqlite(folder),
                limits(10, 1 << 20, Duration.ofSeconds(1), 1, 2_000))) {
      sources.check("shop");
      List<Future<QueryResult>> answers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        answers.add(
            threads.submit(
                () -> sources.run(new DataQuery("shop", "x.csv", SLOW, List.of()), waits)));
      }
      for (Future<QueryResult> answer : answers) {
        String reason = assertInstanceOf(QueryResult.Refused.class, answer.get()).reason();
        assertTrue(reason.contains("longer than 1 s"), reason);
      }
      assertEquals(2, waited.get());
      assertEquals(2, working.get());
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsLeft() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        JdbcSources sources =
            open(
                postgres("jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/x"),
                limits(10, 1 << 20, Duration.ofSeconds(1), 1, 2_000))) {
      assertTrue(unreachable(sources).contains("does not answer in time"));
    }
  }

  @Test
  void aDatabaseThatIsAwayIsNotAskedForEachPrompt() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    AtomicLong nanos = new AtomicLong();
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        JdbcSources sources =
            new JdbcSources(
                new SourceSettings(
                    List.of(
                        postgres("jdbc:postgresql://127.0.0.1:" + server.getLocalPort() + "/x")),
                    SampleDatabase.LIMITS,
                    folder.resolve("drivers")),
                nanos::get)) {
      Thread.ofPlatform().daemon().start(() -> hangUp(server, calls));
      assertTrue(describe(sources).contains("It cannot be reached now."));
      int first = calls.get();
      assertTrue(first > 0);
      assertTrue(describe(sources).contains("It cannot be reached now."));
      unreachable(sources);
      assertEquals(first, calls.get());
      nanos.set(Duration.ofSeconds(31).toNanos());
      describe(sources);
      assertTrue(calls.get() > first, "after a while it is");
    }
  }

  private static String describe(JdbcSources sources) throws InterruptedException {
    return sources.description(List.of("shop"), "revenue", WaitListener.NONE);
  }

  private static void hangUp(ServerSocket server, AtomicInteger calls) {
    while (!server.isClosed()) {
      try (Socket _ = server.accept()) {
        calls.incrementAndGet();
      } catch (IOException _) {
        return; // the test is over
      }
    }
  }

  @Test
  void aBrokenDriverIsLeftOutAndWithoutSourcesNoneIsLoaded() throws Exception {
    Path drivers = Files.createDirectory(folder.resolve("drivers"));
    jar(drivers.resolve("a-broken.jar"), "no.such.Driver");
    Files.writeString(drivers.resolve("b-broken.jar"), "this is no jar");
    jar(drivers.resolve("c-fake.jar"), FakeDriver.class.getName());
    try (JdbcSources sources = open(fake(), SampleDatabase.LIMITS)) {
      assertEquals(4, sources.check("shop").tables());
      assertEquals(List.of(12_000), FakeDriver.NETWORK_MILLIS.stream().distinct().toList());
    }
    SourceSettings none = new SourceSettings(List.of(), SampleDatabase.LIMITS, drivers);
    try (JdbcSources sources = new JdbcSources(none)) {
      assertEquals(List.of(), sources.names());
    }
  }

  private static void jar(Path file, String driver) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream jar = new ZipOutputStream(out)) {
      jar.putNextEntry(new ZipEntry("META-INF/services/java.sql.Driver"));
      jar.write(driver.getBytes(StandardCharsets.UTF_8));
    }
  }

  private Source fake() throws SQLException {
    Source shop = SampleDatabase.sqlite(folder);
    return new Source(
        "shop",
        shop.url().replace("jdbc:sqlite:", "jdbc:fake:"),
        "",
        new Secret(""),
        "",
        "",
        List.of(),
        List.of(),
        List.of("employees.salary", "audit_log"));
  }

  private static Source postgres(String url) {
    return new Source(
        "shop",
        url,
        "reader",
        new Secret(SampleDatabase.PASSWORD),
        "",
        "",
        List.of(),
        List.of(),
        List.of());
  }

  @Test
  void tablesThatDoNotFitAreOnlyNamed() throws Exception {
    Source source = SampleDatabase.sqlite(folder);
    try (Connection connection = DriverManager.getConnection(source.url());
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < 60; i++) {
        statement.execute("create table extra" + i + " (first text, second text, third text)");
      }
    }
    Limits small = limits(10, 1 << 20, Duration.ofSeconds(5), 1, 300);
    try (JdbcSources sources = open(source, small)) {
      String text = sources.description(List.of("shop"), "revenue per order", WaitListener.NONE);
      assertTrue(text.contains("- orders (id"), text);
      assertTrue(text.contains("Further tables, without their columns here: "), text);
      assertTrue(text.contains(" more\n"), text);
      assertTrue(text.length() < 1_500, text);
    }
  }

  @Test
  void aDriverOfTheFolderIsUsed() throws Exception {
    Source fake = fake();
    Limits limits = SampleDatabase.LIMITS;
    try (JdbcSources sources = open(fake, limits)) {
      assertEquals("No driver knows the address of the database shop.", unreachable(sources));
    }
    Path drivers = Files.createDirectory(folder.resolve("drivers"));
    jar(drivers.resolve("fake.jar"), FakeDriver.class.getName());
    try (JdbcSources sources = open(fake, limits)) {
      assertInstanceOf(
          QueryResult.Fetched.class,
          sources.run(
              new DataQuery("shop", "x.csv", "SELECT COUNT(*) AS n FROM orders", List.of()),
              WaitListener.NONE));
    }
  }

  @Test
  void credentialsAreInNoMessage() throws Exception {
    String url = "jdbc:postgresql://db.internal.example:5432/x?user=root&password=in-the-url";
    SQLException problem =
        new SQLException(
            "no connection to "
                + url
                + " as reader with "
                + SampleDatabase.PASSWORD
                + " at DB.internal.example");
    String told = ReadOnlySession.told(problem, postgres(url));
    for (String secret :
        List.of("root", "in-the-url", SampleDatabase.PASSWORD, "internal.example", "reader")) {
      assertFalse(told.toLowerCase(Locale.ROOT).contains(secret), told);
    }
    int closed = StartedReckon.freePort();
    try (JdbcSources sources =
        open(postgres("jdbc:postgresql://127.0.0.1:" + closed + "/x"), SampleDatabase.LIMITS)) {
      assertEquals("The database shop cannot be reached now.", unreachable(sources));
    }
  }

  @Test
  void entriesThatNothingIsCalledAsAreTold() throws Exception {
    Source shop = SampleDatabase.sqlite(folder);
    Source misspelt =
        new Source(
            shop.name(),
            shop.url(),
            "",
            new Secret(""),
            "",
            "",
            List.of(),
            List.of("Orders", "main.employees", "custmers"),
            List.of("Employees.Salary", "main.audit_log", "orders.totl", "auditlog"));
    try (JdbcSources sources = open(misspelt, SampleDatabase.LIMITS)) {
      assertEquals(
          new JdbcSources.Checked(
              2, List.of("tables: custmers", "hidden: orders.totl", "hidden: auditlog")),
          sources.check("shop"));
    }
  }

  /** Connections of Reckon that the server has, by the server's own list. */
  private static String connections(String application) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(SampleDatabase.postgres().url(), "postgres", "postgres");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select string_agg(pid::text, ' ' order by pid) from pg_stat_activity where"
                    + " application_name = '"
                    + application
                    + "'")) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    }
  }

  private static void asOwner(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(SampleDatabase.postgres().url(), "postgres", "postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static QueryResult count(JdbcSources sources) throws InterruptedException {
    return sources.run(
        new DataQuery("shop", "x.csv", "SELECT COUNT(*) AS n FROM orders", List.of()),
        WaitListener.NONE);
  }

  @Test
  void aConnectionToPostgresqlIsKeptAndReplacedWhenTheServerEndsIt() throws Exception {
    Source shop = postgres(SampleDatabase.postgres().url());
    try (JdbcSources sources = open(shop, SampleDatabase.LIMITS)) {
      assertInstanceOf(QueryResult.Fetched.class, count(sources));
      String first = connections("reckon");
      assertInstanceOf(QueryResult.Fetched.class, count(sources));
      assertEquals(first, connections("reckon"));
      asOwner(
          "select pg_terminate_backend(pid) from pg_stat_activity where application_name ="
              + " 'reckon'");
      assertInstanceOf(QueryResult.Fetched.class, count(sources));
      assertFalse(connections("reckon").equals(first));
    }
    Until.holds("closed with it", () -> connectionsOrEmpty().equals("null"));
  }

  private static String connectionsOrEmpty() {
    try {
      return connections("reckon");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aServerWithoutAFreeConnectionOrThatDoesNotKnowTheUserIsSaidToBeSo() throws Exception {
    String url = SampleDatabase.postgres().url();
    asOwner("create role busy login password '" + SampleDatabase.PASSWORD + "' connection limit 0");
    Source busy =
        new Source(
            "shop",
            url,
            "busy",
            new Secret(SampleDatabase.PASSWORD),
            "",
            "",
            List.of(),
            List.of(),
            List.of());
    try (JdbcSources sources = open(busy, SampleDatabase.LIMITS)) {
      assertEquals(
          "The database shop has no connection free for Reckon now.", unreachable(sources));
    }
    Source wrong =
        new Source(
            "shop",
            url,
            "nobody",
            new Secret("wrong-password"),
            "",
            "",
            List.of(),
            List.of(),
            List.of());
    try (JdbcSources sources = open(wrong, SampleDatabase.LIMITS)) {
      assertEquals("The database shop refuses its user or password.", unreachable(sources));
    }
  }

  @Test
  void aFileThatIsNotThereIsSaidToBeMissing() throws Exception {
    Source shop = SampleDatabase.sqlite(folder);
    Files.delete(folder.resolve("shop.db"));
    try (JdbcSources sources = open(shop, SampleDatabase.LIMITS)) {
      String said = unreachable(sources);
      assertEquals("The database shop cannot be reached: its file does not exist.", said);
    }
    assertTrue(Files.notExists(folder.resolve("shop.db")), "and none is made");
  }

  @Test
  void anUnknownSourceIsRefused() throws Exception {
    try (JdbcSources sources = open(SampleDatabase.sqlite(folder), SampleDatabase.LIMITS)) {
      assertInstanceOf(
          QueryResult.Refused.class,
          sources.run(new DataQuery("other", "x.csv", "SELECT 1", List.of()), WaitListener.NONE));
      assertThrows(JdbcSources.UnreachableException.class, () -> sources.check("other"));
      assertEquals(4, sources.check("shop").tables());
    }
  }
}
