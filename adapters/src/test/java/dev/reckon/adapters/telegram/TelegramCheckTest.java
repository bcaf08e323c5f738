package dev.reckon.adapters.telegram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.setup.CredentialCheck;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TelegramCheckTest {
  private static final String ADDRESS = "https://reckon.example/telegram/webhook";
  private final FakeTelegram telegram;

  TelegramCheckTest() throws IOException {
    telegram = new FakeTelegram();
  }

  @AfterEach
  void close() {
    telegram.close();
  }

  private TelegramSettings webhook(Optional<String> address) {
    return new TelegramSettings(
        TelegramSettings.Mode.WEBHOOK,
        FakeTelegram.TOKEN,
        Optional.of("secret"),
        telegram.url(),
        address.map(URI::create));
  }

  private CredentialCheck last(TelegramSettings settings) throws InterruptedException {
    return TelegramCheck.of(settings).getLast();
  }

  @Test
  void saysWhoTheBotIsAndHowToHaveMentions() throws Exception {
    List<CredentialCheck> checks = TelegramCheck.of(telegram.settings());
    assertTrue(checks.stream().allMatch(CredentialCheck::good));
    assertEquals("Telegram accepts the token of @reckon_test_bot", checks.get(0).found());
    assertTrue(checks.get(1).found().startsWith("privacy mode is on"));
    assertTrue(checks.get(1).advice().contains("/setprivacy"));
    telegram.readsAll = true;
    assertEquals("", TelegramCheck.of(telegram.settings()).get(1).advice());
  }

  @Test
  void aTokenThatTelegramDoesNotTakeIsSaidWithoutRepeatingIt() throws Exception {
    List<CredentialCheck> checks =
        TelegramCheck.of(
            new TelegramSettings(
                TelegramSettings.Mode.POLLING,
                "4242:revoked",
                Optional.empty(),
                telegram.url(),
                Optional.empty()));
    assertEquals(1, checks.size());
    assertFalse(checks.getFirst().good());
    assertTrue(checks.getFirst().found().contains("does not accept the bot's token"));
    assertFalse(checks.toString().contains("revoked"));
  }

  @Test
  void aServerThatDoesNotAnswerIsSaid() throws Exception {
    telegram.down(true);
    CredentialCheck check = last(telegram.settings());
    assertFalse(check.good());
    assertTrue(check.found().startsWith("Telegram could not be reached"), check.found());
  }

  @Test
  void aWebhookInTheWayOfPollingIsNamed() throws Exception {
    assertEquals("", last(telegram.settings()).advice());
    telegram.webhook = Optional.of(TelegramJson.object().put("url", "https://old.example"));
    assertTrue(last(telegram.settings()).found().contains("https://old.example"));
    assertTrue(telegram.webhook.isPresent(), "looking changes nothing");
  }

  @Test
  void aWebhookIsFollowedToItsEnd() throws Exception {
    assertFalse(last(webhook(Optional.empty())).good());
    assertEquals(
        "reckon start sets it to " + ADDRESS + ".", last(webhook(Optional.of(ADDRESS))).advice());
    telegram.webhook = Optional.of(TelegramJson.object().put("url", ADDRESS));
    assertEquals("", last(webhook(Optional.of(ADDRESS))).advice());
    telegram.webhookError = Optional.of("Connection refused");
    CredentialCheck broken = last(webhook(Optional.empty()));
    assertFalse(broken.good());
    assertTrue(broken.found().contains("Connection refused"), broken.found());
  }
}
