package dev.reckon.adapters.telegram;

import dev.reckon.adapters.setup.CredentialCheck;
import dev.reckon.adapters.setup.Dialogue;
import dev.reckon.adapters.setup.Guide;
import dev.reckon.adapters.setup.SetupFiles;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.telegram.telegrambots.meta.api.methods.GetMe;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.methods.updates.GetUpdates;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.User;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/**
 * The set-up of Telegram with polling, from BotFather to a test message.
 *
 * @param token the one that is set already, or empty
 * @param apiUrl {@code telegram.api_url}
 */
public record TelegramGuide(String token, URI apiUrl) implements Guide {
  private static final String TEST = "Reckon is set up. Ask me something: average of 3, 5 and 8";
  private static final String BOT_FATHER = "https://t.me/BotFather";
  private static final String SKIP = "-";
  private static final int TRIES = 3;

  @Override
  public boolean walk(Dialogue with, SetupFiles files) throws IOException, InterruptedException {
    with.step("Create a bot: open this link, and send /newbot.");
    with.link(BOT_FATHER, URI.create(BOT_FATHER));
    with.say("Give it a name, and a username that ends in bot. Copy the token from the answer.");
    Optional<TelegramSettings> settings = settings(with);
    if (settings.isEmpty()) {
      with.wrong(
          "Telegram needs a token, and is not enabled without it.",
          "Run this again when you have one.");
      return false;
    }
    with.step("Checking it with Telegram.");
    boolean good = true;
    for (CredentialCheck check : TelegramCheck.of(settings.get())) {
      good &= check.good();
      check.tell(with);
    }
    if (!good) {
      with.say("Nothing was changed. Fix that, and run this again.");
      return false;
    }
    with.step("Storing the token, and enabling Telegram.");
    files.secret(with, "TELEGRAM_BOT_TOKEN", settings.get().token(), token);
    files.set(with, "telegram.mode", "\"polling\"");
    files.set(with, "telegram.enabled", "true");
    with.step("A test message, and who may use the bot.");
    return test(with, files, settings.get()) && somebodyMayUseIt(with, files);
  }

  private Optional<TelegramSettings> settings(Dialogue with) throws IOException {
    String otherwise = token.isBlank() ? "- for later" : "Enter for the one that is set";
    for (int i = 0; i < TRIES; i++) {
      String typed = with.askSecret("Token (123456789:AA…, " + otherwise + ")");
      if (typed.equals(SKIP)) {
        return Optional.empty();
      }
      try {
        return Optional.of(
            new TelegramSettings(
                TelegramSettings.Mode.POLLING,
                typed.isEmpty() ? token : typed,
                Optional.empty(),
                apiUrl,
                Optional.empty()));
      } catch (IllegalArgumentException e) {
        with.wrong(
            "That is not a bot token.", "It is digits, a colon, and letters: copy it completely.");
      }
    }
    return Optional.empty();
  }

  /**
   * Answers whoever wrote last, without taking that message from the program that will answer.
   *
   * @return whether nothing went wrong
   */
  private static boolean test(Dialogue with, SetupFiles files, TelegramSettings settings)
      throws IOException, InterruptedException {
    try (BotApi api = new BotApi(BotConnection.forCalls(settings))) {
      URI bot = URI.create("https://t.me/" + api.call(new GetMe()).getUserName());
      with.say("Open this link, or scan the code with your phone, and press Start there.");
      with.link(bot.toString(), bot);
      with.code(bot);
      Optional<Message> last = Optional.empty();
      while (last.isEmpty()) {
        if (with.ask("Then press Enter here, or type - to skip").equals(SKIP)) {
          return true;
        }
        last = last(api.call(new GetUpdates()));
        if (last.isEmpty()) {
          with.wrong("Nobody has written to the bot yet.", "Press Start there first.");
        }
      }
      var _ = api.call(new SendMessage(last.get().getChatId().toString(), TEST));
      with.good("Telegram accepted the message; look there.");
      allow(with, files, last.get().getFrom());
      return true;
    } catch (TelegramFailure e) {
      with.wrong(
          String.valueOf(BotApiErrors.of(e).getMessage()),
          "See docs/telegram.md, \"When something is wrong\".");
      return false;
    }
  }

  private static void allow(Dialogue with, SetupFiles files, User person) throws IOException {
    String id = TelegramIds.person(person.getId());
    String name = person.getFirstName() + " (" + id + ")";
    with.say("That was " + name + ".");
    String answer =
        with.ask("Enter makes them Reckon's administrator, u lets them use it, - does neither");
    switch (answer) {
      case "" -> files.add(with, "policy.administrators", id);
      case "u", "U" -> files.add(with, "policy.people", id);
      default -> with.say("Then nothing is changed for them.");
    }
  }

  /** Everybody can write to a bot, so it answers only those who are listed. */
  private static boolean somebodyMayUseIt(Dialogue with, SetupFiles files) {
    boolean listed =
        Stream.of("policy.people", "policy.administrators", "policy.teams")
            .flatMap(key -> files.names(key).stream())
            .anyMatch(name -> name.startsWith("telegram/"));
    if (!listed) {
      with.wrong(
          "Nobody may use the bot yet: everybody can write to a bot, so it answers only those who"
              + " are listed.",
          "Run this again, or add ids such as \"telegram/7001\" to policy.people; the bot tells"
              + " people their id.");
    }
    return listed;
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
