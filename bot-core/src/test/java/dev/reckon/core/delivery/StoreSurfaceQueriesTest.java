package dev.reckon.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.reckon.core.command.Interpreter;
import dev.reckon.core.delivery.SurfaceQueries.Attention;
import dev.reckon.core.delivery.SurfaceQueries.ButtonForm;
import dev.reckon.core.message.Action;
import dev.reckon.core.message.Action.Verb;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Person.Role;
import dev.reckon.core.policy.Admission;
import dev.reckon.core.store.Preferences.Scope;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.store.Store;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.store.jdbi.Samples;
import dev.reckon.core.surface.Readership;
import dev.reckon.core.turn.TurnResult;
import dev.reckon.core.turn.TurnStatus;
import dev.reckon.core.turn.Usage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
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

  private long answered(String conversation, String request, boolean isDirect) {
    ConversationId id = new ConversationId(conversation);
    long delivery =
        store
            .deliveries()
            .add(
                new Incoming(
                    request,
                    id,
                    Samples.TEAM,
                    Samples.ADA,
                    new Address("fake", "a place", "C1", isDirect),
                    new Content.Text(request, false),
                    List.of(),
                    Instant.EPOCH))
            .orElseThrow();
    long turn =
        store
            .turns()
            .begin(id, OptionalLong.of(delivery), Samples.ADA, TurnKind.REQUEST, request)
            .id();
    store
        .turns()
        .finish(
            new TurnResult(
                turn,
                TurnStatus.VERIFIED,
                "Verified",
                "5",
                "print(5)",
                List.of(),
                List.of(),
                null,
                List.of(),
                Usage.NONE,
                Duration.ZERO));
    return turn;
  }

  @Test
  void aChannelHasWhatWasAskedThereAndPostedForAll() {
    answered("fake/T1/C1/1", "sum", false);
    long alone = answered("fake/T1/C1/2", "shown to the asker alone", false);
    answered("fake/T1/C1/3", "by a private message", true);
    long elsewhere = answered("fake/T1/C2/1", "elsewhere", false);
    save("here", answered("fake/T1/C1/4", "product", false));
    save("there", elsewhere);
    MessageRef hidden = new MessageRef("hidden");
    store.outbox().posted("fake", hidden, new ConversationId("fake/T1/C1/2"), alone, true);
    SurfaceQueries.ChannelOverview channel =
        queries.channel(
            Samples.TEAM,
            "C1",
            "fake/T1/C1/",
            new Readership() {
              @Override
              public String surface() {
                return "fake";
              }

              @Override
              public Set<String> readers(Address at, Set<String> people) {
                throw new AssertionError("whoever asks has checked that");
              }

              @Override
              public boolean postedForAll(Address at, List<MessageRef> posted) {
                return !posted.contains(hidden);
              }

              @Override
              public Person known(Person person) {
                return person;
              }
            });
    assertEquals(
        List.of("product", "sum"),
        channel.requests().stream().map(SurfaceQueries.Overview.Asked::request).toList());
    assertEquals(Set.of("here"), channel.saved());
  }

  /** The newest version of a computation tells where it is from. */
  @Test
  void whatWasSavedInAChannelGoesByTheNewestVersion() {
    long here = answered("fake/T1/C1/1", "sum", false);
    long elsewhere = answered("fake/T1/C10/1", "product", false);
    save("moved", here);
    save("moved", elsewhere);
    save("kept", elsewhere);
    save("kept", here);
    save("forgotten", here);
    store.computations().forget(Samples.TEAM.id(), "forgotten");
    assertEquals(Set.of("kept"), store.computations().savedIn(Samples.TEAM.id(), "fake/T1/C1/"));
    assertEquals(Set.of(), store.computations().savedIn("another", "fake/T1/C1/"));
  }

  private void save(String name, long turn) {
    store
        .computations()
        .save(
            Samples.TEAM.id(),
            new SavedComputation(
                name,
                1,
                turn,
                "request",
                "print(5)",
                List.of(),
                List.of(),
                List.of(),
                "verified",
                Samples.ADA.id(),
                "Ada",
                Instant.EPOCH,
                null));
  }

  private static List<String> names(SurfaceQueries.Overview overview) {
    return overview.settings().stream().map(SurfaceQueries.Overview.Setting::name).toList();
  }

  @Test
  void anAnswerThatIsGoneIsSaid() {
    assertInstanceOf(
        ButtonForm.Refused.class, queries.form(new Action(Verb.SHOW_CODE, 99), STRANGER));
  }
}
