package dev.reckon.adapters.telegram;

import static dev.reckon.adapters.telegram.People.ANNA;
import static dev.reckon.adapters.telegram.People.BEN;
import static dev.reckon.adapters.telegram.People.GROUP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.surface.RecordingInbox;
import dev.reckon.core.calculate.Calculator;
import dev.reckon.core.message.Address;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Reply;
import dev.reckon.core.policy.InlineGate;
import dev.reckon.core.policy.Policy;
import dev.reckon.core.policy.PolicyKey;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.testing.Until;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tables that Telegram draws, where a chat has chosen them. */
@Timeout(60)
class RichMessagesTest {
  private static final Address PRIVATE = new Chat(ANNA, OptionalInt.empty()).address();
  private static final Address IN_GROUP = new Chat(GROUP, OptionalInt.empty()).address();

  private final FakeTelegram telegram;
  private final Map<Long, Boolean> chosen = new ConcurrentHashMap<>();
  private volatile Policy policy =
      Policy.STANDARD.with(PolicyKey.PEOPLE, "telegram/%d telegram/%d".formatted(ANNA, BEN));
  private final AtomicLong passed = new AtomicLong();
  private final RecordingInbox inbox = new RecordingInbox();
  private final TelegramAdapter adapter;

  RichMessagesTest() throws IOException {
    telegram = new FakeTelegram();
    telegram.takesDrafts = false;
    telegram.chat(ANNA);
    telegram.chat(GROUP);
    RichChats chats =
        new RichChats() {
          @Override
          public boolean wanted(long chat) {
            return chosen.getOrDefault(chat, false);
          }

          @Override
          public void choose(long chat, boolean rich, String person) {
            chosen.put(chat, rich);
          }
        };
    adapter =
        new TelegramAdapter(
            telegram.settings(),
            MenuCommand.all(List.of()),
            new UnjoinedChats(
                new InlineGate(() -> policy, InstantSource.system()),
                (person, expression) -> new Calculator.Outcome.None("nothing is computed here"),
                () -> false),
            chats,
            FakeTelegram.quick(
                Duration.ofMillis(20),
                Duration.ofMillis(30),
                () -> System.nanoTime() + passed.get()));
  }

  @AfterEach
  void close() {
    adapter.close();
    telegram.close();
  }

  private static Reply table(int rows) {
    List<List<String>> cells =
        IntStream.range(0, rows)
            .mapToObj(row -> List.of("<city> & @all " + row, String.valueOf(row)))
            .toList();
    return new Reply(
        42,
        Reply.Kind.VERIFIED,
        "Two cities",
        List.of(
            new Block.Table(List.of("city", "sum"), cells), new Block.Code("print(1 < 2)", false)),
        List.of());
  }

  private MessageRef post(Address to, Reply reply) throws Exception {
    return adapter.surface().post(to, reply, Optional.empty(), id -> Optional.empty(), soFar -> {});
  }

  private List<String> wordsOf(int deliveries) {
    inbox.await(deliveries);
    return inbox.words();
  }

  private List<FakeChat.Shown> shown(long chat) {
    return new ArrayList<>(telegram.chat(chat).messages.values());
  }

  @Test
  void aChatThatChoseThemIsSentTablesAndFoldedCode() throws Exception {
    chosen.put(ANNA, true);
    post(PRIVATE, table(2));
    FakeChat.Shown message = shown(ANNA).getFirst();
    assertTrue(
        message.html().contains("<table bordered striped><tr><th>city</th>"), message.html());
    assertTrue(message.html().contains("<td align=\"right\">1</td>"), message.html());
    assertTrue(message.html().contains("<details><summary>"), message.html());
    assertTrue(message.text().contains("print(1 < 2)"), message.text());
    assertFalse(message.text().contains(" @all"), "a mention in a cell reaches nobody");
    post(IN_GROUP, table(2));
    assertTrue(shown(GROUP).getFirst().html().contains("<pre>"), "others keep their form");
  }

  @Test
  void longTablesComeWithTheRestAsAFile() throws Exception {
    chosen.put(ANNA, true);
    post(PRIVATE, table(300));
    List<FakeChat.Shown> messages = shown(ANNA);
    assertEquals(2, messages.size());
    assertTrue(messages.get(1).file().isPresent());
  }

  @Test
  void withoutTableAndCodeNothingChanges() throws Exception {
    chosen.put(ANNA, true);
    post(PRIVATE, Reply.notice("Done", "a & b"));
    assertFalse(shown(ANNA).getFirst().html().contains("<p>"));
  }

  @Test
  void progressBecomesATableInItsOwnMessage() throws Exception {
    chosen.put(ANNA, true);
    MessageRef anchor = post(PRIVATE, Replies.working("Running"));
    for (int i = 0; i < 2; i++) {
      anchor =
          adapter.surface().edit(PRIVATE, anchor, table(2), id -> Optional.empty(), soFar -> {});
    }
    assertEquals(1, shown(ANNA).size());
    assertTrue(shown(ANNA).getFirst().html().contains("<table"));
    assertEquals(1, shown(ANNA).getFirst().edits());
  }

  @Test
  void aServerThatTakesNoneIsAskedOnce() throws Exception {
    telegram.takesRich = false;
    chosen.put(ANNA, true);
    MessageRef first = post(PRIVATE, table(2));
    post(PRIVATE, table(3));
    adapter.surface().edit(PRIVATE, first, table(4), id -> Optional.empty(), soFar -> {});
    assertEquals(2, shown(ANNA).size());
    assertTrue(shown(ANNA).stream().allMatch(it -> it.html().contains("<pre>")));
    assertEquals(1, telegram.calls("sendrichmessage"));
  }

  @Test
  void aMessageThatIsRefusedForWhatItSaysIsPlainAndTheNextOneIsNot() throws Exception {
    chosen.put(ANNA, true);
    telegram.fail("sendrichmessage", 400, "Bad Request: message is too long");
    post(PRIVATE, table(2));
    telegram.fail("sendrichmessage", 403, "Forbidden: bot was kicked from the group chat");
    assertThrows(DeliveryException.class, () -> post(PRIVATE, table(2)));
    telegram.fail("sendrichmessage", 401, "Unauthorized");
    assertThrows(DeliveryException.class, () -> post(PRIVATE, table(2)));
    post(PRIVATE, table(2));
    assertEquals(2, shown(ANNA).size());
    assertTrue(shown(ANNA).getFirst().html().contains("<pre>"));
    assertTrue(shown(ANNA).getLast().html().contains("<table"));
  }

  @Test
  void aServerMayLearnToTakeThem() throws Exception {
    chosen.put(ANNA, true);
    telegram.takesRich = false;
    post(PRIVATE, table(2));
    telegram.takesRich = true;
    post(PRIVATE, table(2));
    passed.set(Duration.ofMinutes(61).toNanos());
    post(PRIVATE, table(2));
    assertEquals(
        List.of(false, false, true),
        shown(ANNA).stream().map(it -> it.html().contains("<table")).toList());
  }

  @Test
  void aChatChoosesAfterItHasSeenOne() throws Exception {
    adapter.start(inbox, inbox, () -> true);
    telegram.queue(People.text(ANNA, ANNA, 1, "/rich"));
    Until.holds("the test and the question", () -> shown(ANNA).size() == 2);
    assertTrue(shown(ANNA).get(0).html().contains("<table"));
    FakeChat.Shown question = shown(ANNA).get(1);
    assertEquals(List.of("rich:on", "rich:off"), question.buttons());
    telegram.queue(People.press(ANNA, ANNA, "q1", question.id(), "rich:on"));
    Until.holds("the choice", () -> chosen.getOrDefault(ANNA, false));
    Until.holds("an answer", () -> telegram.answered.stream().anyMatch(it -> it.startsWith("q1 ")));
    telegram.queue(People.press(ANNA, ANNA, "q2", question.id(), "rich:off"));
    Until.holds("the other choice", () -> !chosen.getOrDefault(ANNA, true));
    assertEquals(List.of(), inbox.received());
  }

  @Test
  void theTestIsShownOnceAMinute() throws Exception {
    adapter.start(inbox, inbox, () -> true);
    for (int i = 1; i <= 3; i++) {
      telegram.queue(People.text(ANNA, ANNA, i, "/rich"));
    }
    telegram.queue(People.text(ANNA, ANNA, 4, "sum of 1, 2"));
    inbox.await(1);
    Until.holds("the test and the question", () -> shown(ANNA).size() == 2);
    passed.set(Duration.ofSeconds(61).toNanos());
    telegram.queue(People.text(ANNA, ANNA, 5, "/rich"));
    Until.holds("both again", () -> shown(ANNA).size() == 4);
    assertEquals(2, telegram.calls("sendrichmessage"));
    assertEquals(List.of("sum of 1, 2"), inbox.words());
  }

  @Test
  void strangersAreShownNothingAndChooseNothing() throws Exception {
    policy = Policy.STANDARD;
    adapter.start(inbox, inbox, () -> true);
    telegram.queue(People.text(ANNA, ANNA, 1, "/rich"));
    assertEquals(List.of("rich"), wordsOf(1));
    telegram.queue(People.press(ANNA, ANNA, "q1", 1, "rich:on"));
    Until.holds("an answer", () -> telegram.answered.stream().anyMatch(it -> it.startsWith("q1 ")));
    assertEquals(Map.of(), chosen);
    assertEquals(List.of(), shown(ANNA));
  }

  @Test
  void inAGroupOnlyItsAdministratorsChoose() throws Exception {
    telegram.chat(GROUP).administrators.add(ANNA);
    adapter.start(inbox, inbox, () -> true);
    telegram.queue(People.press(GROUP, BEN, "q1", 1, "rich:on"));
    Until.holds("an answer", () -> telegram.answered.stream().anyMatch(it -> it.startsWith("q1 ")));
    assertEquals(Map.of(), chosen);
    telegram.queue(People.press(GROUP, ANNA, "q2", 1, "rich:on"));
    Until.holds("the choice", () -> chosen.getOrDefault(GROUP, false));
  }

  @Test
  void whereTelegramTakesNoneTheTestSaysSo() throws Exception {
    telegram.takesRich = false;
    adapter.start(inbox, inbox, () -> true);
    telegram.queue(People.text(ANNA, ANNA, 1, "/rich"));
    Until.holds("a word", () -> shown(ANNA).size() == 1);
    assertEquals(List.of(), shown(ANNA).getFirst().buttons());
  }
}
