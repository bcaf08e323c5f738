package dev.reckon.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.reckon.core.delivery.Lookup.Attention;
import dev.reckon.core.delivery.Lookup.Form;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Action.Verb;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Person.Standing;
import dev.reckon.core.store.Settings.Scope;
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

class StoreLookupTest {
  private static final Person STRANGER = new Person("test/eve", "Eve", Standing.MEMBER);

  @TempDir Path folder;
  private JdbiStore store;
  private Lookup lookup;

  @BeforeEach
  void open() {
    store = JdbiStore.open("jdbc:sqlite:" + folder.resolve("reckon.db"), Clock.systemUTC());
    lookup = new StoreLookup(store, new PlainWords());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aConversationIsFollowedFromItsFirstDeliveryUntilItIsMuted() {
    assertEquals(Attention.UNKNOWN, lookup.attention(Samples.TALK));
    store.deliveries().add(Samples.words("1", "hello"));
    assertEquals(Attention.ALL, lookup.attention(Samples.TALK));
    Scope scope = new Scope(Scope.Of.CONVERSATION, Samples.TALK.value());
    store.settings().put(scope, "attention", "mentions", "test/ada");
    assertEquals(Attention.WHEN_MENTIONED, lookup.attention(Samples.TALK));
    store.settings().put(scope, "attention", "mute", "test/ada");
    assertEquals(Attention.MUTED, lookup.attention(Samples.TALK));
    assertEquals(Attention.UNKNOWN, lookup.attention(new ConversationId("test/other")));
  }

  @Test
  void aPostedMessageFindsItsConversation() {
    store.deliveries().add(Samples.words("1", "hello"));
    store.outbox().posted("test", new MessageRef("m1"), Samples.TALK, 0, false);
    assertEquals(Optional.of(Samples.TALK), lookup.conversationOf("test", new MessageRef("m1")));
    assertEquals(Optional.empty(), lookup.conversationOf("other", new MessageRef("m1")));
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
    assertEquals(new Form.Filled(""), lookup.form(wrong, incoming.person()));
    assertInstanceOf(Form.Refused.class, lookup.form(wrong, STRANGER));
    Person administrator = new Person("test/root", "Root", Standing.ADMINISTRATOR);
    assertEquals(new Form.Filled(""), lookup.form(wrong, administrator));
  }

  @Test
  void anAnswerThatIsGoneIsSaid() {
    assertInstanceOf(Form.Refused.class, lookup.form(new Action(Verb.SHOW_CODE, 99), STRANGER));
  }
}
