package dev.reckon.adapters.telegram;

import dev.reckon.adapters.setup.CredentialCheck;
import java.util.ArrayList;
import java.util.List;
import org.telegram.telegrambots.meta.api.methods.GetMe;
import org.telegram.telegrambots.meta.api.methods.updates.GetWebhookInfo;
import org.telegram.telegrambots.meta.api.objects.User;
import org.telegram.telegrambots.meta.api.objects.WebhookInfo;

/** Checks the credentials and settings for Telegram, and explains what is missing. */
public final class TelegramCheck {
  private TelegramCheck() {}

  /**
   * Asks Telegram who the bot is, what groups deliver and how updates leave; changes nothing.
   * Whether another program polls with the same token shows only while Reckon polls, too.
   */
  public static List<CredentialCheck> of(TelegramSettings settings) throws InterruptedException {
    List<CredentialCheck> checks = new ArrayList<>();
    try (BotApi api = new BotApi(BotConnection.forCalls(settings))) {
      User me = api.call(new GetMe());
      checks.add(CredentialCheck.good("Telegram accepts the token of @" + me.getUserName()));
      checks.add(groups(me));
      checks.add(updates(settings, api.call(new GetWebhookInfo())));
    } catch (TelegramFailure e) {
      checks.add(CredentialCheck.wrong(String.valueOf(BotApiErrors.of(e).getMessage()), advice(e)));
    }
    return List.copyOf(checks);
  }

  private static String advice(TelegramFailure failure) {
    return failure.code() == TelegramFailure.NO_ANSWER
        ? "check the network, and telegram.api_url"
        : "see docs/telegram.md, \"When something is wrong\"";
  }

  private static CredentialCheck groups(User me) {
    return Boolean.TRUE.equals(me.getCanReadAllGroupMessages())
        ? CredentialCheck.good("privacy mode is off: groups deliver everything, mentions too")
        : CredentialCheck.good(
            "privacy mode is on: groups deliver commands and replies to the bot",
            "To have mentions as well, send /setprivacy to BotFather, choose the bot, Disable, and"
                + " add the bot to its groups again.");
  }

  private static CredentialCheck updates(TelegramSettings settings, WebhookInfo webhook) {
    String url = webhook.getUrl() == null ? "" : webhook.getUrl();
    return settings.mode() == TelegramSettings.Mode.POLLING
        ? polling(url)
        : delivered(settings, url, webhook);
  }

  private static CredentialCheck polling(String url) {
    return url.isEmpty()
        ? CredentialCheck.good("no webhook prevents polling")
        : CredentialCheck.good(
            "a webhook is set to " + url + ", and polling replaces it",
            "If another program uses that webhook, give Reckon a bot of its own; otherwise"
                + " there is nothing to do.");
  }

  private static CredentialCheck delivered(
      TelegramSettings settings, String url, WebhookInfo webhook) {
    String wanted = settings.webhookUrl().map(Object::toString).orElse(url);
    if (wanted.isEmpty()) {
      return CredentialCheck.wrong(
          "no webhook is set",
          "Set telegram.webhook_url to the public https address of " + Webhook.PATH + ".");
    }
    if (!url.equals(wanted)) {
      return CredentialCheck.good(
          url.isEmpty() ? "no webhook is set yet" : "the webhook is set to " + url,
          "reckon start sets it to " + wanted + ".");
    }
    return webhook.getLastErrorMessage() == null
        ? CredentialCheck.good("updates are delivered to " + url)
        : CredentialCheck.wrong(
            "Telegram could not deliver to %s: %s".formatted(url, webhook.getLastErrorMessage()),
            "Check that the address reaches this program's http.port, by https.");
  }
}
