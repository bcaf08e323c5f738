package dev.reckon.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.reckon.core.command.Interpreter;
import dev.reckon.core.delivery.SurfaceQueries.Attention;
import dev.reckon.core.delivery.SurfaceQueries.Form;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Action.Verb;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Person.Role;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.store.Preferences.Scope;
import dev.reckon.core.store.Store;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.store.jdbi.Samples;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreSurfaceQueriesTest {
  private static final Person STRANGER = new Person("test/eve", "Eve", Role.MEMBER);

  @TempDir Path folder;
  private JdbiStore store;
  private SurfaceQueries queries;

  @BeforeEach
  void open() {
    store = JdbiStore.open("jdbc:sqlite:" + folder.resolve("reckon.db"), Clock.systemUTC());
    queries = queriesOf(store, new PlainWords());
  }

  static SurfaceQueries queriesOf(Store store, Interpreter interpreter) {
    return new StoreSurfaceQueries(
        store.conversations(),
        store.preferences(),
        store.outbox(),
        store.deliveries(),
        store.turns(),
        store.computations(),
        Admission.open(),
        interpreter);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aConversationIsFollowedFromItsFirstDeliveryUntilItIsMuted() {
    assertEquals(Attention.UNKNOWN, queries.attention(Samples.TALK));
    store.deliveries().add(Samples.words("1", "hello"));
    assertEquals(Attention.ALL, queries.attention(Samples.TALK));
    Scope scope = new Scope(Scope.Of.CONVERSATION, Samples.TALK.value());
    store.preferences().put(scope, "attention", "mentions", "test/ada");
    assertEquals(Attention.WHEN_MENTIONED, queries.attention(Samples.TALK));
    store.preferences().put(scope, "attention", "mute", "test/ada");
    assertEquals(Attention.MUTED, queries.attention(Samples.TALK));
    assertEquals(Attention.UNKNOWN, queries.attention(new ConversationId("test/other")));
  }

  @Test
  void aPostedMessageFindsItsConversation() {
    store.deliveries().add(Samples.words("1", "hello"));
    store.outbox().posted("test", new MessageRef("m1"), Samples.TALK, 0, false);
    assertEquals(Optional.of(Samples.TALK), queries.conversationOf("test", new MessageRef("m1")));
    assertEquals(Optional.empty(), queries.conversationOf("other", new MessageRef("m1")));
  }

  @Test
  void anOverviewHasThePersonsOwnSettings() {
    store.deliveries().add(Samples.words("1", "hello"));
    store
        .preferences()
        .put(new Scope(Scope.Of.PERSON, Samples.ADA.id()), "code", "attached", Samples.ADA.id());
    SurfaceQueries.Overview overview = queries.overview(Samples.ADA, Samples.TEAM);
    assertEquals(List.of("code", "language"), names(overview));
    assertEquals("attached", overview.settings().getFirst().now());
    assertEquals("default", queries.overview(STRANGER, Samples.TEAM).settings().getFirst().now());
    assertEquals(List.of(), overview.requests());
  }

  private static List<String> names(SurfaceQueries.Overview overview) {
    return overview.settings().stream().map(SurfaceQueries.Overview.Setting::name).toList();
  }

  @Test
  void anAnswerThatIsGoneIsSaid() {
    assertInstanceOf(Form.Refused.class, queries.form(new Action(Verb.SHOW_CODE, 99), STRANGER));
  }
}
