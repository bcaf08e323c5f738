package dev.reckon.adapters.telegram;

import java.util.ArrayList;
import java.util.List;
import org.telegram.telegrambots.meta.api.methods.GetMe;
import org.telegram.telegrambots.meta.api.methods.updates.GetWebhookInfo;
import org.telegram.telegrambots.meta.api.objects.User;
import org.telegram.telegrambots.meta.api.objects.WebhookInfo;

/**
 * What a look at the set-up found, for {@code doctor}.
 *
 * @param good whether it would work
 * @param found what is so, in one line
 * @param advice what to do, or what more could be had; empty when there is nothing
 */
public record TelegramCheck(boolean good, String found, String advice) {
  /**
   * Asks Telegram who the bot is, what groups deliver and how updates leave; changes nothing.
   * Whether another program polls with the same token shows only while Reckon polls, too.
   */
  public static List<TelegramCheck> of(TelegramSettings settings) throws InterruptedException {
    List<TelegramCheck> checks = new ArrayList<>();
    try (BotApi api = new BotApi(Connection.forCalls(settings))) {
      User me = api.call(new GetMe());
      checks.add(new TelegramCheck(true, "Telegram takes the token, for @" + me.getUserName(), ""));
      checks.add(groups(me));
      checks.add(updates(settings, api.call(new GetWebhookInfo())));
    } catch (ApiFailure e) {
      checks.add(
          new TelegramCheck(false, String.valueOf(BotApiErrors.of(e).getMessage()), advice(e)));
    }
    return List.copyOf(checks);
  }

  private static String advice(ApiFailure failure) {
    return failure.code() == ApiFailure.NO_ANSWER
        ? "check the network, and telegram.api_url"
        : "see docs/telegram.md, \"When something is wrong\"";
  }

  private static TelegramCheck groups(User me) {
    return Boolean.TRUE.equals(me.getCanReadAllGroupMessages())
        ? new TelegramCheck(
            true, "privacy mode is off: groups deliver everything, mentions too", "")
        : new TelegramCheck(
            true,
            "privacy mode is on: groups deliver commands and replies to the bot",
            "To have mentions as well, send /setprivacy to BotFather, choose the bot, Disable, and"
                + " add the bot to its groups anew.");
  }

  private static TelegramCheck updates(TelegramSettings settings, WebhookInfo webhook) {
    String url = webhook.getUrl() == null ? "" : webhook.getUrl();
    return settings.mode() == TelegramSettings.Mode.POLLING
        ? polling(url)
        : delivered(settings, url, webhook);
  }

  private static TelegramCheck polling(String url) {
    return url.isEmpty()
        ? new TelegramCheck(true, "no webhook is in the way of polling", "")
        : new TelegramCheck(
            true,
            "a webhook is set to " + url + ", and polling replaces it",
            "If another program lives by that webhook, give Reckon a bot of its own; otherwise"
                + " nothing is to be done.");
  }

  private static TelegramCheck delivered(
      TelegramSettings settings, String url, WebhookInfo webhook) {
    String wanted = settings.webhookUrl().map(Object::toString).orElse(url);
    if (wanted.isEmpty()) {
      return new TelegramCheck(
          false,
          "no webhook is set",
          "Set telegram.webhook_url to the public https address of " + Webhook.PATH + ".");
    }
    if (!url.equals(wanted)) {
      return new TelegramCheck(
          true,
          url.isEmpty() ? "no webhook is set yet" : "the webhook is set to " + url,
          "reckon start sets it to " + wanted + ".");
    }
    return webhook.getLastErrorMessage() == null
        ? new TelegramCheck(true, "updates are delivered to " + url, "")
        : new TelegramCheck(
            false,
            "Telegram could not deliver to %s: %s".formatted(url, webhook.getLastErrorMessage()),
            "Check that the address reaches this program's http.port, by https.");
  }
}
