package dev.reckon.adapters.telegram;

import static dev.reckon.adapters.telegram.People.ANNA;
import static dev.reckon.adapters.telegram.People.BEN;
import static dev.reckon.adapters.telegram.People.CARLA;
import static dev.reckon.adapters.telegram.People.GROUP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.app.BuiltSandbox;
import dev.reckon.core.policy.PolicyKey;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.testing.Until;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a message in Telegram to the answer there: the real adapter, core, store and sandbox, a
 * scripted model. What people saw stands in docs/telegram-stories.md, and must still be so; {@code
 * -Dgolden.update=true} rewrites it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TelegramStoriesIT {
  private static final byte[] SALES =
      "month,revenue\n2024-01,120\n2024-02,80\n2025-01,40\n".getBytes(StandardCharsets.UTF_8);
  private static final StoryBook BOOK = StoryBook.open();
  private static @Nullable Sandbox sandbox;

  @TempDir Path folder;
  private final FakeTelegram telegram;
  private final PlayedModel model = new PlayedModel();
  private StoryWorld world;

  TelegramStoriesIT() throws IOException {
    telegram = new FakeTelegram();
    telegram.chat(ANNA);
    telegram.chat(BEN);
    telegram.chat(GROUP);
  }

  @BeforeAll
  static void warmUp() throws Exception {
    Sandbox opened = BuiltSandbox.open(1);
    sandbox = opened;
    opened.environment().get(4, TimeUnit.MINUTES);
  }

  @AfterAll
  static void coolDown() throws IOException {
    BOOK.close();
    Objects.requireNonNull(sandbox).close();
  }

  @BeforeEach
  void open() {
    world = world();
  }

  private StoryWorld world() {
    return StoryWorld.open(telegram, folder, model, Objects.requireNonNull(sandbox));
  }

  @AfterEach
  void close(TestInfo story) throws InterruptedException {
    try {
      world.settle();
      BOOK.tell(story.getDisplayName(), telegram.timeline.markdown(telegram));
    } finally {
      world.close();
      telegram.close();
    }
  }

  private static String program(String source) {
    return "```python\n" + source + "\n```";
  }

  private FakeChat chat(long id) {
    return telegram.chat(id);
  }

  private void awaitText(long chat, String words) throws InterruptedException {
    Until.holds(
        words + " in " + telegram.chat(chat).texts(),
        () -> chat(chat).texts().stream().anyMatch(text -> text.contains(words)));
  }

  private void say(long chat, long person, int message, String words) {
    telegram.queue(People.text(chat, person, message, words));
  }

  private FakeChat.Shown message(long chat, String words) {
    return chat(chat).shown().stream()
        .filter(it -> it.text().contains(words))
        .findFirst()
        .orElseThrow();
  }

  private void press(long chat, long person, String query, FakeChat.Shown under, String verb) {
    String data =
        under.buttons().stream().filter(it -> it.startsWith(verb + ":")).findFirst().orElseThrow();
    telegram.queue(People.press(chat, person, query, under.id(), data));
  }

  private void awaitAnswer(String query, String words) throws InterruptedException {
    Until.holds(
        words + " in " + telegram.answered,
        () -> telegram.answered.stream().anyMatch(it -> it.startsWith(query + " " + words)));
  }

  private void edit(long chat, long person, int message, String words) {
    telegram.queue(
        People.update(
            "edited_message", People.message(chat, person, message, it -> it.put("text", words))));
  }

  private ObjectNode sales(long chat, long person, int message, String caption) {
    String id = telegram.file(SALES);
    return People.document(chat, person, message, id, "sales.csv", SALES.length, caption);
  }

  @Test
  @Order(1)
  @DisplayName("A first answer, and a word of thanks")
  void aFirstAnswer() throws Exception {
    model.when("mean of 3, 5 and 13", program("print('result:', (3 + 5 + 13) / 3)"));
    say(ANNA, ANNA, 1, "/start");
    awaitText(ANNA, "Hello!");
    say(ANNA, ANNA, 2, "mean of 3, 5 and 13");
    awaitText(ANNA, "result: 7.0");
    press(ANNA, ANNA, "q1", message(ANNA, "result: 7.0"), "good");
    awaitAnswer("q1", "Thank you.");
    assertEquals(2, chat(ANNA).texts().size());
  }

  @Test
  @Order(2)
  @DisplayName("A file, then a question, then a follow-up")
  void aFileThenAQuestionThenAFollowUp() throws Exception {
    String sum =
        """
        import csv
        rows = list(csv.DictReader(open('sales.csv')))
        print('result:', sum(int(row['revenue']) for row in rows%s))\
        """;
    model
        .when("total revenue", program(sum.formatted("")))
        .when("only for 2024", program(sum.formatted(" if row['month'].startswith('2024')")));
    telegram.queue(sales(ANNA, ANNA, 1, ""));
    awaitText(ANNA, "3 rows after the header");
    say(ANNA, ANNA, 2, "total revenue");
    awaitText(ANNA, "result: 240");
    say(ANNA, ANNA, 3, "now only for 2024");
    awaitText(ANNA, "result: 200");
    String context = model.asked().get(model.asked().size() - 2).messages().toString();
    assertTrue(context.contains("total revenue"), "the follow-up's context");
  }

  @Test
  @Order(3)
  @DisplayName("A program that fails is repaired")
  void aRepair() throws Exception {
    model.when(
        "count the rows",
        program("print('result:', len(open('sale.csv').readlines()) - 1)"),
        program("print('result:', len(open('sales.csv').readlines()) - 1, 'rows')"));
    telegram.queue(sales(ANNA, ANNA, 1, "count the rows"));
    awaitText(ANNA, "result: 3 rows");
    assertTrue(message(ANNA, "result: 3 rows").text().contains("2 attempts"));
  }

  @Test
  @Order(4)
  @DisplayName("A question back")
  void aQuestionBack() throws Exception {
    model
        .when("total by date", "ASK: Which date counts, ordered or shipped?")
        .when("the shipped one", program("print('result: 42')"));
    say(ANNA, ANNA, 1, "total by date");
    awaitText(ANNA, "Which date counts, ordered or shipped?");
    say(ANNA, ANNA, 2, "the shipped one");
    awaitText(ANNA, "result: 42");
  }

  @Test
  @Order(5)
  @DisplayName("Cancel ends an endless script")
  void cancelEndsAnEndlessScript() throws Exception {
    telegram.takesDrafts = false;
    model.when("count forever", program("n = 0\nwhile True:\n    n += 1"));
    say(ANNA, ANNA, 1, "count forever");
    awaitText(ANNA, "Running the program");
    press(ANNA, ANNA, "q1", chat(ANNA).shown().getFirst(), "cancel");
    Until.holds(
        "cancelled", () -> chat(ANNA).texts().stream().anyMatch(text -> text.startsWith("⏹")));
    assertEquals(1, chat(ANNA).texts().size());
  }

  @Test
  @Order(6)
  @DisplayName("A computation is saved, and run with another value")
  void saveAndRun() throws Exception {
    model.when("twice 21", program("n = 21\nprint('result:', n * 2)"));
    say(ANNA, ANNA, 1, "twice 21");
    awaitText(ANNA, "result: 42");
    say(ANNA, ANNA, 2, "/save double n=21");
    awaitText(ANNA, "double");
    int calls = model.asked().size();
    say(ANNA, ANNA, 3, "/do double n=50");
    awaitText(ANNA, "result: 100");
    assertEquals(calls, model.asked().size(), "no model is asked");
  }

  @Test
  @Order(7)
  @DisplayName("A redelivered message is not answered again")
  void aRedeliveryIsNotAnsweredAgain() throws Exception {
    model
        .when("one plus one", program("print('result:', 1 + 1)"))
        .when("two plus two", program("print('result:', 2 + 2)"));
    say(ANNA, ANNA, 1, "one plus one");
    awaitText(ANNA, "result: 2");
    say(ANNA, ANNA, 1, "one plus one");
    say(ANNA, ANNA, 2, "two plus two");
    awaitText(ANNA, "result: 4");
    assertEquals(2, chat(ANNA).texts().size());
  }

  @Test
  @Order(8)
  @DisplayName("A restart in the middle of a turn")
  void aRestartInTheMiddleOfATurn() throws Exception {
    telegram.takesDrafts = false;
    model.when("one plus one", program("print('result:', 1 + 1)"));
    CountDownLatch gate = model.hold("one plus one");
    say(ANNA, ANNA, 1, "one plus one");
    awaitText(ANNA, "riting");
    world.close();
    say(ANNA, ANNA, 2, "/help again");
    gate.countDown();
    world = world();
    awaitText(ANNA, "result: 2");
    awaitText(ANNA, "runs the last code once more");
    world.settle();
    assertEquals(2, chat(ANNA).texts().size(), chat(ANNA).texts().toString());
  }

  @Test
  @Order(9)
  @DisplayName("Many chats at once")
  void manyChatsAtOnce() throws Exception {
    model.when("square of", program("print('result: a square')"));
    int chats = 12;
    for (long id = 1; id <= chats; id++) {
      telegram.chat(id);
      say(id, id, 1, "square of " + id);
    }
    for (long id = 1; id <= chats; id++) {
      awaitText(id, "result: a square");
    }
    world.settle();
    for (long id = 1; id <= chats; id++) {
      assertEquals(1, chat(id).texts().size());
    }
  }

  @Test
  @Order(10)
  @DisplayName("An edited request is answered in the same reply")
  void anEditedRequest() throws Exception {
    model
        .when("one plus one", program("print('result:', 1 + 1)"))
        .when("one plus two", program("print('result:', 1 + 2)"));
    say(ANNA, ANNA, 1, "one plus one");
    awaitText(ANNA, "result: 2");
    edit(ANNA, ANNA, 1, "one plus two");
    awaitText(ANNA, "result: 3");
    edit(ANNA, ANNA, 1, "one plus two");
    world.settle();
    assertEquals(1, chat(ANNA).texts().size());
    assertEquals(4, model.asked().size(), "an edit that changes nothing asks nothing");
  }

  @Test
  @Order(11)
  @DisplayName("Somebody else presses the buttons, then an administrator")
  void buttonsPressedByOthers() throws Exception {
    telegram.takesDrafts = false;
    telegram.chat(GROUP).administrators.add(CARLA);
    model.when("count forever", program("n = 0\nwhile True:\n    n += 1"));
    say(GROUP, BEN, 1, "/ask count forever");
    awaitText(GROUP, "Running the program");
    FakeChat.Shown running = chat(GROUP).shown().getFirst();
    press(GROUP, ANNA, "q1", running, "cancel");
    awaitAnswer("q1", "This button is Ben's");
    assertTrue(chat(GROUP).texts().getFirst().contains("unning the program"), "it runs on");
    press(GROUP, CARLA, "q2", running, "cancel");
    Until.holds(
        "cancelled", () -> chat(GROUP).texts().stream().anyMatch(text -> text.startsWith("⏹")));
    assertEquals(1, chat(GROUP).texts().size());
  }

  @Test
  @Order(12)
  @DisplayName("Telegram refuses for a while")
  void whatTelegramRefusesForAWhileIsSentInTheEnd() throws Exception {
    telegram.takesDrafts = false;
    model.when("one plus one", program("print('result:', 1 + 1)"));
    telegram.fail("sendmessage", 502, "Bad Gateway");
    telegram.fail(
        "sendmessage",
        429,
        "Too Many Requests: retry after 1",
        TelegramJson.object().put("retry_after", 1));
    telegram.fail("editmessagetext", 500, "Internal Server Error");
    say(ANNA, ANNA, 1, "one plus one");
    awaitText(ANNA, "result: 2");
    world.settle();
    assertEquals(1, chat(ANNA).texts().size());
  }

  @Test
  @Order(13)
  @DisplayName("Somebody who blocks the bot holds up nobody")
  void somebodyWhoBlocksTheBotHoldsUpNobody() throws Exception {
    model.when("one plus one", program("print('result:', 1 + 1)"));
    telegram.chat(ANNA).blocked = true;
    say(ANNA, ANNA, 1, "one plus one");
    say(BEN, BEN, 1, "one plus one");
    awaitText(BEN, "result: 2");
    Until.holds("given up", () -> world.unsent() == 0);
    assertEquals(List.of(), chat(ANNA).texts());
  }

  @Test
  @Order(14)
  @DisplayName("In a group: a file of somebody else's, a reply, and talk that is not for the bot")
  void aGroup() throws Exception {
    model
        .when(
            "how many months",
            program("print('result:', len(open('sales.csv').readlines()) - 1, 'months')"))
        .when("and in half", program("print('result:', 1.5)"));
    ObjectNode file = sales(GROUP, ANNA, 1, "");
    telegram.queue(file);
    say(GROUP, ANNA, 2, "what do you all think?");
    telegram.queue(
        People.update(
            "message",
            People.message(
                GROUP,
                BEN,
                3,
                it ->
                    it.put("text", "/ask how many months")
                        .set("reply_to_message", file.get("message").deepCopy()))));
    awaitText(GROUP, "result: 3 months");
    ObjectNode answer = People.message(GROUP, BEN, 900, it -> it.put("text", "answer"));
    answer.set("from", People.bot());
    telegram.queue(
        People.update(
            "message",
            People.message(
                GROUP,
                ANNA,
                4,
                it -> it.put("text", "and in half").set("reply_to_message", answer))));
    awaitText(GROUP, "result: 1.5");
    assertEquals(2, chat(GROUP).texts().size());
  }

  @Test
  @Order(15)
  @DisplayName("A forum's topic, and one that is closed while it works")
  void aTopic() throws Exception {
    model.when("one plus one", program("print('result:', 1 + 1)"));
    chat(GROUP).topics.add(31);
    telegram.queue(inTopic(1, 31));
    awaitText(GROUP, "result: 2");
    assertEquals(31, message(GROUP, "result: 2").topic());
    telegram.queue(inTopic(2, 32));
    Until.holds("both", () -> chat(GROUP).texts().size() == 2);
    world.settle();
    assertEquals(0, chat(GROUP).shown().getLast().topic(), "a topic that is gone");
  }

  private static ObjectNode inTopic(int message, int topic) {
    return People.update(
        "message",
        People.message(
            GROUP,
            BEN,
            message,
            it ->
                it.put("text", "/ask one plus one")
                    .put("message_thread_id", topic)
                    .put("is_topic_message", true)));
  }

  @Test
  @Order(16)
  @DisplayName("A group that becomes a supergroup keeps its conversation")
  void aGroupThatMovesKeepsItsConversation() throws Exception {
    model
        .when("one plus one", program("print('result:', 1 + 1)"))
        .when("and one more", program("print('result:', 3)"));
    say(GROUP, BEN, 1, "/ask one plus one");
    awaitText(GROUP, "result: 2");
    telegram.chat(GROUP).movedTo = Optional.of(-100_777L);
    telegram.chat(-100_777L);
    telegram.queue(
        People.update(
            "message",
            People.message(GROUP, BEN, 2, it -> it.put("migrate_to_chat_id", -100_777L))));
    world.settle();
    say(-100_777L, BEN, 1, "/ask and one more");
    awaitText(-100_777L, "result: 3");
    String prompt = model.asked().get(model.asked().size() - 2).messages().toString();
    assertTrue(prompt.contains("one plus one"), "what was said in the old group is still known");
  }

  @Test
  @Order(17)
  @DisplayName("A long output comes as a file, with its first lines in the reply")
  void aLongOutput() throws Exception {
    model.when(
        "the first 2000 numbers",
        program("for i in range(2000):\n    print('line', i)\nprint('result: 2000 lines')"));
    say(ANNA, ANNA, 1, "the first 2000 numbers");
    awaitText(ANNA, "line 0");
    world.settle();
    assertFalse(chat(ANNA).files().isEmpty(), chat(ANNA).texts().toString());
    assertTrue(chat(ANNA).texts().stream().allMatch(text -> text.length() <= 4096));
  }

  @Test
  @Order(18)
  @DisplayName("A request in another language, from the example to the answer")
  void anotherLanguage() throws Exception {
    model.when("Wie viele Freitage", program("print('result:', 9, 'Freitage')"));
    ObjectNode start = People.text(ANNA, ANNA, 1, "/start");
    ((ObjectNode) start.at("/message/from")).put("language_code", "de");
    telegram.queue(start);
    awaitText(ANNA, "Hallo!");
    FakeChat.Shown greeting = message(ANNA, "Hallo!");
    ObjectNode press = People.press(ANNA, ANNA, "q1", greeting.id(), "suggestion:-1");
    ((ObjectNode) press.at("/callback_query/from")).put("language_code", "de");
    telegram.queue(press);
    awaitText(ANNA, "result: 9 Freitage");
    FakeChat.Shown answer = message(ANNA, "result: 9 Freitage");
    assertTrue(answer.text().contains("Geprüft: "), answer.text());
    assertTrue(answer.markup().toString().contains("Erneut ausführen"), answer.markup().toString());
    assertTrue(
        model.asked().getFirst().messages().toString().contains("in the language of the request"));
  }

  @Test
  @Order(19)
  @DisplayName("An expression in another chat, once an administrator allows it")
  void inlineMode() throws Exception {
    telegram.type(ANNA, "i1", "2**64");
    Until.holds("answered", () -> telegram.inlineAnswer("i1").isPresent());
    assertEquals(0, telegram.inlineAnswer("i1").orElseThrow().path("results").size());
    world.policy = world.policy.with(PolicyKey.INLINE, "true");
    // A busy machine may answer the first ones too late for Telegram: people type on.
    AtomicInteger typed = new AtomicInteger();
    Until.holds("computed", () -> "18446744073709551616".equals(inline("2**64", typed)));
    telegram.type(ANNA, "i3", "9**9**9**9");
    telegram.type(ANNA, "i4", "sqrt(2)");
    Until.holds("answered", () -> telegram.inlineAnswer("i4").isPresent());
    assertEquals(0, model.asked().size(), "no model is asked");
  }

  private String inline(String expression, AtomicInteger typed) {
    String id = "n" + typed.incrementAndGet();
    telegram.type(ANNA, id, expression);
    Until.holds("answered", () -> telegram.inlineAnswer(id).isPresent());
    return telegram.inlineAnswer(id).orElseThrow().at("/results/0/title").asText();
  }

  @Test
  @Order(20)
  @DisplayName("A mention in a chat that Reckon is not in")
  void guestMode() throws Exception {
    world.policy = world.policy.with(PolicyKey.GUEST_CHATS, "true");
    model
        .when("list", program("print('result: nothing')"))
        .when("mean of 3 and 5", program("print('result:', (3 + 5) / 2)"));
    String name = "@" + FakeTelegram.USERNAME;
    telegram.mention(
        ANNA, "g1", People.message(-900, ANNA, 5, it -> it.put("text", name + " mean of 3 and 5")));
    Until.holds("answered", () -> telegram.guestText("g1").contains("result: 4.0"));
    assertEquals(0, telegram.calls("sendmessage"));
    telegram.mention(
        ANNA, "g2", People.message(-900, ANNA, 6, it -> it.put("text", name + " list")));
    Until.holds(
        "answered as a request", () -> telegram.guestText("g2").contains("result: nothing"));
  }
}
