package dev.reckon.adapters.telegram;

import static dev.reckon.adapters.telegram.People.ANNA;
import static dev.reckon.adapters.telegram.People.BEN;
import static dev.reckon.adapters.telegram.People.GROUP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.adapters.surface.RecordingInbox;
import dev.reckon.core.delivery.Inbox;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.testing.Until;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Long polling against a server that forgets what was confirmed: a lost update is a failed test.
 */
class PollingTest {
  private final FakeTelegram telegram;
  private final RecordingInbox inbox = new RecordingInbox();
  private TelegramAdapter adapter;

  PollingTest() throws IOException {
    telegram = new FakeTelegram();
    adapter = adapter();
  }

  private TelegramAdapter adapter() {
    return adapter(FakeTelegram.QUICK);
  }

  private TelegramAdapter adapter(TelegramAdapter.Timing timing) {
    return new TelegramAdapter(
        telegram.settings(),
        List.of(new MenuCommand("help", "What Reckon does")),
        FakeTelegram.noUnjoinedChats(),
        FakeTelegram.noRichChats(),
        timing);
  }

  /** With another pause before the press of a button is answered. */
  private void hold(Duration pressHeld) {
    adapter.close();
    adapter = adapter(FakeTelegram.quick(pressHeld, Duration.ZERO, System::nanoTime));
  }

  @AfterEach
  void close() {
    adapter.close();
    telegram.close();
  }

  private void say(int count) {
    IntStream.range(0, count)
        .forEach(i -> telegram.queue(People.text(ANNA, ANNA, i, "request " + i)));
  }

  private static List<String> requests(int count) {
    return IntStream.range(0, count).mapToObj(i -> "request " + i).toList();
  }

  @Test
  void everythingArrivesInOrderAndIsConfirmed() throws Exception {
    say(250);
    adapter.start(inbox, inbox, () -> true);
    inbox.await(250);
    assertEquals(requests(250), inbox.words());
    Until.holds("all confirmed", () -> telegram.waiting() == 0);
    assertEquals(0, inbox.repetitions());
    assertEquals(List.of("help"), telegram.menu);
    assertTrue(adapter.trouble().isEmpty());
  }

  @Test
  void whatCouldNotBeStoredIsNotConfirmedAndComesAgain() throws Exception {
    inbox.refuse(3);
    say(5);
    adapter.start(inbox, inbox, () -> true);
    inbox.await(5);
    assertEquals(requests(5), inbox.words());
    Until.holds("all confirmed", () -> telegram.waiting() == 0);
  }

  @Test
  void aFullDiskConfirmsNothing() throws Exception {
    inbox.refuse(Integer.MAX_VALUE);
    say(3);
    adapter.start(inbox, inbox, () -> true);
    Until.holds("asked several times", () -> telegram.calls("getupdates") >= 3);
    adapter.close();
    assertEquals(3, telegram.waiting());
    inbox.refuse(0);
    adapter = adapter();
    adapter.start(inbox, inbox, () -> true);
    inbox.await(3);
    assertEquals(requests(3), inbox.words());
  }

  @Test
  void aQuietWeekAfterWhichUpdatesAreCountedAnew() throws Exception {
    say(2);
    adapter.start(inbox, inbox, () -> true);
    inbox.await(2);
    Until.holds("all confirmed", () -> telegram.waiting() == 0);
    telegram.quietWeek(17);
    telegram.queue(People.text(ANNA, ANNA, 2, "request 2"));
    telegram.down(true);
    telegram.down(false);
    inbox.await(3);
    telegram.queue(People.text(ANNA, ANNA, 3, "request 3"));
    inbox.await(4);
    telegram.quietWeek(900_000);
    telegram.queue(People.text(ANNA, ANNA, 4, "request 4"));
    inbox.await(5);
    assertEquals(requests(5), inbox.words());
    Until.holds("all confirmed", () -> telegram.waiting() == 0);
    assertEquals(0, inbox.repetitions());
  }

  @Test
  void aRestartGoesOnWhereTheLastConfirmedUpdateWas() throws Exception {
    say(2);
    adapter.start(inbox, inbox, () -> true);
    inbox.await(2);
    adapter.close();
    telegram.queue(People.text(ANNA, ANNA, 2, "request 2"));
    adapter = adapter();
    adapter.start(inbox, inbox, () -> true);
    inbox.await(3);
    assertEquals(requests(3), inbox.words());
  }

  /** Whether an adapter of this process has a poll open, which its thread waits for. */
  private static boolean polls() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().startsWith("telegram-polling"));
  }

  @Test
  void onceItHasStoppedFetchingAnotherProcessGetsEverything() throws Exception {
    adapter.start(inbox, inbox, () -> true);
    say(1);
    inbox.await(1);
    assertTrue(polls(), "one that fetches polls");
    adapter.stopFetching();
    Until.holds("no poll is open", () -> !polls());
    telegram.queue(People.text(ANNA, ANNA, 1, "request 1"));
    RecordingInbox others = new RecordingInbox();
    try (TelegramAdapter another = adapter()) {
      another.start(others, others, () -> true);
      others.await(1);
      assertTrue(others.words().contains("request 1"), others.words().toString());
    }
    assertEquals(requests(1), inbox.words());
  }

  @Test
  void anUpdateThatCannotBeReadHoldsUpNobody() throws Exception {
    ObjectNode odd = People.text(ANNA, ANNA, 1, "odd");
    ((ObjectNode) odd.get("message")).put("chat", "not an object");
    telegram.queue(odd);
    ObjectNode strange = People.text(ANNA, ANNA, 2, "request 0");
    ((ObjectNode) strange.get("message")).put("property_of_next_year", true);
    telegram.queue(strange);
    adapter.start(inbox, inbox, () -> true);
    inbox.await(1);
    assertEquals(List.of("request 0"), inbox.words());
    Until.holds("both confirmed", () -> telegram.waiting() == 0);
  }

  @Test
  void anAlbumIsOneRequestEvenWhenItsPartsComeApart() throws Exception {
    HeldTime time = new HeldTime();
    adapter.close();
    adapter = adapter(FakeTelegram.quick(Duration.ZERO, Duration.ZERO, time));
    time.hold();
    telegram.queue(part(10, "jan.csv", "compare these"));
    telegram.queue(part(11, "feb.csv", ""));
    adapter.start(inbox, inbox, () -> true);
    Until.holds("seen once", () -> telegram.calls("getupdates") >= 1);
    telegram.queue(part(12, "mar.csv", ""));
    telegram.queue(People.text(BEN, BEN, 1, "after it"));
    time.release();
    List<Incoming> received = inbox.await(2);
    assertEquals(List.of("compare these", "after it"), inbox.words());
    assertEquals(
        List.of("jan.csv", "feb.csv", "mar.csv"),
        received.getFirst().attachments().stream().map(Attachment::name).toList());
    Until.holds("all confirmed", () -> telegram.waiting() == 0);
    assertEquals(2, inbox.received().size());
  }

  private static ObjectNode part(int id, String name, String caption) {
    ObjectNode update = People.document(ANNA, ANNA, id, "f" + id, name, 10, caption);
    ((ObjectNode) update.get("message")).put("media_group_id", "album-1");
    return update;
  }

  @Test
  void aSecondPollerIsToldOfInPlainWordsAndNothingIsLost() throws Exception {
    adapter.start(inbox, inbox, () -> true);
    Until.holds("polling", () -> adapter.trouble().isEmpty());
    for (int i = 0; i < 100; i++) {
      telegram.fail("getupdates", 409, "Conflict: terminated by other getUpdates request");
    }
    say(1);
    Until.holds(
        "said",
        () -> adapter.trouble().filter(it -> it.contains("another program fetches")).isPresent());
    telegram.recover("getupdates");
    telegram.queue(People.text(ANNA, ANNA, 1, "request 1"));
    inbox.await(2);
    assertEquals(requests(2), inbox.words());
    Until.holds("healthy again", () -> adapter.trouble().isEmpty());
  }

  @Test
  void aLineThatWasDeadForAWhileLosesAndDoublesNothing() throws Exception {
    telegram.down(true);
    adapter.start(inbox, inbox, () -> true);
    Until.holds(
        "said",
        () -> adapter.trouble().filter(it -> it.contains("could not be reached")).isPresent());
    say(3);
    telegram.down(false);
    inbox.await(3);
    telegram.down(true);
    telegram.queue(People.text(ANNA, ANNA, 3, "request 3"));
    Until.holds("noticed", () -> adapter.trouble().isPresent());
    telegram.down(false);
    inbox.await(4);
    assertEquals(requests(4), inbox.words());
  }

  @Test
  void aWebhookOfEarlierIsRemoved() throws Exception {
    telegram.webhook =
        java.util.Optional.of(TelegramJson.object().put("url", "https://old.example"));
    say(1);
    adapter.start(inbox, inbox, () -> true);
    inbox.await(1);
    assertTrue(telegram.webhook.isEmpty());
  }

  @Test
  void everyPressIsAnswered() throws Exception {
    telegram.queue(People.press(GROUP, BEN, "q1", 5, "again:17"));
    telegram.queue(People.press(GROUP, BEN, "q2", 5, "from an older version"));
    adapter.start(inbox, inbox, () -> true);
    inbox.await(1);
    Until.holds("both answered", () -> telegram.answered.size() == 2);
    assertTrue(telegram.answered.stream().anyMatch(it -> it.equals("q1 ")));
    assertTrue(telegram.answered.stream().anyMatch(it -> it.startsWith("q2 This button")));
  }

  @Test
  void whoseButtonItIsNotHearsThatAloneAndAtOnce() throws Exception {
    inbox.strangers("telegram/" + ANNA, "telegram/" + BEN);
    telegram.chat(GROUP).administrators.add(BEN);
    telegram.queue(People.press(GROUP, ANNA, "q1", 5, "cancel:17"));
    telegram.queue(People.press(ANNA, ANNA, "q2", 5, "again:17"));
    telegram.queue(People.press(GROUP, BEN, "q3", 5, "cancel:17"));
    adapter.start(inbox, inbox, () -> true);
    Until.holds("all answered", () -> telegram.answered.size() == 3);
    assertTrue(telegram.answered.contains("q1 This button is somebody else's."));
    assertTrue(telegram.answered.contains("q2 This button is somebody else's."));
    assertTrue(telegram.answered.contains("q3 "));
    List<Incoming> received = inbox.await(1);
    assertEquals(1, received.size(), "an administrator's press");
    assertEquals(Person.Role.ADMINISTRATOR, received.getFirst().person().role());
    assertEquals(List.of(), telegram.chat(GROUP).texts());
  }

  @Test
  void aButtonOfAnotherChatIsGone() throws Exception {
    inbox.buttonsAreForged();
    telegram.chat(GROUP);
    telegram.queue(People.press(GROUP, BEN, "q1", 5, "show_code:17"));
    adapter.start(inbox, inbox, () -> true);
    Until.holds("answered", () -> telegram.answered.size() == 1);
    assertTrue(
        telegram.answered.getFirst().startsWith("q1 That answer no longer exists"),
        telegram.answered.toString());
    assertEquals(List.of(), inbox.received());
  }

  @Test
  void aWordOnAPressIsItsAnswerHoweverSoonItComes() throws Exception {
    hold(Duration.ofMinutes(1));
    Inbox quick =
        incoming -> {
          try {
            adapter
                .surface()
                .whisper(incoming.address(), incoming.person(), Reply.notice("Thank you."));
          } catch (DeliveryException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return inbox.receive(incoming);
        };
    telegram.chat(GROUP);
    telegram.queue(People.press(GROUP, BEN, "q1", 5, "good:17"));
    adapter.start(quick, inbox, () -> true);
    inbox.await(1);
    Until.holds("answered", () -> !telegram.answered.isEmpty());
    assertEquals(List.of("q1 Thank you."), telegram.answered);
    assertEquals(List.of(), telegram.chat(GROUP).texts());
  }
}
