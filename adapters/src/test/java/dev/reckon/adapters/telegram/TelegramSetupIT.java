package dev.reckon.adapters.telegram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.app.SetupPlace;
import dev.reckon.app.StartedReckon;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code setup telegram} as people start it, against a server that answers as Telegram does. */
class TelegramSetupIT {
  @TempDir private Path folder;

  @Test
  void aNewcomerIsLedToATestMessageAndTheirOwnStaysToBeAnswered() throws Exception {
    try (FakeTelegram telegram = new FakeTelegram()) {
      telegram.chats.put(People.ANNA, new FakeChat(People.ANNA));
      telegram.queue(People.text(People.ANNA, People.ANNA, 1, "/start"));
      StartedReckon.Ended ended = setup(telegram, "not a token", FakeTelegram.TOKEN, "", "");
      assertEquals(0, ended.code(), ended::toString);
      assertTrue(ended.out().contains("✗ That is not a bot token."), ended.out());
      assertTrue(ended.out().contains("✓ Telegram accepts the token"), ended.out());
      assertTrue(ended.out().contains("▀"), "a code for the phone: " + ended.out());
      assertTrue(ended.out().contains("✓ Telegram accepted the message; look there."), ended.out());
      assertTrue(ended.out().contains("✓ ./reckon start answers in Telegram."), ended.out());
      assertFalse((ended.out() + ended.err()).contains(FakeTelegram.TOKEN), ended::toString);
      assertEquals(Map.of("TELEGRAM_BOT_TOKEN", FakeTelegram.TOKEN), place().secrets().read());
      String settings = place().text();
      assertTrue(settings.contains("\nadministrators = [\"telegram/7001\"]\n"), settings);
      place().transcript("telegram", ended);

      StartedReckon.Ended again = setup(telegram, "", "-");
      assertEquals(0, again.code(), again::toString);
      assertEquals(settings, place().text());
    }
  }

  @Test
  void aBotThatNobodyMayUseIsNotCalledSetUp() throws Exception {
    try (FakeTelegram telegram = new FakeTelegram()) {
      StartedReckon.Ended ended = setup(telegram, FakeTelegram.TOKEN, "", "-");
      assertEquals(1, ended.code(), ended::toString);
      assertTrue(ended.out().contains("Nobody has written to the bot yet."), ended.out());
      assertTrue(ended.out().contains("✗ Nobody may use the bot yet"), ended.out());
    }
  }

  private SetupPlace place() {
    return new SetupPlace(folder);
  }

  private StartedReckon.Ended setup(FakeTelegram telegram, String... answers) throws Exception {
    return place().run("telegram", "telegram.api_url=" + telegram.url(), answers);
  }
}
