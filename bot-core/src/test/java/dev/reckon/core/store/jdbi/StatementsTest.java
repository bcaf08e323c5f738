package dev.reckon.core.store.jdbi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Action;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.message.Team;
import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.policy.Decision;
import dev.reckon.core.policy.Ledger;
import dev.reckon.core.policy.PolicyChange;
import dev.reckon.core.policy.PolicyKey;
import dev.reckon.core.store.Deliveries;
import dev.reckon.core.store.Feedback;
import dev.reckon.core.store.Outbox;
import dev.reckon.core.store.Preferences;
import dev.reckon.core.store.Privacy;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.store.Store;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.store.Turns;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks SQLite how it would run each statement of the store. The statements are found by calling
 * every method of every port, so that a new method is covered by itself; and whatever SQL is in the
 * sources must have been among them, so that a branch which is not reached is noticed too.
 */
class StatementsTest {
  /** These hold a handful of rows, whatever happens. */
  private static final Set<String> SMALL = Set.of("policy_change", "pseudonym_salt");

  /** These hold what waits or runs at this moment, and are read as a whole. */
  private static final Set<String> WAITING =
      Set.of("delivery_waiting", "outgoing_waiting", "turn_running");

  private static final Path SOURCES = Path.of("src/main/java/dev/reckon/core/store/jdbi");

  @TempDir Path folder;
  private final RecordFixture.StillClock clock = new RecordFixture.StillClock();
  private final Set<String> statements = new ConcurrentSkipListSet<>();
  private JdbiStore store;
  private RecordFixture fixture;
  private long turn;

  @BeforeEach
  void open() {
    store = JdbiStore.open("jdbc:sqlite:" + folder.resolve("a.db"), clock);
    fixture = new RecordFixture(store);
    store
        .database()
        .log(
            new SqlLogger() {
              @Override
              public void logBeforeExecution(StatementContext context) {
                statements.add(context.getParsedSql().getSql());
              }
            });
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void noStatementReadsAGrowingTableAsAWhole() throws Exception {
    callEverything();
    Map<String, String> scans = new TreeMap<>();
    try (Connection connection = store.dataSource().getConnection()) {
      Set<String> tables = new TreeSet<>(tables(connection));
      tables.removeAll(SMALL);
      for (String sql : statements) {
        if (!sql.startsWith("pragma")) {
          scan(connection, sql, tables).ifPresent(step -> scans.put(sql, step));
        }
      }
    }
    assertTrue(
        statements.size() > 100, () -> "only " + statements.size() + " statements were seen");
    assertEquals(Map.of(), scans);
  }

  @Test
  void everyStatementOfTheSourcesIsAmongThem() throws Exception {
    callEverything();
    store.export().write(Optional.empty(), OutputStream.nullOutputStream());
    store.damage();
    List<String> seen = statements.stream().map(StatementsTest::plain).toList();
    List<String> missing =
        sqlInSources().stream()
            .filter(sql -> seen.stream().noneMatch(statement -> statement.contains(sql)))
            .toList();
    assertEquals(List.of(), missing);
  }

  @Test
  void everyReferenceHasAnIndex() throws SQLException {
    List<String> missing = new ArrayList<>();
    try (Connection connection = store.dataSource().getConnection()) {
      for (String table : tables(connection)) {
        List<String> references =
            column(connection, "select \"from\" from pragma_foreign_key_list('" + table + "')");
        for (String column : references) {
          String plan =
              String.join(
                  "",
                  column(
                      connection,
                      "explain query plan select 1 from " + table + " where " + column + " = 'x'",
                      4));
          if (plan.contains("SCAN")) {
            missing.add(table + "." + column);
          }
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void aScanIsFound() throws SQLException {
    try (Connection connection = store.dataSource().getConnection()) {
      Set<String> tables = Set.copyOf(tables(connection));
      assertTrue(scan(connection, "select * from turn where request = ?", tables).isPresent());
      assertFalse(scan(connection, "select * from turn where id = ?", tables).isPresent());
    }
  }

  /** Calls every method of the store's ports, on a store that holds something of everything. */
  private void callEverything() throws Exception {
    fixture.answered(RecordFixture.ADA, "c1", "one", TurnStatus.VERIFIED, 0.1);
    store.files().put(new ConversationId("c1"), "a.csv", new byte[] {1}, 0);
    store.deliveries().add(fixture.asksAlone(RecordFixture.ADA, "makes a team of her own"));
    for (int round = 0; round < 2; round++) {
      turn = fixture.begin(RecordFixture.BOB, "c2", "two", 0.1);
      for (Method accessor : sorted(Store.class)) {
        if (accessor.getReturnType().isInterface() && accessor.getParameterCount() == 0) {
          Object port = accessor.invoke(store);
          for (Method method : sorted(accessor.getReturnType())) {
            if (!Modifier.isStatic(method.getModifiers())) {
              call(port, method);
            }
          }
        }
      }
      store.backlog();
    }
    store.ledger().spent(Ledger.Owner.TEAM, RecordFixture.TEAM.id(), Instant.EPOCH);
    fixture.answered(RecordFixture.ADA, "c1", "three", TurnStatus.VERIFIED, 0.1);
    store.deliveries().add(fixture.asks(RecordFixture.ADA, "c1", "waits"));
    store
        .conversations()
        .move(
            new ConversationId("c1"),
            new ConversationId("c9"),
            new Team("slack/T9", ""),
            new Address("slack", "c9", "C9", false));
    clock.now = clock.now.plus(Duration.ofDays(3));
    call(store.privacy(), Privacy.class.getMethod("sweep", Privacy.Retention.class, Instant.class));
    store.privacy().forget(RecordFixture.ADA.id());
    store.deliveries().waiting(Set.of("slack"));
  }

  private void call(Object port, Method method) throws Exception {
    Object[] arguments =
        Stream.of(method.getGenericParameterTypes()).map(this::sample).toArray(Object[]::new);
    try {
      if (method.getName().equals("write") && arguments[0] instanceof Optional<?>) {
        // An export of everything reads everything; that of one person is looked at here.
        arguments[0] = Optional.of(RecordFixture.ADA.id());
      }
      method.invoke(port, arguments);
    } catch (InvocationTargetException e) {
      throw new AssertionError("cannot call " + method + " " + Arrays.toString(arguments), e);
    }
  }

  /** Something to pass; a type that is not known here needs one more case. */
  private Object sample(Type type) {
    if (type instanceof ParameterizedType optional && optional.getRawType() == Optional.class) {
      return Optional.of(RecordFixture.TEAM.id());
    }
    Map<Object, Object> samples = new LinkedHashMap<>();
    samples.put(String.class, RecordFixture.ADA.id());
    samples.put(long.class, turn);
    samples.put(int.class, 3);
    samples.put(boolean.class, true);
    samples.put(byte[].class, new byte[] {1, 2});
    samples.put(Instant.class, clock.instant());
    samples.put(OptionalLong.class, OptionalLong.empty());
    samples.put(ConversationId.class, new ConversationId("c2"));
    samples.put(Person.class, RecordFixture.BOB);
    samples.put(Team.class, RecordFixture.TEAM);
    samples.put(Address.class, new Address("slack", "c2", "C1", false));
    samples.put(MessageRef.class, new MessageRef("1.1"));
    samples.put(Action.class, new Action(Action.Verb.SAVE, turn));
    samples.put(TurnKind.class, TurnKind.REQUEST);
    samples.put(Deliveries.Line.class, new Deliveries.Line(new ConversationId("c2"), false));
    samples.put(Deliveries.Stage.class, Deliveries.Stage.ENRICHED);
    samples.put(Deliveries.Imported.class, new Deliveries.Imported(List.of("a.csv"), List.of()));
    samples.put(Turns.Call.class, new Turns.Call("JUDGE", "m", 1L, 1L, 0.1));
    samples.put(TurnResult.class, StoredSamples.result().forTurn(turn));
    samples.put(OutputStream.class, OutputStream.nullOutputStream());
    samples.put(Ledger.Owner.class, Ledger.Owner.PERSON);
    samples.put(Preferences.Scope.class, new Preferences.Scope(Preferences.Scope.Of.PERSON, "x"));
    samples.put(Feedback.Opinion.class, new Feedback.Opinion(turn, "slack/T1/BOB", true, ""));
    samples.put(
        PolicyChange.class, new PolicyChange(clock.instant(), "x", PolicyKey.CONTACT, "a", "b"));
    samples.put(
        Privacy.Retention.class,
        new Privacy.Retention(
            Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(40)));
    samples.put(
        Outbox.Draft.class,
        new Outbox.Draft(
            new ConversationId("c2"),
            new Address("slack", "c2", "C1", false),
            Reply.notice("x"),
            RecordFixture.BOB,
            clock.instant()));
    samples.put(
        SavedComputation.class,
        new SavedComputation(
            "name",
            1,
            turn,
            "request",
            "code",
            List.of(),
            List.of(),
            List.of(),
            "verified",
            RecordFixture.BOB.id(),
            "Bob",
            clock.instant(),
            null));
    samples.put(
        AdmissionRequest.class,
        new AdmissionRequest(
            "Ev0",
            new ConversationId("c2"),
            RecordFixture.TEAM,
            RecordFixture.BOB,
            new Address("slack", "c2", "C1", false),
            AdmissionRequest.Kind.REQUEST));
    samples.put(Decision.Refused.class, new Decision.Refused(Decision.Reason.BUDGET, "no"));
    Incoming incoming =
        fixture.asks(
            RecordFixture.BOB, "c2", "again", new Attachment.Inline("a.csv", new byte[] {1}));
    samples.put(Incoming.class, incoming);
    Object sample =
        type.getTypeName().startsWith("java.util.Set") ? Set.of("slack") : samples.get(type);
    if (sample == null) {
      throw new AssertionError("add a sample of " + type);
    }
    return sample;
  }

  private static List<Method> sorted(Class<?> type) {
    return Stream.of(type.getMethods())
        .filter(method -> !method.getName().equals("close"))
        .sorted(Comparator.comparing(Method::toString))
        .toList();
  }

  private static List<String> tables(Connection connection) throws SQLException {
    return column(
        connection,
        "select name from sqlite_master where type = 'table' and name not like 'sqlite%'"
            + " and name not like 'flyway%' and name not like 'scheduled%'");
  }

  private static List<String> column(Connection connection, String sql) throws SQLException {
    return column(connection, sql, 1);
  }

  private static List<String> column(Connection connection, String sql, int column)
      throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(column));
      }
    }
    return values;
  }

  /** The step of the plan that reads a growing table, if one does. */
  private static Optional<String> scan(Connection connection, String sql, Set<String> growing)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("explain query plan " + sql);
        ResultSet steps = statement.executeQuery()) {
      while (steps.next()) {
        String step = steps.getString("detail");
        boolean bounded = WAITING.stream().anyMatch(index -> step.endsWith(" " + index));
        if (step.startsWith("SCAN ") && !bounded && isTable(sql, step, growing)) {
          return Optional.of(step);
        }
      }
    }
    return Optional.empty();
  }

  /** A scan names the table, or the alias that the statement gave it. */
  private static boolean isTable(String sql, String step, Set<String> growing) {
    String name = step.replaceFirst("SCAN (\\S+).*", "$1");
    return growing.contains(name)
        || growing.stream()
            .anyMatch(table -> sql.matches("(?s).*\\b" + table + " " + name + "\\b.*"));
  }

  private static final Pattern LITERAL =
      Pattern.compile(
          "\"\"\"\\n"
              + "(?<block>.*?)\"\"\"|(?<joined>\"(?:[^\"\\\\\\n"
              + "]|\\\\.)*\"(?:\\s*\\+\\s*\"(?:[^\"\\\\\\n"
              + "]|\\\\.)*\")*)",
          Pattern.DOTALL);

  private static Set<String> sqlInSources() throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.filter(StatementsTest::usesTheStore).toList()) {
        Matcher literal = LITERAL.matcher(Files.readString(file));
        while (literal.find()) {
          String text =
              literal.group("block") != null
                  ? literal.group("block")
                  : literal.group("joined").replaceAll("\"\\s*\\+\\s*\"", "").replace("\"", "");
          if (text.strip().matches("(?s)(select|insert|update|delete|with)\\s.*")) {
            found.add(plain(text));
          }
        }
      }
    }
    return found;
  }

  /** What opens, migrates, copies and restores a file speaks to it by plain JDBC. */
  private static boolean usesTheStore(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".java") && !name.startsWith("Schema") && !name.startsWith("Sqlite");
  }

  /** One blank between words, and every parameter a question mark. */
  private static String plain(String sql) {
    return sql.replaceAll("(?<![:'])[:][a-z_A-Z0-9]+|<[a-z]+>", "?")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
