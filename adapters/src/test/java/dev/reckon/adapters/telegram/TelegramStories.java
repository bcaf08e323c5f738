package dev.reckon.adapters.telegram;

import static dev.reckon.adapters.telegram.People.ANNA;
import static dev.reckon.adapters.telegram.People.BEN;
import static dev.reckon.adapters.telegram.People.GROUP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a message in Telegram to the answer there: the real adapter, core, store and sandbox, a
 * model that plays by heart. Needs a sandbox worker that an earlier build has assembled and
 * prepared, and is skipped without. Runs by name only: {@code -Dtest=TelegramStories}.
 */
class TelegramStories {
  private static Optional<Sandbox> sandbox = Optional.empty();

  @TempDir Path folder;
  private final FakeTelegram telegram;
  private final PlayedModel model = new PlayedModel();
  private StoryWorld world;

  TelegramStories() throws IOException {
    telegram = new FakeTelegram();
    telegram.chat(ANNA);
    telegram.chat(BEN);
    telegram.chat(GROUP);
  }

  @BeforeAll
  static void warmUp() throws Exception {
    sandbox = StorySandbox.open();
    Assumptions.assumeTrue(
        sandbox.isPresent(), "no prepared worker: run mvn package and ./reckon doctor first");
    sandbox.orElseThrow().environment().get(4, TimeUnit.MINUTES);
  }

  @AfterAll
  static void coolDown() {
    sandbox.ifPresent(Sandbox::close);
  }

  @BeforeEach
  void open() {
    world = new StoryWorld(telegram, folder, model, sandbox.orElseThrow(), new StoryWords());
  }

  @AfterEach
  void close() {
    world.close();
    telegram.close();
  }

  private static String program(String source) {
    return "```python\n" + source + "\n```";
  }

  private FakeChat chat(long id) {
    return telegram.chat(id);
  }

  private void awaitText(long chat, String words) throws InterruptedException {
    RecordingInbox.until(
        words + " in " + telegram.chat(chat).texts(),
        () -> chat(chat).texts().stream().anyMatch(text -> text.contains(words)));
  }

  @Test
  void aQuestionBack() throws Exception {
    model
        .when("total by date", "ASK: Which date counts, ordered or shipped?")
        .when("the shipped one", program("print('result: 42')"));
    telegram.queue(People.text(ANNA, ANNA, 1, "total by date"));
    awaitText(ANNA, "Which date counts, ordered or shipped?");
    telegram.queue(People.text(ANNA, ANNA, 2, "the shipped one"));
    awaitText(ANNA, "result: 42");
  }

  @Test
  void cancelEndsAnEndlessScript() throws Exception {
    telegram.takesDrafts = false;
    model.when("count forever", program("n = 0\nwhile True:\n    n += 1"));
    telegram.queue(People.text(ANNA, ANNA, 1, "count forever"));
    awaitText(ANNA, "unning …");
    String button = chat(ANNA).shown().getFirst().buttons().getFirst();
    assertTrue(button.startsWith("cancel:"), button);
    telegram.queue(People.press(ANNA, ANNA, "q1", chat(ANNA).shown().getFirst().id(), button));
    RecordingInbox.until(
        "cancelled", () -> chat(ANNA).texts().stream().anyMatch(text -> text.startsWith("⏹")));
    assertEquals(1, chat(ANNA).texts().size());
  }

  @Test
  void aRedeliveryIsNotAnsweredAgain() throws Exception {
    model
        .when("one plus one", program("print('result:', 1 + 1)"))
        .when("two plus two", program("print('result:', 2 + 2)"));
    telegram.queue(People.text(ANNA, ANNA, 1, "one plus one"));
    awaitText(ANNA, "result: 2");
    telegram.queue(People.text(ANNA, ANNA, 1, "one plus one"));
    telegram.queue(People.text(ANNA, ANNA, 2, "two plus two"));
    awaitText(ANNA, "result: 4");
    assertEquals(2, chat(ANNA).texts().size());
  }

  @Test
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
    telegram.queue(People.text(ANNA, ANNA, 1, "one plus one"));
    awaitText(ANNA, "result: 2");
    RecordingInbox.until("all sent", () -> world.unsent() == 0);
    assertEquals(1, chat(ANNA).texts().size());
  }

  @Test
  void somebodyWhoBlocksTheBotHoldsUpNobody() throws Exception {
    model.when("one plus one", program("print('result:', 1 + 1)"));
    telegram.chat(ANNA).blocked = true;
    telegram.queue(People.text(ANNA, ANNA, 1, "one plus one"));
    telegram.queue(People.text(BEN, BEN, 1, "one plus one"));
    awaitText(BEN, "result: 2");
    RecordingInbox.until("given up", () -> world.unsent() == 0);
    assertEquals(List.of(), chat(ANNA).texts());
  }

  @Test
  void aGroupThatMovesKeepsItsConversation() throws Exception {
    model
        .when("one plus one", program("print('result:', 1 + 1)"))
        .when("and one more", program("print('result:', 3)"));
    telegram.queue(People.text(GROUP, BEN, 1, "/ask one plus one"));
    awaitText(GROUP, "result: 2");
    telegram.chat(GROUP).movedTo = Optional.of(-100_777L);
    telegram.chat(-100_777L);
    telegram.queue(
        People.update(
            "message",
            People.message(GROUP, BEN, 2, it -> it.put("migrate_to_chat_id", -100_777L))));
    telegram.queue(People.text(-100_777L, BEN, 1, "/ask and one more"));
    awaitText(-100_777L, "result: 3");
    String prompt = model.asked().get(model.asked().size() - 2).messages().toString();
    assertTrue(prompt.contains("one plus one"), "what was said in the old group is still known");
  }
}
