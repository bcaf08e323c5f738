package dev.reckon.adapters.telegram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.app.StartedReckon;
import java.nio.file.Files;
import java.nio.file.Path;
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
      StartedReckon.Ended ended = setup(telegram, "not a token", FakeTelegram.TOKEN, "");
      assertEquals(0, ended.code(), ended::toString);
      assertTrue(ended.out().contains("✗ That is no bot token."), ended.out());
      assertTrue(ended.out().contains("✓ Telegram takes the token"), ended.out());
      assertTrue(ended.out().contains("✓ Telegram took it; look there."), ended.out());
      assertTrue(ended.out().contains("people = [\"telegram/7001\"]"), ended.out());
      assertFalse((ended.out() + ended.err()).contains(FakeTelegram.TOKEN), ended::toString);
      Files.createDirectories(StartedReckon.HOME.resolve("adapters/target/transcripts"));
      Files.writeString(
          StartedReckon.HOME.resolve("adapters/target/transcripts/setup-telegram.txt"),
          ended.out());
    }
  }

  @Test
  void withNobodyThereTheTestMessageIsMissedInWords() throws Exception {
    try (FakeTelegram telegram = new FakeTelegram()) {
      StartedReckon.Ended ended = setup(telegram, FakeTelegram.TOKEN, "");
      assertEquals(1, ended.code(), ended::toString);
      assertTrue(ended.out().contains("Nobody has written to @"), ended.out());
    }
  }

  private StartedReckon.Ended setup(FakeTelegram telegram, String... answers) throws Exception {
    return StartedReckon.run(
        folder,
        String.join("\n", answers) + "\n",
        "setup",
        "telegram",
        "--set",
        "telegram.api_url=" + telegram.url(),
        "--set",
        "telegram.enabled=true");
  }
}
