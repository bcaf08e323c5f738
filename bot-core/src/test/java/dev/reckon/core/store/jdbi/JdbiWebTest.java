package dev.reckon.core.store.jdbi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.Audit;
import dev.reckon.core.store.Outbox;
import dev.reckon.core.store.Privacy;
import dev.reckon.core.store.WebMessages;
import dev.reckon.core.store.WebMessages.Answered;
import dev.reckon.core.store.WebMessages.Asked;
import dev.reckon.core.store.WebMessages.WebConversation;
import dev.reckon.core.store.WebMessages.WebMessage;
import dev.reckon.core.store.WebSessions.Identity;
import dev.reckon.core.store.WebSessions.WebSession;
import dev.reckon.core.store.WebShares.WebShare;
import dev.reckon.core.turn.TurnStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pages in the browser show, and who is signed in. */
class JdbiWebTest {
  private static final ConversationId ONE = new ConversationId("web/1");
  private static final ConversationId TWO = new ConversationId("web/2");

  @TempDir Path folder;
  private final RecordFixture.StillClock clock = new RecordFixture.StillClock();
  private JdbiStore store;

  @BeforeEach
  void open() {
    store = JdbiStore.open("jdbc:sqlite:" + folder.resolve("a.db"), clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private WebMessages messages() {
    return store.webMessages();
  }

  private static Answered answer(String text) {
    return new Answered(Reply.notice("Done", text), "", List.of());
  }

  private static Asked asked(String text) {
    return new Asked(text, List.of("sales.csv"));
  }

  @Test
  void whatWasSentTwiceIsShownOnce() {
    assertTrue(messages().asked(ONE, "ada", "k1", asked("  total\nof sales ")));
    assertFalse(messages().asked(ONE, "ada", "k1", asked("total of sales")));
    assertEquals(1, messages().newest(ONE, 10).size());
    assertEquals("total of sales", messages().conversations("ada", 9).getFirst().title());
  }

  @Test
  void codeThatIsRunNamesItsConversationWithoutFences() {
    assertTrue(messages().asked(ONE, "ada", "k1", asked("run ```python\nprint(1)\n```")));
    assertEquals("run print(1)", messages().conversations("ada", 9).getFirst().title());
  }

  @Test
  void anOpenPageIsToldOfEachChangeOnceAndOfNothingElse() {
    messages().asked(ONE, "ada", "k1", asked("one"));
    messages().asked(TWO, "ada", "k2", asked("two"));
    long seen = messages().version(ONE);
    long id = messages().answered(ONE, answer("a")).orElseThrow();
    List<WebMessage> fresh = messages().since(ONE, seen, 10);
    assertEquals(List.of(id), fresh.stream().map(WebMessage::id).toList());
    long version = fresh.getLast().version();
    assertTrue(messages().change(id, answer("a")));
    assertEquals(List.of(), messages().since(ONE, version, 10));
    assertTrue(messages().change(id, answer("b")));
    assertEquals(1, messages().since(ONE, version, 10).size());
    assertFalse(messages().change(id + 1_000, answer("c")));
  }

  @Test
  void aReplyToAConversationThatWasDeletedGoesNowhere() {
    messages().asked(ONE, "ada", "k1", asked("one"));
    assertFalse(messages().delete(ONE, "bob"));
    assertTrue(messages().delete(ONE, "ada"));
    assertEquals(Optional.empty(), messages().answered(ONE, answer("late")));
    assertEquals(List.of(), messages().newest(ONE, 10));
  }

  @Test
  void searchFindsAllWordsInOnesOwnMessagesOnly() {
    messages().asked(ONE, "ada", "k1", asked("Total of SALES in 100% of shops"));
    messages().asked(TWO, "bob", "k2", asked("total of sales"));
    Reply table =
        new Reply(
            7,
            Reply.Kind.VERIFIED,
            "ok",
            List.of(new Block.Table(List.of("city"), List.of(List.of("Tromsø")))),
            List.of());
    messages().answered(ONE, new Answered(table, "", List.of()));
    assertEquals(1, messages().search("ada", List.of("sales", "100%"), 9).size());
    assertEquals(0, messages().search("ada", List.of("100_"), 9).size());
    assertEquals(7, messages().search("ada", List.of("tromsø"), 9).getFirst().turn());
    assertEquals(0, messages().search("bob", List.of("tromsø"), 9).size());
  }

  @Test
  void anExpiredOrRevokedSessionIsNoSession() {
    Instant now = clock.instant();
    for (String id : List.of("a", "b", "c")) {
      Instant end = id.equals("a") ? now : now.plusSeconds(60);
      store.webSessions().open(new WebSession(id, who("ada"), "Firefox", now, now, end));
    }
    store.webSessions().revoke("b");
    store.webSessions().seen("c", now.plusSeconds(1), now.plusSeconds(90));
    List<WebSession> valid = store.webSessions().valid(now);
    assertEquals(List.of("c"), valid.stream().map(WebSession::id).toList());
    assertEquals(now.plusSeconds(90), valid.getFirst().expiresAt());
    assertEquals(who("ada"), valid.getFirst().who());
    assertEquals(2, store.webSessions().valid(Instant.EPOCH).size(), "reading deletes nothing");
    store
        .privacy()
        .sweep(
            new Privacy.Retention(Duration.ofDays(10), Duration.ZERO, Duration.ZERO, Duration.ZERO),
            now);
    List<WebSession> kept = store.webSessions().valid(Instant.EPOCH);
    assertEquals(List.of("c"), kept.stream().map(WebSession::id).toList());
  }

  private static Identity who(String person) {
    return new Identity(person, "Ada", "slack/T1", "Analysts", "slack");
  }

  @Test
  void aSharedLinkIsFoundByItsHashUntilItIsRevokedOrExpires() {
    RecordFixture fixture = new RecordFixture(store);
    long turn = fixture.answered(RecordFixture.ADA, "c1", "one", TurnStatus.VERIFIED, 0.1);
    String ada = RecordFixture.ADA.id();
    Instant now = clock.instant();
    WebShare shared = store.webShares().create("hash", turn, ada, now, now.plusSeconds(60));
    assertEquals(Optional.of(shared), store.webShares().find("hash", now));
    assertEquals(Optional.empty(), store.webShares().find("hash", now.plusSeconds(60)));
    assertEquals(Optional.empty(), store.webShares().find("other", now));
    assertEquals(List.of(shared), store.webShares().of(ada, now));
    assertFalse(store.webShares().revoke(shared.id(), RecordFixture.BOB.id(), now));
    assertTrue(store.webShares().revoke(shared.id(), ada, now));
    assertFalse(store.webShares().revoke(shared.id(), ada, now));
    assertEquals(Optional.empty(), store.webShares().find("hash", now));
    List<Audit.Entry> record =
        store.audit().since(now, 9).stream().filter(line -> line.event().equals("shared")).toList();
    assertEquals(List.of("revoked", "made"), record.stream().map(Audit.Entry::outcome).toList());
    assertEquals(turn, record.getFirst().turn());
    store.webShares().create("second", turn, ada, now, now.plusSeconds(60));
    store.privacy().forget(ada);
    assertEquals(Optional.empty(), store.webShares().find("second", now));
  }

  @Test
  void aTurnKnowsWhereItWasAskedAndWhereItsRepliesWent() {
    RecordFixture fixture = new RecordFixture(store);
    long turn = fixture.answered(RecordFixture.ADA, "c1", "one", TurnStatus.VERIFIED, 0.1);
    List<Address> before = store.turns().addresses(turn);
    Address elsewhere = new Address("slack", "elsewhere", "C9", false);
    Reply reply = new Reply(turn, Reply.Kind.VERIFIED, "ok", List.of(), List.of());
    store
        .outbox()
        .add(
            new Outbox.Draft(
                new ConversationId("c1"), elsewhere, reply, RecordFixture.ADA, clock.instant()));
    assertEquals(1, before.size());
    assertEquals(List.of(before.getFirst(), elsewhere), store.turns().addresses(turn));
    assertEquals(List.of(), store.turns().addresses(0));
    assertTrue(store.turns().isOf(turn, RecordFixture.TEAM.id()));
    assertFalse(store.turns().isOf(turn, "slack/T9"));
    assertFalse(store.turns().isOf(0, RecordFixture.TEAM.id()));
    ConversationId conversation = new ConversationId("c1");
    store.outbox().posted("slack", new MessageRef("C9/"), conversation, turn, true);
    store.outbox().posted("telegram", new MessageRef("1"), conversation, turn, false);
    store.outbox().posted("slack", new MessageRef("C9/2"), conversation, 0, false);
    assertEquals(List.of(new MessageRef("C9/")), store.turns().posted("slack", turn));
    assertEquals(List.of(), store.turns().posted("slack", 0));
  }

  @Test
  void forgettingAPersonAndTimeTakePagesAway() {
    messages().asked(ONE, "ada", "k1", asked("one"));
    messages().asked(TWO, "bob", "k2", asked("two"));
    Instant now = clock.instant();
    store.webSessions().open(new WebSession("a", who("ada"), "x", now, now, now.plusSeconds(60)));
    store.privacy().forget("ada");
    assertEquals(List.of(), messages().conversations("ada", 9));
    assertEquals(List.of(), store.webSessions().valid(now));
    assertEquals(List.of(TWO), ids("bob"));
    store
        .privacy()
        .sweep(
            new Privacy.Retention(Duration.ofDays(10), Duration.ZERO, Duration.ZERO, Duration.ZERO),
            now.plus(Duration.ofDays(11)));
    assertEquals(List.of(), ids("bob"));
  }

  private List<ConversationId> ids(String person) {
    return messages().conversations(person, 9).stream().map(WebConversation::id).toList();
  }
}
