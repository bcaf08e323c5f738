package dev.reckon.core.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.loop.Backoff;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.Outbox.Draft;
import dev.reckon.core.store.TurnKind;
import dev.reckon.core.store.jdbi.JdbiStore;
import dev.reckon.core.store.jdbi.Samples;
import dev.reckon.core.store.jdbi.StoreAccess;
import dev.reckon.core.surface.DeliveryException.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DispatcherTest {
  private static final ConversationId OTHER = new ConversationId("test/other");

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock();
  private FakeSurface surface = new FakeSurface();
  private JdbiStore store;
  private Dispatcher dispatcher;
  private int deliveries;
  private boolean woken;
  private int senders = 1;

  @BeforeEach
  void open() {
    store = JdbiStore.open("jdbc:sqlite:" + folder.resolve("reckon.db"), clock);
    on(surface);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void on(FakeSurface platform) {
    surface = platform;
    dispatcher =
        new Dispatcher(
            platform,
            store.outbox(),
            "a replica",
            () -> senders,
            store,
            id -> Optional.empty(),
            clock,
            Backoff.DEFAULT,
            Runnable::run);
    dispatcher.onWork(() -> woken = true);
  }

  private long turn(ConversationId conversation) {
    Incoming incoming = Samples.words("d" + ++deliveries, conversation, "request");
    long seq = store.deliveries().add(incoming).orElseThrow();
    return store
        .turns()
        .begin(conversation, OptionalLong.of(seq), Samples.ADA, TurnKind.REQUEST, "request")
        .id();
  }

  private static Reply reply(long turn, String headline) {
    return new Reply(turn, Reply.Kind.VERIFIED, headline, List.of(), List.of());
  }

  private void answer(ConversationId conversation, long turn, String headline, Instant askedAt) {
    store
        .outbox()
        .add(
            new Draft(
                conversation,
                Samples.words("x", conversation, "").address(),
                reply(turn, headline),
                Samples.ADA,
                askedAt));
  }

  private void working(ConversationId conversation, long turn, String headline) {
    dispatcher.progress(
        conversation, Samples.words("x", conversation, "").address(), reply(turn, headline));
  }

  /** Goes on until nothing waits; returns the times at which something was sent. */
  private List<Instant> settle() {
    List<Instant> times = new ArrayList<>();
    Optional<Instant> next = Optional.of(clock.instant());
    for (int i = 0; woken || next.isPresent(); i++) {
      assertTrue(i < 2000, "it does not settle");
      if (!woken) {
        clock.advanceTo(next.orElseThrow());
      }
      woken = false;
      int before = surface.calls.size();
      next = dispatcher.dispatch();
      for (int n = before; n < surface.calls.size(); n++) {
        times.add(clock.instant());
      }
    }
    return times;
  }

  @Test
  void progressIsShownLaterWhereAnotherReplicaHasTheChannel() {
    senders = 2;
    long turn = turn(Samples.TALK);
    String channel = Samples.words("x", "").address().channel();
    store.outbox().hold(surface.name(), channel, Duration.ofSeconds(5));
    working(Samples.TALK, turn, "writing code");
    clock.advance(Duration.ofSeconds(1));
    dispatcher.dispatch();
    assertEquals(List.of(), surface.headlines());
    store.outbox().hold(surface.name(), channel, Duration.ZERO);
    settle();
    assertEquals(List.of("writing code"), surface.headlines());
  }

  @Test
  void anAnswerEditsTheAnchor() {
    long turn = turn(Samples.TALK);
    working(Samples.TALK, turn, "writing code");
    settle();
    working(Samples.TALK, turn, "running");
    settle();
    dispatcher.ended(turn);
    answer(Samples.TALK, turn, "42", clock.instant());
    settle();
    assertEquals(List.of("post writing code", "edit running", "edit 42"), surface.calls);
    assertEquals(List.of("42"), surface.headlines());
    assertEquals(0, store.backlog().replies());
  }

  @Test
  void anAnswerThatIsThereAtOnceNeedsNoProgress() {
    long turn = turn(Samples.TALK);
    working(Samples.TALK, turn, "writing code");
    dispatcher.dispatch();
    dispatcher.ended(turn);
    answer(Samples.TALK, turn, "42", clock.instant());
    settle();
    assertEquals(List.of("post 42"), surface.calls);
  }

  @Test
  void aSlowAnswerIsANewMessageInTheThreadThatNamesTheAsker() {
    long turn = turn(Samples.TALK);
    Instant asked = clock.instant();
    working(Samples.TALK, turn, "writing code");
    settle();
    clock.advance(Duration.ofSeconds(21));
    dispatcher.ended(turn);
    answer(Samples.TALK, turn, "42", asked);
    settle();
    assertEquals(List.of("Answered in a new message.", "42"), surface.headlines());
    FakeSurface.Message last = List.copyOf(surface.messages.values()).getLast();
    assertEquals(Optional.of(Samples.ADA), last.mention());
    assertEquals("test/talk/m1", last.at().target());
  }

  @Test
  void theOrderOfAConversationHoldsWhileItsOldestIsHeldUp() {
    surface.next(new DeliveryException(Kind.TRANSIENT, "down"));
    answer(Samples.TALK, turn(Samples.TALK), "first", clock.instant());
    answer(Samples.TALK, turn(Samples.TALK), "second", clock.instant());
    answer(OTHER, turn(OTHER), "elsewhere", clock.instant());
    settle();
    assertEquals(
        List.of("post first", "post elsewhere", "post first", "post second"), surface.calls);
  }

  @Test
  void aRateLimitIsHonouredForTheWholeChannel() {
    surface.next(new DeliveryException(Kind.RATE_LIMITED, "slow down", Duration.ofSeconds(7)));
    Instant began = clock.instant();
    answer(Samples.TALK, turn(Samples.TALK), "first", began);
    settle();
    answer(OTHER, turn(OTHER), "same channel", clock.instant());
    settle();
    assertEquals(Duration.ofSeconds(7), Duration.between(began, clock.instant()));
    assertEquals(List.of("first", "same channel"), surface.headlines());
  }

  @Test
  void failuresBackOffAndAreGivenUpAfterADay() {
    for (int i = 0; i < 400; i++) {
      surface.next(new DeliveryException(Kind.TRANSIENT, "down"));
    }
    answer(Samples.TALK, turn(Samples.TALK), "lost", clock.instant());
    List<Instant> tries = settle();
    assertEquals(Duration.ofSeconds(1), Duration.between(tries.get(0), tries.get(1)));
    assertEquals(Duration.ofSeconds(2), Duration.between(tries.get(1), tries.get(2)));
    assertEquals(Duration.ofMinutes(5), Duration.between(tries.get(20), tries.get(21)));
    assertEquals(0, store.backlog().replies());
  }

  @Test
  void messagesKeepTheirDistancePerChannelAndInAll() {
    on(
        new FakeSurface(
            new Pace(Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofDays(1))));
    for (int i = 0; i < 5; i++) {
      answer(Samples.TALK, turn(Samples.TALK), "a" + i, clock.instant());
    }
    List<Instant> times = settle();
    for (int i = 1; i < times.size(); i++) {
      assertEquals(Duration.ofSeconds(1), Duration.between(times.get(i - 1), times.get(i)));
    }
  }

  @Test
  void progressIsThrottledToItsLatest() {
    on(new FakeSurface(new Pace(Duration.ofSeconds(1), Duration.ZERO, Duration.ofDays(1))));
    long turn = turn(Samples.TALK);
    for (int i = 0; i < 50; i++) {
      working(Samples.TALK, turn, "step " + i);
      clock.advance(Duration.ofMillis(100));
      dispatcher.dispatch();
    }
    assertTrue(surface.calls.size() <= 6, surface.calls.toString());
    settle();
    assertEquals(List.of("step 49"), surface.headlines());
  }

  @Test
  void whatTheMessageShowsAlreadyIsNotSentAgain() {
    long turn = turn(Samples.TALK);
    working(Samples.TALK, turn, "writing code");
    settle();
    working(Samples.TALK, turn, "waiting");
    working(Samples.TALK, turn, "writing code");
    settle();
    working(Samples.TALK, turn, "running");
    settle();
    assertEquals(List.of("post writing code", "edit running"), surface.calls);
  }

  @Test
  void progressThatFailsIsLeftOut() {
    long turn = turn(Samples.TALK);
    surface.next(new DeliveryException(Kind.TRANSIENT, "down"));
    working(Samples.TALK, turn, "writing code");
    settle();
    dispatcher.ended(turn);
    answer(Samples.TALK, turn, "42", clock.instant());
    settle();
    assertEquals(List.of("post writing code", "post 42"), surface.calls);
  }

  @Test
  void whenTheAnchorIsGoneANewMessageTakesItsPlace() {
    long turn = turn(Samples.TALK);
    working(Samples.TALK, turn, "writing code");
    settle();
    surface.messages.clear();
    dispatcher.ended(turn);
    answer(Samples.TALK, turn, "42", clock.instant());
    settle();
    assertEquals(List.of("42"), surface.headlines());
  }

  @Test
  void aPlaceThatIsGoneEndsQuietlyAndHoldsUpNobody() {
    surface.next(new DeliveryException(Kind.PLACE_GONE, "archived"));
    answer(Samples.TALK, turn(Samples.TALK), "first", clock.instant());
    answer(Samples.TALK, turn(Samples.TALK), "second", clock.instant());
    settle();
    assertEquals(List.of("second"), surface.headlines());
    assertEquals(0, store.backlog().replies());
  }

  @Test
  void whatIsRefusedIsSentPlainer() {
    surface.next(new DeliveryException(Kind.REFUSED, "msg_blocks_too_long"));
    turn(Samples.TALK);
    Reply rich =
        new Reply(
            0,
            Reply.Kind.NOTICE,
            "42",
            List.of(new Block.Output("x".repeat(9000), 0), new Block.Code("print(42)")),
            List.of());
    store
        .outbox()
        .add(
            new Draft(
                Samples.TALK,
                Samples.words("x", "").address(),
                rich,
                Samples.ADA,
                clock.instant()));
    settle();
    Reply shown = List.copyOf(surface.messages.values()).getLast().reply();
    assertEquals("42", shown.headline());
    assertTrue(shown.blocks().stream().allMatch(Block.Text.class::isInstance));
  }

  /** Sends begin late: each only when the next is handed over. */
  private static final class OneBehind implements Executor {
    private final Deque<Runnable> held = new ArrayDeque<>();

    @Override
    public void execute(Runnable send) {
      finish();
      held.add(send);
    }

    void finish() {
      while (!held.isEmpty()) {
        held.remove().run();
      }
    }
  }

  @Test
  void aReplyThatWentOutAfterItWasFoundDueIsNotSentAgain() {
    OneBehind sends = new OneBehind();
    dispatcher =
        new Dispatcher(
            surface,
            store.outbox(),
            "a replica",
            () -> 1,
            store,
            id -> Optional.empty(),
            clock,
            Backoff.DEFAULT,
            sends);
    Instant now = clock.instant();
    answer(Samples.TALK, turn(Samples.TALK), "blocked at first", now);
    surface.next(new DeliveryException(Kind.TRANSIENT, "down"));
    dispatcher.dispatch();
    sends.finish();
    elsewhere(turn(OTHER), "once");
    dispatcher.dispatch();
    clock.advance(Duration.ofMinutes(1));
    // Both are found due; handing the first over lets the other, which is on its way, arrive.
    dispatcher.dispatch();
    sends.finish();
    assertEquals(
        List.of("post blocked at first", "post once", "post blocked at first"), surface.calls);
  }

  /** In a channel of its own, which does not wait for the others. */
  @Test
  void aReplyWhoseReceiptTheStoreDidNotTakeIsNotPostedAgain() throws Exception {
    String url = "jdbc:sqlite:" + folder.resolve("reckon.db");
    store.close();
    store = JdbiStore.open(new StoreAccess(url, null, null, 8, Duration.ZERO), clock);
    on(surface);
    answer(Samples.TALK, turn(Samples.TALK), "42", clock.instant());
    try (Connection other = DriverManager.getConnection(url);
        Statement statement = other.createStatement()) {
      surface.afterPost = () -> execute(statement, "begin immediate");
      dispatcher.dispatch();
      clock.advance(Duration.ofSeconds(2));
      dispatcher.dispatch();
      execute(statement, "commit");
    }
    clock.advance(Duration.ofSeconds(2));
    settle();
    assertEquals("post 42", surface.calls.getFirst());
    assertEquals(1, surface.messages.size(), surface.calls::toString);
    assertEquals(0, store.backlog().replies());
  }

  private static void execute(Statement statement, String sql) {
    try {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void elsewhere(long turn, String headline) {
    Address at = Samples.words("x", OTHER, "").address();
    store
        .outbox()
        .add(
            new Draft(
                OTHER,
                new Address(at.surface(), at.target(), "elsewhere", at.direct()),
                reply(turn, headline),
                Samples.ADA,
                clock.instant()));
  }
}
