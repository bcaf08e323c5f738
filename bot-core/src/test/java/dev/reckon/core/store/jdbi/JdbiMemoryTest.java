package dev.reckon.core.store.jdbi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.store.Memory.Kind;
import dev.reckon.core.store.Memory.Note;
import dev.reckon.core.store.Preferences.Scope;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class JdbiMemoryTest {
  private static final Scope TEAM = new Scope(Scope.Of.TEAM, "slack/T1");
  private static final Scope HERE = new Scope(Scope.Of.CHANNEL, "C1");

  @Parameter TestDatabase database = TestDatabase.SQLITE;
  @TempDir Path folder;

  private final RecordFixture.StillClock clock = new RecordFixture.StillClock();
  private String url = "";
  private JdbiStore store;

  @BeforeEach
  void open() {
    url = database.fresh(folder);
    store = JdbiStore.open(url, clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Note keep(Scope scope, Kind kind, String term, String text) {
    return store
        .memory()
        .keep(
            new Note(0, scope, kind, term, text, 0, "slack/T1/ADA", "Ada", "Ada", clock.instant()));
  }

  private List<String> texts() {
    return store.memory().list(List.of(TEAM, HERE)).stream().map(Note::text).toList();
  }

  @Test
  void notesOfAllScopesAreListedByKind() {
    keep(HERE, Kind.FACT, "", "the export leaves out December");
    keep(TEAM, Kind.DEFINITION, "net revenue", "revenue minus refunds");
    keep(TEAM, Kind.INSTRUCTION, "", "whole euros");
    keep(new Scope(Scope.Of.CHANNEL, "C2"), Kind.FACT, "", "of another place");
    assertEquals(
        List.of("whole euros", "revenue minus refunds", "the export leaves out December"), texts());
  }

  @Test
  void aTermAndTheInstructionsHaveOneMeaningAtATimeAndVersions() {
    Note first = keep(TEAM, Kind.DEFINITION, "Net revenue", "revenue");
    Note second = keep(TEAM, Kind.DEFINITION, "net revenue", "revenue minus refunds");
    keep(HERE, Kind.DEFINITION, "net revenue", "as here");
    assertEquals(1, first.version());
    assertEquals(2, second.version());
    assertEquals(List.of("revenue minus refunds", "as here"), texts());
    assertEquals(
        List.of(2, 1),
        store.memory().versions(second.number()).stream().map(Note::version).toList());
    keep(TEAM, Kind.FACT, "", "one");
    Note two = keep(TEAM, Kind.FACT, "", "two");
    assertEquals(4, texts().size());
    assertEquals(List.of(two), store.memory().versions(two.number()));
  }

  @Test
  void whatIsForgottenCountsNoMore() {
    Note fact = keep(HERE, Kind.FACT, "", "wrong");
    assertEquals(Optional.of(fact), store.memory().find(fact.number()));
    assertTrue(store.memory().forget(fact.number()));
    assertFalse(store.memory().forget(fact.number()));
    assertEquals(Optional.empty(), store.memory().find(fact.number()));
    assertEquals(List.of(), texts());
  }

  @Test
  void whoeverToldItMayBeForgotten() {
    keep(TEAM, Kind.FACT, "", "it stays");
    keep(new Scope(Scope.Of.TEAM, "slack/T1/ADA"), Kind.FACT, "", "of a private chat");
    store.privacy().forget("slack/T1/ADA");
    Note left = store.memory().list(List.of(TEAM)).getFirst();
    assertEquals("it stays", left.text());
    assertFalse(left.toString().contains("Ada"), left.toString());
    assertEquals(List.of(), store.memory().list(List.of(new Scope(Scope.Of.TEAM, "slack/T1/ADA"))));
  }

  @Test
  void instructionsThatWereSettingsAreKept() throws SQLException {
    String older = database.empty(folder);
    Flyway.configure()
        .dataSource(older, null, null)
        .locations("classpath:db/migration/" + database.migrations())
        .target("9")
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(older);
        Statement statement = connection.createStatement()) {
      for (String setting :
          List.of("'instructions', 'the fiscal year starts in April'", "'verify', 'TWICE'")) {
        statement.execute(
            "insert into setting (scope, name, value, set_by, set_at) values ('"
                + TEAM.key()
                + "', "
                + setting
                + ", 'slack/T1/ADA', 1)");
      }
    }
    try (JdbiStore upgraded = JdbiStore.open(older, clock)) {
      Note kept = upgraded.memory().list(List.of(TEAM)).getFirst();
      assertEquals("the fiscal year starts in April", kept.text());
      assertEquals(Kind.INSTRUCTION, kept.kind());
      assertEquals("slack/T1/ADA", kept.author());
      assertEquals(List.of("verify"), List.copyOf(upgraded.preferences().all(TEAM).keySet()));
    }
  }
}
