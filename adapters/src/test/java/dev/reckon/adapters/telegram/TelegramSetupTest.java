package dev.reckon.adapters.telegram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.adapters.setup.ScriptedDialogue;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TelegramSetupTest {
  private FakeTelegram telegram;

  @BeforeEach
  void open() throws IOException {
    telegram = new FakeTelegram();
  }

  @AfterEach
  void close() {
    telegram.close();
  }

  @Test
  void guidesToAWorkingBotAndSaysHowToLetTheChatIn() throws Exception {
    telegram.chat(77);
    telegram.queue(hello(77));
    ScriptedDialogue person = new ScriptedDialogue(FakeTelegram.TOKEN);
    assertTrue(new TelegramSetup(telegram.url(), 1, person).run(), person::transcript);
    String transcript = person.transcript();
    assertTrue(transcript.contains("good: @" + FakeTelegram.USERNAME), transcript);
    assertTrue(transcript.contains("teams = [\"telegram/77\"]"), transcript);
    assertEquals(
        "Reckon is set up. Ask it something: average of 3, 5 and 8",
        telegram.chat(77).messages.firstEntry().getValue().text());
    assertEquals(1, telegram.waiting(), "what was written is left for the first start");
    assertFalse(transcript.contains(FakeTelegram.TOKEN), "no token is shown");
  }

  @Test
  void aTokenThatTelegramRefusesIsSaidSo() throws Exception {
    ScriptedDialogue person = new ScriptedDialogue("4242:another");
    assertFalse(new TelegramSetup(telegram.url(), 1, person).run());
    assertTrue(person.transcript().contains("WRONG: "), person.transcript());
    assertFalse(person.transcript().contains("4242:another"));
  }

  @Test
  void whatIsNoTokenIsAskedForAgain() throws Exception {
    telegram.chat(77);
    telegram.queue(hello(77));
    ScriptedDialogue person = new ScriptedDialogue("reckon_bot", FakeTelegram.TOKEN);
    assertTrue(new TelegramSetup(telegram.url(), 1, person).run(), person::transcript);
    assertTrue(person.transcript().contains("does not look like a bot token"));
  }

  @Test
  void whereNobodyWritesTheRestStillStands() throws Exception {
    ScriptedDialogue person = new ScriptedDialogue(FakeTelegram.TOKEN);
    assertTrue(new TelegramSetup(telegram.url(), 0, person).run(), person::transcript);
    assertTrue(person.transcript().contains("No message came."), person.transcript());
  }

  private static ObjectNode hello(long chat) {
    ObjectNode update = TelegramJson.object();
    ObjectNode message = update.putObject("message");
    message.put("message_id", 1).put("date", 1_700_000_000).put("text", "/start");
    message.putObject("chat").put("id", chat).put("type", "private").put("first_name", "Ada");
    message.putObject("from").put("id", chat).put("is_bot", false).put("first_name", "Ada");
    return update;
  }
}
