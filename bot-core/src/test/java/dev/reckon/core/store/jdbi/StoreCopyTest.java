package dev.reckon.core.store.jdbi;

import static dev.reckon.core.store.jdbi.RecordFixture.ADA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.ConversationId;
import dev.reckon.core.store.StoreException;
import dev.reckon.core.turn.TurnStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCopyTest {
  private static final ConversationId TALK = new ConversationId("c1");
  private static final int TURNS = 3;

  @TempDir Path folder;
  private final RecordFixture.StillClock clock = new RecordFixture.StillClock();
  private String sqlite;
  private String postgres;

  @BeforeEach
  void choose() {
    sqlite = TestDatabase.SQLITE.fresh(folder);
    postgres = PostgresServer.newest().fresh();
  }

  private Map<String, Long> copy(String from, String to, Consumer<String> say) {
    return StoreCopy.copy(StoreAccess.of(from), StoreAccess.of(to), clock, say);
  }

  private void fill(String url) {
    try (JdbiStore store = JdbiStore.open(url, clock)) {
      RecordFixture fixture = new RecordFixture(store);
      for (int i = 0; i < TURNS; i++) {
        long turn = fixture.answered(ADA, "c1", "sums " + i, TurnStatus.VERIFIED, 0.5);
        store.files().put(TALK, "b" + i + ".bin", new byte[] {0, (byte) i, -1}, turn);
      }
      if (url.equals(sqlite)) {
        // As an earlier version stored it.
        store
            .database()
            .update(
                "update delivery set incoming = replace(incoming, 'sums 0', 'su' || ? || 'ms')",
                "\\u0000");
      }
    }
  }

  @Test
  void whatIsMovedThereAndBackIsTheSame() throws Exception {
    fill(sqlite);
    Map<String, Long> counts = copy(sqlite, postgres, line -> {});
    assertEquals(TURNS, counts.get("turn"));
    assertEquals(TURNS, counts.get("content"));
    Path folder2 = Files.createDirectories(folder.resolve("back"));
    String back = TestDatabase.SQLITE.fresh(folder2);
    assertEquals(counts, copy(postgres, back, line -> {}));
    assertEquals(everything(postgres), everything(back));
  }

  @Test
  void peopleGoOnInTheCopyWhereTheyWere() {
    fill(sqlite);
    copy(sqlite, postgres, line -> {});
    try (JdbiStore store = JdbiStore.open(postgres, clock)) {
      assertEquals(TURNS, store.turns().recent(TALK, 9).size());
      long last = store.turns().lastWithCode(TALK).orElseThrow().id();
      String id = store.files().find(TALK, "b2.bin").orElseThrow().id();
      assertEquals(2, store.files().read(id).orElseThrow()[1]);
      RecordFixture fixture = new RecordFixture(store);
      for (int i = 0; i < TURNS; i++) {
        fixture.asks(ADA, "c1", "uses up a number that is taken");
      }
      assertTrue(fixture.answered(ADA, "c1", "more", TurnStatus.VERIFIED, 0.5) > last);
      store.privacy().forget(ADA.id());
    }
  }

  @Test
  void aCopyThatWasBrokenOffGoesOn() {
    fill(sqlite);
    assertThrows(
        StoreException.class,
        () ->
            copy(
                sqlite,
                postgres,
                line -> {
                  if (line.startsWith("file:")) {
                    throw new IllegalStateException("the power went");
                  }
                }));
    StoreException unfinished =
        assertThrows(StoreException.class, () -> JdbiStore.open(postgres, clock).close());
    assertTrue(unfinished.getMessage().contains("to continue"), unfinished.getMessage());
    List<String> said = new ArrayList<>();
    copy(sqlite, postgres, said::add);
    assertTrue(said.contains("turn: 0 of 3 rows to copy"), said::toString);
    JdbiStore.open(postgres, clock).close();
  }

  @Test
  void aStoreThatHoldsSomethingOrIsInUseIsNoTarget() throws Exception {
    fill(sqlite);
    fill(postgres);
    StoreException full =
        assertThrows(StoreException.class, () -> copy(sqlite, postgres, line -> {}));
    assertTrue(full.getMessage().contains("holds data already"), full.getMessage());
    String other = PostgresServer.newest().fresh();
    try (JdbiStore store = JdbiStore.open(other, clock);
        AutoCloseable lock = store.lockInstance(() -> {})) {
      assertTrue(lock != null);
      StoreException used =
          assertThrows(StoreException.class, () -> copy(sqlite, other, line -> {}));
      assertEquals(StoreException.Kind.IN_USE, used.kind());
    }
    assertThrows(StoreException.class, () -> copy(postgres, postgres, line -> {}));
  }

  @Test
  void everyTableIsCopied() throws SQLException {
    // Processes are not moved.
    Set<String> copied =
        new TreeSet<>(
            Set.of(
                "pseudonym_salt",
                "flyway_schema_history",
                "replica",
                "leader",
                "place",
                "rate",
                "pace"));
    StoreCopy.TABLES.forEach(table -> copied.add(table.name()));
    try (JdbiStore store = JdbiStore.open(postgres, clock);
        Connection connection = store.dataSource().getConnection();
        ResultSet rows =
            connection.getMetaData().getTables(null, "public", "%", new String[] {"TABLE"})) {
      Set<String> all = new TreeSet<>();
      while (rows.next()) {
        all.add(rows.getString("TABLE_NAME"));
      }
      assertEquals(all, copied);
    }
  }

  /** Each table's rows in the order of their keys, and the salt. */
  private List<String> everything(String url) {
    try (JdbiStore store = JdbiStore.open(url, clock)) {
      return store
          .database()
          .read(
              handle ->
                  StoreCopy.TABLES.stream()
                      .flatMap(
                          table ->
                              handle
                                  .createQuery(
                                      "select * from %s order by %s"
                                          .formatted(table.name(), String.join(", ", table.key())))
                                  .mapToMap()
                                  .list()
                                  .stream()
                                  .map(row -> table.name() + texts(row)))
                      .toList());
    }
  }

  private static Map<String, String> texts(Map<String, Object> row) {
    Map<String, String> texts = new TreeMap<>();
    row.forEach(
        (name, value) ->
            texts.put(
                name,
                switch (value) {
                  case null -> "";
                  case byte[] bytes -> Arrays.toString(bytes);
                  case Number number -> Double.toString(number.doubleValue());
                  default -> value.toString();
                }));
    return texts;
  }
}
