package dev.reckon.core.store.jdbi;

import static dev.reckon.core.store.jdbi.RecordFixture.ADA;
import static dev.reckon.core.store.jdbi.RecordFixture.BOB;
import static dev.reckon.core.store.jdbi.RecordFixture.TEAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Reply;
import dev.reckon.core.policy.AdmissionRequest;
import dev.reckon.core.policy.Ledger.Owner;
import dev.reckon.core.policy.Ledger.Spent;
import dev.reckon.core.store.Audit;
import dev.reckon.core.store.Feedback;
import dev.reckon.core.store.Memory;
import dev.reckon.core.store.Outbox;
import dev.reckon.core.store.Preferences.Scope;
import dev.reckon.core.store.Privacy.Forgetting;
import dev.reckon.core.store.Privacy.Retention;
import dev.reckon.core.store.Privacy.Swept;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.store.Schedule;
import dev.reckon.core.store.WebMessages;
import dev.reckon.core.store.WebSessions;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource
class JdbiPrivacyTest {
  private static final String SECRET = "salaries-of-the-board";
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
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void nothingThatAPersonSaidIsLeftAnywhere() throws Exception {
    adaDoesEverything();
    assertTrue(isLeft(SECRET), "the test must be able to find it");
    assertEquals(new Forgetting.Done(1, 2, 0, 1), store.privacy().forget(ADA.id()));
    assertFalse(isLeft(SECRET));
    assertFalse(isLeft("Ada Lovelace"));
    assertFalse(isLeft(ADA.id()));
  }

  @Test
  void othersKeepTheirs() {
    adaDoesEverything();
    long bobs = fixture.answered(BOB, "c1", "lunch", TurnStatus.VERIFIED, 0.5);
    store.files().put(TALK, "menu.csv", bytes("soup"), bobs);
    store.turns().dispute(bobs, ADA.id(), SECRET);
    store.privacy().forget(ADA.id());
    assertEquals("lunch", store.turns().find(bobs).orElseThrow().request());
    assertEquals(Pseudonyms.NAME, store.turns().find(bobs).orElseThrow().disputedBy());
    assertEquals(
        List.of("menu.csv"), store.files().list(TALK).stream().map(file -> file.name()).toList());
  }

  @Test
  void whatTheTeamSharesStaysWithoutTheName() {
    adaDoesEverything();
    store.privacy().forget(ADA.id());
    SavedComputation kept = store.computations().find(TEAM.id(), "burn").orElseThrow();
    assertEquals(Pseudonyms.NAME, kept.savedByName());
    assertTrue(kept.savedBy().startsWith("forgotten/"), kept.savedBy());
    assertEquals("", kept.request());
    assertEquals("print(1)", kept.code());
  }

  @Test
  void forgettingDoesNotRefillABudget() {
    fixture.answered(ADA, "c1", SECRET, TurnStatus.VERIFIED, 1.5);
    store.privacy().forget(ADA.id());
    assertEquals(new Spent(1, 1.5), store.ledger().spent(Owner.PERSON, ADA.id(), Instant.EPOCH));
    List<Audit.Entry> lines = store.audit().since(Instant.EPOCH, 10);
    assertEquals(List.of("forgotten", "turn"), lines.stream().map(Audit.Entry::event).toList());
    assertEquals("", lines.get(1).code());
    assertFalse(lines.get(1).codeSha256().isEmpty());
  }

  @Test
  void aRepeatedDeliveryOfAForgottenPersonIsStillKnown() {
    var incoming = fixture.asks(ADA, "c1", SECRET);
    assertTrue(store.deliveries().add(incoming).isPresent());
    store.privacy().forget(ADA.id());
    assertTrue(store.deliveries().add(incoming).isEmpty());
    assertEquals(List.of(), store.deliveries().waiting(Set.of(incoming.address().surface())));
  }

  @Test
  void whoStillWaitsForAnAnswerIsNotForgottenYet() {
    long turn = fixture.begin(ADA, "c1", SECRET, 0.1);
    assertEquals(new Forgetting.StillRunning(1), store.privacy().forget(ADA.id()));
    assertEquals(SECRET, store.turns().find(turn).orElseThrow().request());
  }

  @Test
  void aPersonsOwnPrivateChatGoesWithItsComputations() {
    long seq = store.deliveries().add(fixture.asksAlone(ADA, "hello")).orElseThrow();
    store.deliveries().handled(seq);
    store.computations().save(ADA.id(), computation());
    assertEquals(new Forgetting.Done(0, 0, 1, 0), store.privacy().forget(ADA.id()));
    assertEquals(List.of(), store.computations().list(ADA.id()));
  }

  @Test
  void outputsGoBeforeTheAnswersThatHadThem() {
    long old = fixture.answered(ADA, "c1", "old", TurnStatus.VERIFIED, 0.1);
    store.files().put(TALK, "chart.txt", bytes("chart"), old);
    clock.now = clock.now.plus(Duration.ofDays(8));
    long young = fixture.answered(ADA, "c1", "young", TurnStatus.VERIFIED, 0.1);
    Swept swept =
        store
            .privacy()
            .sweep(
                new Retention(Duration.ZERO, Duration.ZERO, Duration.ofDays(7), Duration.ZERO),
                clock.instant());
    assertEquals(new Swept(0, 0, 1, 0), swept);
    TurnResult result = result(old);
    assertEquals("", result.output());
    assertEquals("", result.attempts().getFirst().output());
    assertEquals("print('code of old')", result.code());
    assertEquals("output of young", result(young).output());
    assertEquals(List.of(), store.files().list(TALK));
  }

  @Test
  void conversationsFilesAndTheRecordGoInTheirOwnTime() {
    fixture.answered(ADA, "c1", SECRET, TurnStatus.VERIFIED, 0.1);
    store.files().put(TALK, "data.csv", bytes("a,b"), 0);
    clock.now = clock.now.plus(Duration.ofDays(40));
    long young = fixture.answered(BOB, "c2", "young", TurnStatus.VERIFIED, 0.1);
    long running = fixture.begin(BOB, "c3", "running", 0.1);
    Retention retention =
        new Retention(
            Duration.ofDays(30), Duration.ofDays(30), Duration.ofDays(7), Duration.ofDays(365));
    assertEquals(new Swept(1, 1, 1, 0), store.privacy().sweep(retention, clock.instant()));
    assertEquals(Optional.empty(), store.conversations().team(TALK));
    assertEquals(Optional.empty(), store.conversations().person(ADA.id()));
    assertEquals(2, store.audit().since(Instant.EPOCH, 10).size());
    assertEquals("young", store.turns().find(young).orElseThrow().request());
    assertEquals("running", store.turns().find(running).orElseThrow().request());
    assertEquals(
        new Swept(1, 0, 1, 1),
        store.privacy().sweep(retention, clock.instant().plus(Duration.ofDays(330))));
  }

  @Test
  void theRecordIsKeptAtLeastAsLongAsAMonthsBudgetNeedsIt() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Retention(
                Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(31)));
  }

  @Test
  void anExportOfAPersonHoldsTheirsAndNobodyElses() throws IOException {
    adaDoesEverything();
    fixture.answered(BOB, "c1", "lunch-of-bob", TurnStatus.VERIFIED, 0.5);
    var out = new ByteArrayOutputStream();
    store.export().write(Optional.of(ADA.id()), out);
    String all = ZipText.of(out.toByteArray());
    assertTrue(all.contains("turn.jsonl"), all);
    assertTrue(all.contains("\"request\":\"" + SECRET + "\""), all);
    assertTrue(all.contains("\"started_at\":\"2026-11-24T12:00:00Z\""), all);
    assertTrue(all.contains("board,1000000"), all);
    assertFalse(all.contains("lunch-of-bob"), all);
    var everything = new ByteArrayOutputStream();
    store.export().write(Optional.empty(), everything);
    assertTrue(ZipText.of(everything.toByteArray()).contains("lunch-of-bob"));
  }

  /** A new table must be tried out above, or be named here as one that knows nobody. */
  @Test
  void everyTableThatCouldKnowAPersonIsTriedOut() throws Exception {
    adaDoesEverything();
    Set<String> nobodys =
        Set.of(
            "attachment", // the bytes of a delivery, gone when it is handled
            "computation", // the name of what a team shares
            "conversation",
            "flyway_schema_history",
            "imported", // what became of a delivery's files, gone when it is handled
            "installation", // a workspace's, nobody's in person
            "installed_team",
            "leader",
            "pace",
            "posted",
            "policy_change", // stays, and is said to stay
            "pseudonym_salt",
            "replica",
            "sqlite_sequence",
            "stored_object", // where a file's bytes are, gone with it
            "team",
            "usage"); // figures of a turn, gone with it
    try (Connection connection = store.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : tables(connection)) {
        String content = String.join(" ", texts(statement, "select * from " + table));
        assertTrue(
            nobodys.contains(table) || content.contains(SECRET) || content.contains(ADA.id()),
            () -> table + " has no trace of her: " + content);
      }
    }
  }

  private static List<String> texts(Statement statement, String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
          texts.add(
              rows.getObject(column) instanceof byte[] bytes
                  ? new String(bytes, StandardCharsets.UTF_8)
                  : String.valueOf(rows.getString(column)));
        }
      }
    }
    return texts;
  }

  @ParameterizedTest
  @ValueSource(strings = {"conversations", "files", "outputs", "audit"})
  void eachTimeIsItsOwnAndZeroIsForGood(String key) {
    long turn = fixture.answered(ADA, "c1", "old", TurnStatus.VERIFIED, 0.1);
    store.files().put(TALK, "data.csv", bytes("a,b"), 0);
    clock.now = clock.now.plus(Duration.ofDays(400));
    Function<String, Duration> days =
        name -> name.equals(key) ? Duration.ofDays(399) : Duration.ZERO;
    Retention retention =
        new Retention(
            days.apply("conversations"),
            days.apply("files"),
            days.apply("outputs"),
            days.apply("audit"));
    Swept swept = store.privacy().sweep(retention, clock.instant());
    assertEquals(key.equals("conversations") ? 1 : 0, swept.turns());
    assertEquals(key.equals("files") ? 1 : 0, swept.files());
    assertEquals(key.equals("outputs") ? 1 : 0, swept.outputs());
    assertEquals(key.equals("audit") ? 1 : 0, swept.auditLines());
    assertEquals(!key.equals("conversations"), store.turns().find(turn).isPresent());
    assertEquals(!key.equals("files"), !store.files().list(TALK).isEmpty());
  }

  /** Leaves a trace in every table that knows people. */
  private void adaDoesEverything() {
    store
        .webMessages()
        .asked(TALK, ADA.id(), "k1", new WebMessages.Asked(SECRET, List.of("board.csv")));
    Instant now = Instant.EPOCH;
    store
        .webSessions()
        .open(
            new WebSessions.WebSession(
                "hash",
                new WebSessions.Identity(ADA.id(), "Ada", "t", "", "slack"),
                "browser",
                now,
                now,
                now));
    long seq =
        store.deliveries().add(fixture.asks(ADA, "c1", "with a file: " + SECRET)).orElseThrow();
    store.files().put(TALK, SECRET + ".csv", bytes("board,1000000 " + SECRET), 0);
    store.deliveries().handled(seq);
    long turn = fixture.answered(ADA, "c1", SECRET, TurnStatus.VERIFIED, 0.5);
    store.webShares().create("token", turn, ADA.id(), now, now);
    store.files().put(TALK, "out-" + SECRET + ".txt", bytes(SECRET), turn);
    store.feedback().put(new Feedback.Opinion(turn, ADA.id(), false, SECRET));
    store.preferences().put(new Scope(Scope.Of.PERSON, ADA.id()), "language", SECRET, ADA.id());
    store.offers().make(TALK, ADA.id(), "question", SECRET);
    Address address = new Address("slack", "c1", "C1", false);
    Reply reply = new Reply(turn, Reply.Kind.NOTICE, SECRET, List.of(), List.of());
    long unsent = store.outbox().add(new Outbox.Draft(TALK, address, reply, ADA, clock.instant()));
    store.outbox().sent(unsent);
    store.outbox().posted("slack", new MessageRef("1.1"), TALK, turn, true);
    store.computations().save(TEAM.id(), computation());
    store
        .memory()
        .keep(
            new Memory.Note(
                0,
                new Scope(Scope.Of.TEAM, TEAM.id()),
                Memory.Kind.FACT,
                "",
                "the export leaves out December",
                0,
                ADA.id(),
                ADA.name(),
                ADA.name(),
                clock.instant()));
    store.schedules().add(schedule(address));
    store
        .admissionState()
        .take(new AdmissionRequest("c1", TALK, TEAM, ADA, address, AdmissionRequest.Kind.REQUEST));
    store.admissionState().takeToken(ADA.id(), 10, 100);
  }

  private Schedule schedule(Address address) {
    return new Schedule(
        0,
        0,
        TALK,
        TEAM,
        ADA.id(),
        ADA.name(),
        address,
        "day at 9:00",
        "UTC",
        "ask " + SECRET,
        "",
        List.of(SECRET + ".csv"),
        "",
        clock.instant(),
        clock.instant(),
        Schedule.Run.NONE);
  }

  private SavedComputation computation() {
    return new SavedComputation(
        "burn",
        1,
        1,
        SECRET,
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

  private TurnResult result(long turn) {
    return Objects.requireNonNull(store.turns().find(turn).orElseThrow().result());
  }

  /** In a SQLite file's bytes, where freed pages count; in any row of a server's tables. */
  private boolean isLeft(String text) throws IOException, SQLException {
    return database == TestDatabase.SQLITE ? onDisk(text) : inTables(text);
  }

  private boolean onDisk(String text) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (content.contains(text)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean inTables(String text) throws SQLException {
    try (Connection connection = store.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : tables(connection)) {
        if (String.join(" ", texts(statement, "select * from " + table)).contains(text)) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet rows =
        connection
            .getMetaData()
            .getTables(
                connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE"})) {
      while (rows.next()) {
        tables.add(rows.getString("TABLE_NAME"));
      }
    }
    return tables;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
