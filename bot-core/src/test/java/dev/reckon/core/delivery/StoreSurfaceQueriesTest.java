package dev.reckon.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.reckon.core.delivery.SurfaceQueries.Attention;
import dev.reckon.core.delivery.SurfaceQueries.Form;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Action.Verb;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Person.Role;
import dev.reckon.core.store.Preferences.Scope;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.store.jdbi.Samples;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
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
    queries = new StoreSurfaceQueries(store, new PlainWords());
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
    store.settings().put(scope, "attention", "mentions", "test/ada");
    assertEquals(Attention.WHEN_MENTIONED, queries.attention(Samples.TALK));
    store.settings().put(scope, "attention", "mute", "test/ada");
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
  void onlyTheAskerAndAdministratorsGetForms() {
    Incoming incoming = Samples.words("1", "hello");
    long seq = store.deliveries().add(incoming).orElseThrow();
    long turn =
        store
            .turns()
            .begin(Samples.TALK, OptionalLong.of(seq), incoming.person(), TurnKind.REQUEST, "hello")
            .id();
    Action wrong = new Action(Verb.WRONG, turn);
    assertEquals(new Form.Filled(""), queries.form(wrong, incoming.person()));
    assertInstanceOf(Form.Refused.class, queries.form(wrong, STRANGER));
    Person administrator = new Person("test/root", "Root", Role.ADMINISTRATOR);
    assertEquals(new Form.Filled(""), queries.form(wrong, administrator));
  }

  @Test
  void anAnswerThatIsGoneIsSaid() {
    assertInstanceOf(Form.Refused.class, queries.form(new Action(Verb.SHOW_CODE, 99), STRANGER));
  }
}
