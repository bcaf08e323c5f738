package dev.reckon.adapters.telegram;

import static dev.reckon.adapters.telegram.People.ANNA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.adapters.surface.RecordingInbox;
import dev.reckon.core.calculate.Calculator;
import dev.reckon.core.policy.InlineGate;
import dev.reckon.core.policy.Policy;
import dev.reckon.core.policy.PolicyKey;
import dev.reckon.testing.Until;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What somebody sees who presses Start. */
class FirstContactTest {
  private final FakeTelegram telegram;
  private final RecordingInbox inbox = new RecordingInbox();
  private final TelegramAdapter adapter;
  private volatile Policy policy = Policy.STANDARD.with(PolicyKey.PEOPLE, TelegramIds.person(ANNA));

  FirstContactTest() throws IOException {
    telegram = new FakeTelegram();
    telegram.chat(ANNA);
    adapter =
        new TelegramAdapter(
            telegram.settings(),
            MenuCommand.all(List.of()),
            new UnjoinedChats(
                new InlineGate(() -> policy, InstantSource.system()),
                (person, expression) -> new Calculator.Outcome.None("nothing is computed here"),
                () -> false),
            FakeTelegram.noRichChats(),
            FakeTelegram.QUICK);
  }

  @AfterEach
  void close() {
    adapter.close();
    telegram.close();
  }

  @Test
  void startGreetsWithAnExampleThatAPressAsksInThePersonsLanguage() throws Exception {
    telegram.queue(People.text(ANNA, ANNA, 1, "/start from-a-link"));
    adapter.start(inbox, inbox, () -> true);
    Until.holds("greeted", () -> telegram.chat(ANNA).texts().size() == 1);
    var greeting = telegram.chat(ANNA).shown().getFirst();
    assertEquals(List.of("suggestion:-1"), greeting.buttons());
    telegram.queue(People.press(ANNA, ANNA, "q1", greeting.id(), "suggestion:-1"));
    ObjectNode press = People.press(ANNA, ANNA, "q2", greeting.id(), "suggestion:-1");
    ((ObjectNode) press.at("/callback_query/from")).put("language_code", "de");
    telegram.queue(press);
    inbox.await(2);
    assertEquals(
        List.of(
            "How many Fridays the 13th are there from 2026 to 2030?",
            "Wie viele Freitage, der 13., gibt es von 2026 bis 2030?"),
        inbox.words());
  }

  @Test
  void whomThePolicyRefusesIsNotGreetedButRefusedByTheCore() throws Exception {
    policy = Policy.STANDARD;
    ObjectNode start = People.text(ANNA, ANNA, 1, "/start");
    ((ObjectNode) start.at("/message/from")).put("language_code", "ja");
    telegram.queue(start);
    adapter.start(inbox, inbox, () -> true);
    inbox.await(1);
    assertEquals(List.of("start"), inbox.words());
    assertEquals("ja", inbox.received().getFirst().language().tag());
    telegram.queue(People.text(ANNA, ANNA, 2, "/help"));
    inbox.await(2);
    assertTrue(telegram.chat(ANNA).texts().isEmpty(), "no greeting was sent");
  }
}
