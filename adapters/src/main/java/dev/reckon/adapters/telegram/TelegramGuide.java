package dev.reckon.adapters.telegram;

import dev.reckon.adapters.setup.CredentialCheck;
import dev.reckon.adapters.setup.Dialogue;
import dev.reckon.adapters.setup.Guide;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.telegram.telegrambots.meta.api.methods.GetMe;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.methods.updates.GetUpdates;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/**
 * The set-up of Telegram with polling, from BotFather to a test message.
 *
 * @param token the one that is set already, or empty
 * @param apiUrl {@code telegram.api_url}
 */
public record TelegramGuide(String token, URI apiUrl) implements Guide {
  private static final String TEST = "Reckon is set up. Ask me something: average of 3, 5 and 8";
  private static final String UNKNOWN = "YOUR-ID";
  private static final int TRIES = 3;

  @Override
  public boolean walk(Dialogue with) throws IOException, InterruptedException {
    with.step("Make a bot: open https://t.me/BotFather and send /newbot.");
    with.say("Give it a name, and a username that ends in bot. Copy the token from the answer.");
    Optional<TelegramSettings> settings = settings(with);
    if (settings.isEmpty()) {
      return false;
    }
    with.step("Asking Telegram about it.");
    boolean good = true;
    for (CredentialCheck check : TelegramCheck.of(settings.get())) {
      good &= check.good();
      check.tell(with);
    }
    if (!good) {
      with.say("Fix that, and run this again.");
      return false;
    }
    with.step("A test message.");
    Tested tested = test(with, settings.get());
    with.step("Keep the token where Reckon starts, and switch Telegram on.");
    with.say(
        """
        In the environment of `reckon start` (it is not written down here):
          TELEGRAM_BOT_TOKEN    the token from BotFather
        In config/reckon.toml; everybody can write to a bot, so who may use it is listed by id:
          [telegram]
          enabled = true
          [policy]
          people = ["telegram/%s"]
        Then: ./reckon doctor, and ./reckon start
        """
            .formatted(tested.person()));
    return tested.good();
  }

  private Optional<TelegramSettings> settings(Dialogue with) throws IOException {
    String usual = token.isBlank() ? "" : ", Enter for the one that is set";
    for (int i = 0; i < TRIES; i++) {
      String typed = with.askSecret("Token (123456789:AA…" + usual + ")");
      try {
        return Optional.of(
            new TelegramSettings(
                TelegramSettings.Mode.POLLING,
                typed.isEmpty() ? token : typed,
                Optional.empty(),
                apiUrl,
                Optional.empty()));
      } catch (IllegalArgumentException e) {
        with.wrong("That is no bot token.", "It is digits, a colon, and letters: copy it whole.");
      }
    }
    return Optional.empty();
  }

  /**
   * What the test message came to.
   *
   * @param person the id of whoever wrote last, or what to put in its place
   */
  private record Tested(boolean good, String person) {}

  /** Sends to whoever wrote last, without taking that message from the program that will answer. */
  private static Tested test(Dialogue with, TelegramSettings settings)
      throws IOException, InterruptedException {
    try (BotApi api = new BotApi(BotConnection.forCalls(settings))) {
      String name = api.call(new GetMe()).getUserName();
      String answer =
          with.ask(
              "Open https://t.me/"
                  + name
                  + ", press Start, then press Enter here; - leaves it out");
      if (answer.equals("-")) {
        return new Tested(true, UNKNOWN);
      }
      Optional<Message> last = last(api.call(new GetUpdates()));
      if (last.isEmpty()) {
        with.wrong(
            "Nobody has written to @" + name + " yet.", "Press Start there, and run this again.");
        return new Tested(false, UNKNOWN);
      }
      var _ = api.call(new SendMessage(last.get().getChatId().toString(), TEST));
      with.good("Telegram took it; look there.");
      return new Tested(true, last.get().getFrom().getId().toString());
    } catch (TelegramFailure e) {
      with.wrong(
          String.valueOf(BotApiErrors.of(e).getMessage()),
          "See docs/telegram.md, \"When something is wrong\".");
      return new Tested(false, UNKNOWN);
    }
  }

  private static Optional<Message> last(List<Update> updates) {
    return updates.reversed().stream()
        .map(Update::getMessage)
        .filter(message -> message != null && message.getFrom() != null)
        .findFirst();
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "TelegramGuide[apiUrl=" + apiUrl + "]";
  }
}
