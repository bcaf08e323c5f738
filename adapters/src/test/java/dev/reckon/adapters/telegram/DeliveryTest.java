package dev.reckon.adapters.telegram;

import static dev.reckon.adapters.telegram.People.ANNA;
import static dev.reckon.adapters.telegram.People.BEN;
import static dev.reckon.adapters.telegram.People.GROUP;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.surface.RecordingInbox;
import dev.reckon.adapters.surface.SurfaceContract;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Content;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Person.Role;
import dev.reckon.core.message.Reply;
import dev.reckon.core.message.Team;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.DeliveryException.Kind;
import dev.reckon.core.surface.Surface;
import dev.reckon.testing.Until;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Replies on their way out, against the strict server. */
class DeliveryTest {
  private static final Address PRIVATE = new Chat(ANNA, OptionalInt.empty()).address();
  private static final Address IN_GROUP = new Chat(GROUP, OptionalInt.empty()).address();
  private static final byte[] PNG = SurfaceContract.picture();

  private final FakeTelegram telegram;
  private final TelegramAdapter adapter;
  private final Surface surface;
  private final List<MessageRef> receipts = new ArrayList<>();

  DeliveryTest() throws IOException {
    telegram = new FakeTelegram();
    telegram.takesDrafts = false;
    telegram.chat(ANNA);
    telegram.chat(GROUP);
    adapter = adapter(telegram.settings());
    surface = adapter.surface();
  }

  private static TelegramAdapter adapter(TelegramSettings settings) {
    return new TelegramAdapter(
        settings,
        List.of(),
        FakeTelegram.noUnjoinedChats(),
        FakeTelegram.noRichChats(),
        new TelegramAdapter.Timing(
            new TelegramRateLimits(Duration.ofMillis(1), 1000, Duration.ofMillis(1)),
            Duration.ofMillis(20),
            Duration.ofMillis(20),
            Duration.ofMillis(50),
            Duration.ofMillis(20),
            System::nanoTime));
  }

  @AfterEach
  void close() {
    adapter.close();
    telegram.close();
  }

  private static Optional<byte[]> content(String id) {
    return switch (id) {
      case "file-9" -> Optional.of(PNG);
      case "file-11" -> Optional.of("twelve bytes".getBytes(StandardCharsets.UTF_8));
      default -> Optional.empty();
    };
  }

  private MessageRef post(Address to, Reply reply) throws Exception {
    return surface.post(to, reply, Optional.empty(), DeliveryTest::content, receipts::add);
  }

  private MessageRef edit(Address at, MessageRef message, Reply reply) throws Exception {
    return surface.edit(at, message, reply, DeliveryTest::content, receipts::add);
  }

  private static Reply reply(String kind) {
    return Optional.ofNullable(Replies.ofEachKind().get(kind)).orElseThrow();
  }

  private Kind trouble(Address to) {
    return assertThrows(DeliveryException.class, () -> post(to, Replies.verified())).kind();
  }

  @Test
  void everyKindOfReplyIsTakenByTheStrictServer() throws Exception {
    telegram.takesDrafts = true;
    for (Reply reply : Replies.ofEachKind().values()) {
      post(PRIVATE, reply);
      post(IN_GROUP, reply);
    }
    assertTrue(telegram.log().stream().allMatch(sent -> sent.code() == 200));
  }

  @Test
  void anAnswerTakesThePlaceOfItsProgressAndRepeatingChangesNothing() throws Exception {
    MessageRef anchor = post(IN_GROUP, Replies.working("Writing code"));
    assertEquals(List.of("cancel:17"), telegram.chat(GROUP).shown().getFirst().buttons());
    anchor = edit(IN_GROUP, anchor, Replies.working("Running"));
    anchor = edit(IN_GROUP, anchor, Replies.verified());
    var shown = telegram.chat(GROUP).shown();
    assertEquals(anchor, edit(IN_GROUP, anchor, Replies.verified()));
    assertEquals(shown, telegram.chat(GROUP).shown());
    assertEquals(1, shown.size());
    assertTrue(shown.getFirst().text().contains("✅ Checked"));
    assertEquals(
        List.of("again:17", "save:17", "edit:17", "good:17", "wrong:17", "more:17:vh:en"),
        shown.getFirst().buttons());
  }

  @Test
  void afterAFailureInTheMiddleTheRestIsSentOnce() throws Exception {
    telegram.fail("senddocument", 502, "Bad Gateway");
    Reply reply = reply("long-output");
    assertThrows(DeliveryException.class, () -> post(PRIVATE, reply));
    for (int code : new int[] {429, -1, 500}) {
      telegram.fail("senddocument", code, "again");
      assertThrows(DeliveryException.class, () -> edit(PRIVATE, receipts.getLast(), reply));
    }
    edit(PRIVATE, receipts.getLast(), reply);
    edit(PRIVATE, receipts.getLast(), reply);
    assertEquals(1, telegram.chat(ANNA).texts().size());
    assertEquals(List.of("output.txt", "code.py", "chart.png"), telegram.chat(ANNA).files());
  }

  @Test
  void aRerunTakesItsOldFilesBack() throws Exception {
    MessageRef first = post(PRIVATE, reply("long-output"));
    edit(PRIVATE, first, Replies.verified());
    assertEquals(List.of(), telegram.chat(ANNA).files());
    assertEquals(1, telegram.chat(ANNA).texts().size());
  }

  @Test
  void aTextThatGrowsAndShrinksIsMoreAndFewerMessages() throws Exception {
    MessageRef ref = post(PRIVATE, Reply.notice("Help", "short"));
    ref = edit(PRIVATE, ref, Reply.notice("Help", Replies.lines(250)));
    assertTrue(telegram.chat(ANNA).texts().size() > 1);
    ref = edit(PRIVATE, ref, Reply.notice("Help", "short"));
    assertEquals(List.of("Help\n\nshort"), telegram.chat(ANNA).texts());
    assertEquals(1, SentParts.of(ref).texts().size());
  }

  @Test
  void whatTelegramCannotParseIsSentPlain() throws Exception {
    telegram.fail("sendmessage", 400, "Bad Request: can't parse entities: whatever");
    post(PRIVATE, Replies.verified());
    var shown = telegram.chat(ANNA).shown().getFirst();
    assertTrue(shown.text().contains("Engineering: 71,250.00"));
    assertFalse(shown.html().contains("<pre>"));
    assertEquals(6, shown.buttons().size());
  }

  @Test
  void troubleIsToldApart() throws Exception {
    telegram.chat(ANNA).blocked = true;
    assertEquals(Kind.PLACE_GONE, trouble(PRIVATE));
    telegram.chat(ANNA).blocked = false;
    telegram.chat(ANNA).gone = true;
    assertEquals(Kind.PLACE_GONE, trouble(PRIVATE));
    telegram.fail("sendmessage", 500, "Internal Server Error");
    assertEquals(Kind.TRANSIENT, trouble(IN_GROUP));
    telegram.fail("sendmessage", -1, "cut");
    assertEquals(Kind.TRANSIENT, trouble(IN_GROUP));
    telegram.fail("sendmessage", 400, "Bad Request: something new");
    assertEquals(Kind.REFUSED, trouble(IN_GROUP));
    telegram.down(true);
    assertEquals(Kind.TRANSIENT, trouble(IN_GROUP));
  }

  @Test
  void aRevokedTokenIsNamedWithoutBeingRepeated() {
    TelegramSettings wrong =
        new TelegramSettings(
            TelegramSettings.Mode.POLLING,
            "99:revoked-secret",
            Optional.empty(),
            telegram.url(),
            Optional.empty());
    try (TelegramAdapter other = adapter(wrong)) {
      DeliveryException e =
          assertThrows(
              DeliveryException.class,
              () ->
                  other
                      .surface()
                      .post(
                          PRIVATE,
                          Replies.verified(),
                          Optional.empty(),
                          DeliveryTest::content,
                          ref -> {}));
      assertEquals(Kind.FORBIDDEN, e.kind());
      assertTrue(String.valueOf(e.getMessage()).contains("BotFather"));
      assertFalse(String.valueOf(e.getMessage()).contains("revoked-secret"));
    }
    assertFalse(wrong.toString().contains("revoked-secret"));
  }

  @Test
  void aPauseThatTelegramAsksForIsHandedOnAndKept() throws Exception {
    telegram.fail(
        "sendmessage",
        429,
        "Too Many Requests: retry after 7",
        TelegramJson.object().put("retry_after", 7));
    DeliveryException first =
        assertThrows(DeliveryException.class, () -> post(PRIVATE, Replies.verified()));
    assertEquals(Kind.RATE_LIMITED, first.kind());
    assertEquals(Duration.ofSeconds(7), first.retryAfter());
    DeliveryException second =
        assertThrows(DeliveryException.class, () -> post(PRIVATE, Replies.verified()));
    assertEquals(Kind.RATE_LIMITED, second.kind());
    assertTrue(second.retryAfter().compareTo(Duration.ofSeconds(4)) > 0);
    assertEquals(1, telegram.calls("sendmessage"), "no call within the pause");
    post(IN_GROUP, Replies.verified());
  }

  @Test
  void theRepliesOfManyMessagesKeepToTheLimits() throws Exception {
    telegram.perSecond = 4;
    try (TelegramAdapter paced =
        new TelegramAdapter(
            telegram.settings(),
            List.of(),
            FakeTelegram.noUnjoinedChats(),
            FakeTelegram.noRichChats(),
            new TelegramAdapter.Timing(
                new TelegramRateLimits(Duration.ofMillis(260), 20, Duration.ofMillis(1)),
                Duration.ofMillis(20),
                Duration.ofMillis(20),
                Duration.ofMillis(50),
                Duration.ofMillis(20),
                System::nanoTime))) {
      for (int i = 0; i < 3; i++) {
        paced
            .surface()
            .post(
                IN_GROUP, reply("long-output"), Optional.empty(), DeliveryTest::content, ref -> {});
      }
    }
    assertEquals(12, telegram.chat(GROUP).shown().size());
    assertEquals(0, telegram.refused());
  }

  @Test
  void aMessageThatIsGoneIsSaidToBe() throws Exception {
    MessageRef ref = post(PRIVATE, Replies.verified());
    telegram.chat(ANNA).messages.clear();
    DeliveryException e =
        assertThrows(DeliveryException.class, () -> edit(PRIVATE, ref, Replies.working("Running")));
    assertEquals(Kind.MESSAGE_GONE, e.kind());
  }

  @Test
  void aTopicIsAnsweredInAndOneThatIsGoneInTheGroup() throws Exception {
    telegram.chat(GROUP).topics.add(31);
    post(new Chat(GROUP, OptionalInt.of(31)).address(), Replies.verified());
    post(new Chat(GROUP, OptionalInt.of(32)).address(), reply("long-output"));
    var topics = telegram.chat(GROUP).shown().stream().map(FakeChat.Shown::topic).toList();
    assertEquals(List.of(31, 0, 0, 0, 0), topics);
  }

  @Test
  void aRequestInAGroupIsAnsweredInReply() throws Exception {
    telegram.chat(GROUP).topics.add(31);
    post(new Chat(GROUP, OptionalInt.of(31)).replyingTo(9).address(), Replies.verified());
    var body = telegram.log().getLast().body();
    assertEquals(31, body.path("message_thread_id").asInt());
    assertEquals(9, body.path("reply_parameters").path("message_id").asInt());
    assertTrue(body.path("reply_parameters").path("allow_sending_without_reply").asBoolean());
  }

  @Test
  void aGroupThatMovedIsFollowedAndTheCoreIsTold() throws Exception {
    RecordingInbox inbox = new RecordingInbox();
    adapter.start(inbox, inbox, () -> true);
    Until.holds("started", () -> adapter.trouble().isEmpty());
    MessageRef old = post(IN_GROUP, Replies.working("Writing code"));
    telegram.chat(GROUP).movedTo = Optional.of(-100_777L);
    telegram.chat(-100_777L);
    post(IN_GROUP, Replies.verified());
    assertEquals(1, telegram.chat(-100_777L).texts().size());
    assertTrue(inbox.await(1).getFirst().content() instanceof Content.Moved);
    assertEquals(
        Kind.MESSAGE_GONE,
        assertThrows(DeliveryException.class, () -> edit(IN_GROUP, old, Replies.verified()))
            .kind());
    post(IN_GROUP, Replies.verified());
    assertEquals(1, inbox.received().size());
  }

  @Test
  void privateChatsSeeDraftsAndThenTheAnswer() throws Exception {
    telegram.takesDrafts = true;
    MessageRef ref = post(PRIVATE, Replies.working("Writing code"));
    ref = edit(PRIVATE, ref, Replies.working("Running"));
    assertEquals(List.of("⏳ Writing code", "⏳ Running"), telegram.chat(ANNA).drafts);
    assertEquals(List.of(), telegram.chat(ANNA).texts());
    ref = edit(PRIVATE, ref, Replies.verified());
    edit(PRIVATE, ref, Replies.verified());
    assertEquals(1, telegram.chat(ANNA).texts().size());
    post(IN_GROUP, Replies.working("Writing code"));
    assertEquals(1, telegram.chat(GROUP).texts().size());
  }

  @Test
  void aServerThatTakesNoDraftsIsAskedOnlyOnce() throws Exception {
    MessageRef ref = post(PRIVATE, Replies.working("Writing code"));
    edit(PRIVATE, ref, Replies.working("Running"));
    assertEquals(List.of("⏳ Running"), telegram.chat(ANNA).texts());
    assertEquals(1, telegram.calls("sendmessagedraft"));
  }

  @Test
  void typingIsShownWhileATurnRuns() throws Exception {
    MessageRef ref = post(IN_GROUP, Replies.working("Writing code"));
    Until.holds("typing", () -> telegram.calls("sendchataction") == 1);
    edit(IN_GROUP, ref, Replies.verified());
    post(IN_GROUP, Replies.verified());
    assertEquals(1, telegram.calls("sendchataction"));
  }

  @Test
  void picturesAreShownAndWhatIsNoneIsAFile() throws Exception {
    post(
        PRIVATE,
        new Reply(
            1,
            Reply.Kind.VERIFIED,
            "files",
            List.of(
                new Block.File("file-9", "chart.png", 4),
                new Block.File("file-11", "fake.png", 12),
                new Block.File("file-11", "übersicht \"1\".csv", 12),
                new Block.File("expired", "old.csv", 12)),
            List.of()));
    var files = telegram.chat(ANNA).shown().stream().flatMap(it -> it.file().stream()).toList();
    assertEquals(
        List.of("photo", "document", "document"),
        files.stream().map(FakeChat.SentFile::kind).toList());
    assertEquals("übersicht _1_.csv", files.getLast().name());
    assertArrayEquals(PNG, files.getFirst().content());
    assertTrue(telegram.chat(ANNA).texts().getLast().contains("is no longer kept"));
  }

  @Test
  void theAskerIsNamedInGroupsOnly() throws Exception {
    Person ben = new Person("telegram/7002", "Ben", Role.MEMBER);
    surface.post(IN_GROUP, Replies.verified(), Optional.of(ben), DeliveryTest::content, r -> {});
    surface.post(PRIVATE, Replies.verified(), Optional.of(ben), DeliveryTest::content, r -> {});
    assertTrue(telegram.chat(GROUP).texts().getFirst().startsWith("Ben, Engineering"));
    assertTrue(telegram.chat(ANNA).texts().getFirst().startsWith("Engineering"));
  }

  @Test
  void filesAreFetchedUpToTheLimits() throws Exception {
    byte[] csv = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8);
    String id = telegram.file(csv);
    assertArrayEquals(csv, surface.fetch(new Attachment.Remote("a.csv", id, csv.length), 1000));
    assertArrayEquals(csv, surface.fetch(new Attachment.Remote("a.csv", id, -1), csv.length));
    for (Attachment.Remote refused :
        List.of(
            new Attachment.Remote("a.csv", id, -1),
            new Attachment.Remote("big.csv", telegram.file(new byte[20_000_001]), -1),
            new Attachment.Remote("gone.csv", "no-such-file", 5))) {
      DeliveryException e =
          assertThrows(
              DeliveryException.class,
              () -> surface.fetch(refused, refused.name().equals("a.csv") ? 7 : 1 << 30));
      assertEquals(Kind.REFUSED, e.kind());
      assertTrue(String.valueOf(e.getMessage()).length() > 20, e.getMessage());
    }
  }

  @Test
  void theOfficialServersLimitIsKnownBeforeItIsAsked() {
    try (TelegramAdapter official =
        adapter(
            new TelegramSettings(
                TelegramSettings.Mode.POLLING,
                FakeTelegram.TOKEN,
                Optional.empty(),
                URI.create("https://api.telegram.org"),
                Optional.empty()))) {
      DeliveryException e =
          assertThrows(
              DeliveryException.class,
              () ->
                  official
                      .surface()
                      .fetch(new Attachment.Remote("export.csv", "x", 25_000_000), 1 << 30));
      assertTrue(
          String.valueOf(e.getMessage()).contains("20 MB, the most that Telegram lets bots"));
    }
  }

  @Test
  void administratorsAreKnownByTheGroup() throws Exception {
    telegram.chat(GROUP).administrators.add(ANNA);
    assertEquals(Role.ADMINISTRATOR, surface.complete(said(ANNA)).person().role());
    assertEquals(Role.MEMBER, surface.complete(said(BEN)).person().role());
    surface.complete(said(BEN));
    assertEquals(2, telegram.calls("getchatmember"));
  }

  @Test
  void whatTelegramDoesNotTellNowIsNotTakenForMembership() throws Exception {
    telegram.chat(GROUP).administrators.add(ANNA);
    telegram.fail("getchatmember", 502, "Bad Gateway");
    DeliveryException failure =
        assertThrows(DeliveryException.class, () -> surface.complete(said(ANNA)));
    assertEquals(DeliveryException.Kind.TRANSIENT, failure.kind());
    assertEquals(Role.ADMINISTRATOR, surface.complete(said(ANNA)).person().role());
  }

  private static Incoming said(long person) {
    Chat chat = new Chat(GROUP, OptionalInt.empty());
    return new Incoming(
        "telegram/x",
        chat.conversation(),
        new Team("telegram/-500", "Sales"),
        new Person("telegram/" + person, "Somebody", Role.MEMBER),
        chat.address(),
        new Content.Text("x", false),
        List.of(),
        Instant.EPOCH);
  }

  @Test
  void anAddressUnderAPathIsHonoured() throws Exception {
    // The fake serves the bot's path at the root only, so a prefix must be seen in the request.
    URI prefixed = URI.create(telegram.url() + "/proxy/");
    TelegramSettings settings =
        new TelegramSettings(
            TelegramSettings.Mode.POLLING,
            FakeTelegram.TOKEN,
            Optional.empty(),
            prefixed,
            Optional.empty());
    BotConnection connection = BotConnection.forCalls(settings);
    assertEquals("/proxy/", connection.base().encodedPath());
    try (TelegramAdapter other = adapter(settings)) {
      assertThrows(
          DeliveryException.class,
          () ->
              other
                  .surface()
                  .post(
                      PRIVATE,
                      Replies.verified(),
                      Optional.empty(),
                      id -> Optional.empty(),
                      r -> {}));
    }
    assertEquals(0, telegram.calls("sendmessage"));
    connection.close();
  }
}
