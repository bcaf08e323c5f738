package dev.reckon.adapters.telegram;

import dev.reckon.adapters.setup.Dialogue;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.methods.updates.GetUpdates;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/** Guides through setting up the Telegram bot: whom to ask, whether it works, who may use it. */
public final class TelegramSetup {
  private static final int TRIES = 3;
  private static final int WAIT_SECONDS = 25;

  private final URI apiUrl;
  private final int rounds;
  private final Dialogue dialogue;

  /**
   * A guide.
   *
   * @param rounds how often it looks, 25 seconds each, for the person's first message
   */
  public TelegramSetup(URI apiUrl, int rounds, Dialogue dialogue) {
    this.apiUrl = apiUrl;
    this.rounds = rounds;
    this.dialogue = dialogue;
  }

  /** Runs to its end; whether the set-up works. The token is neither kept nor shown. */
  public boolean run() throws InterruptedException {
    dialogue.say(
        """
        Setting up Telegram takes about five minutes. Reckon needs no public address for it.

        1. In Telegram, open https://t.me/BotFather and send /newbot. Give it a name, then a username
           that ends in "bot". BotFather answers with a token.
        """);
    Optional<TelegramSettings> settings = token();
    if (settings.isEmpty()) {
      dialogue.say("\nNothing was changed. docs/telegram.md shows where the token is found.");
      return false;
    }
    dialogue.say("\nAsking Telegram...");
    TelegramCheck check = TelegramCheck.of(settings.get());
    dialogue.say((check.good() ? "  good: " : "  WRONG: ") + check.found());
    if (!check.advice().isEmpty()) {
      dialogue.say("         " + check.advice());
    }
    boolean good = check.good() && testMessage(settings.get());
    dialogue.say(good ? DONE : "\nMend what is wrong and run \"reckon setup telegram\" once more.");
    return good;
  }

  /** What arrives is not confirmed: the first start still finds and answers it. */
  private boolean testMessage(TelegramSettings settings) throws InterruptedException {
    dialogue.say(
        "\n2. Now open the bot in Telegram, press Start, and write anything to it. Waiting...");
    try (BotApi api = new BotApi(Connection.forCalls(settings))) {
      for (int round = 0; round < rounds; round++) {
        List<Update> updates =
            api.call(GetUpdates.builder().timeout(WAIT_SECONDS).limit(100).build());
        Optional<Message> first =
            updates.stream().filter(Update::hasMessage).map(Update::getMessage).findFirst();
        if (first.isPresent()) {
          greet(api, first.get());
          return true;
        }
      }
      dialogue.say(
          "  No message came. Set-up goes on without; \"reckon doctor\" checks the rest later.");
      return true;
    } catch (ApiFailure e) {
      dialogue.say("  WRONG: " + Trouble.of(e).getMessage());
      return false;
    }
  }

  private void greet(BotApi api, Message message) throws ApiFailure, InterruptedException {
    String chat = String.valueOf(message.getChatId());
    api.call(
        SendMessage.builder()
            .chatId(chat)
            .text("Reckon is set up. Ask it something: average of 3, 5 and 8")
            .build());
    dialogue.say(
        """
          good: the test message is there

        3. Anybody can write to a bot, so Reckon answers only whom it was told of. To let in this chat,
           put it into config/reckon.toml (others are told their id when they write):

             [policy]
             teams = ["telegram/%s"]
        """
            .formatted(chat));
  }

  private Optional<TelegramSettings> token() {
    for (int i = 0; i < TRIES; i++) {
      String token = dialogue.askSecret("The token (123456789:AAE...): ").strip();
      try {
        return Optional.of(
            new TelegramSettings(
                TelegramSettings.Mode.POLLING, token, Optional.empty(), apiUrl, Optional.empty()));
      } catch (IllegalArgumentException problem) {
        dialogue.say("  " + problem.getMessage());
      }
    }
    return Optional.empty();
  }

  private static final String DONE =
      """

      It works. Put the token where "reckon start" finds it:

        export TELEGRAM_TOKEN='123456789:AAE...'

      and this into config/reckon.toml:

        [telegram]
        mode = "polling"
        token = "${TELEGRAM_TOKEN}"

      Then "reckon start".
      """;
}
