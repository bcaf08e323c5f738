package dev.reckon.core.store.jdbi;

import static dev.reckon.core.store.jdbi.RecordFixture.ADA;
import static dev.reckon.core.store.jdbi.RecordFixture.TEAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.store.Preferences.Scope;
import dev.reckon.core.turn.TurnStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Characters that not every database has a place for are the same on all of them. */
@ParameterizedClass
@EnumSource
class AwkwardTextTest {
  private static final String AWKWARD = "a\0b \uD83D c \uDE00 \uD83D\uDE00 \\u0000 \\ \u0001";
  private static final String KEPT = "a\uFFFDb \uFFFD c \uFFFD \uD83D\uDE00 \\u0000 \\ \u0001";
  private static final ConversationId TALK = new ConversationId("c1");

  @Parameter TestDatabase database = TestDatabase.SQLITE;
  @TempDir Path folder;
  private JdbiStore store;
  private RecordFixture fixture;

  @BeforeEach
  void open() {
    RecordFixture.StillClock clock = new RecordFixture.StillClock();
    store = JdbiStore.open(database.fresh(folder), clock);
    fixture = new RecordFixture(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void inWhatPeopleWrite() {
    var incoming = fixture.asks(ADA, "c1", AWKWARD);
    store.deliveries().add(incoming);
    Content content =
        store.deliveries().find(incoming.delivery()).orElseThrow().incoming().content();
    assertEquals(KEPT, assertInstanceOf(Content.Text.class, content).text());
    assertTrue(store.deliveries().before(incoming.delivery(), "none").isEmpty());
  }

  @Test
  void inRequestsOutputsAndCode() {
    long turn = fixture.answered(ADA, "c1", AWKWARD, TurnStatus.VERIFIED, 0.1);
    var record = store.turns().find(turn).orElseThrow();
    assertEquals(KEPT, record.request());
    var result = record.result();
    assertTrue(result != null && result.output().equals("output of " + KEPT));
    assertEquals(turn, store.turns().lastWithCode(TALK).orElseThrow().id());
  }

  @Test
  void inNamesThatAreLookedUp() {
    fixture.answered(ADA, "c1", "x", TurnStatus.VERIFIED, 0.1);
    store.files().put(TALK, AWKWARD, new byte[] {0, 1}, 0);
    assertEquals(KEPT, store.files().find(TALK, KEPT).orElseThrow().name());
    assertTrue(store.files().drop(TALK, AWKWARD));
    Scope scope = new Scope(Scope.Of.TEAM, TEAM.id());
    store.preferences().put(scope, AWKWARD, AWKWARD, ADA.id());
    assertEquals(KEPT, store.preferences().all(scope).get(KEPT));
  }

  @Test
  void theirAuthorsCanBeForgotten() {
    fixture.answered(ADA, "c1", AWKWARD, TurnStatus.VERIFIED, 0.1);
    store.privacy().forget(ADA.id());
    assertTrue(store.conversations().person(ADA.id()).isEmpty());
  }
}
