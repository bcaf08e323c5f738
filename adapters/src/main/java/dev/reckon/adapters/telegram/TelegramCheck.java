package dev.reckon.adapters.telegram;

import org.telegram.telegrambots.meta.api.methods.GetMe;
import org.telegram.telegrambots.meta.api.methods.updates.GetWebhookInfo;
import org.telegram.telegrambots.meta.api.objects.User;
import org.telegram.telegrambots.meta.api.objects.WebhookInfo;

/**
 * What {@code doctor} finds out about Telegram.
 *
 * @param good whether it would work
 * @param found what is so, in one line
 * @param advice what to do; empty when there is nothing
 */
public record TelegramCheck(boolean good, String found, String advice) {
  /** Asks Telegram who the bot is and how updates leave; changes nothing. */
  public static TelegramCheck of(TelegramSettings settings) throws InterruptedException {
    try (BotApi api = new BotApi(Connection.forCalls(settings))) {
      User me = api.call(new GetMe());
      WebhookInfo webhook = api.call(new GetWebhookInfo());
      boolean registered = webhook.getUrl() != null && !webhook.getUrl().isEmpty();
      if (settings.mode() == TelegramSettings.Mode.WEBHOOK && !registered) {
        return new TelegramCheck(
            settings.webhookUrl().isPresent(),
            "@" + me.getUserName() + " has no webhook yet",
            settings.webhookUrl().isPresent()
                ? "it is registered by: reckon start"
                : "set telegram.webhook_url to the public https address of " + Webhook.PATH);
      }
      if (settings.mode() == TelegramSettings.Mode.WEBHOOK
          && webhook.getLastErrorMessage() != null) {
        return new TelegramCheck(
            false,
            "Telegram cannot deliver to @%s: %s"
                .formatted(me.getUserName(), webhook.getLastErrorMessage()),
            "check that telegram.webhook_url reaches this program's http.port");
      }
      return new TelegramCheck(true, "@" + me.getUserName() + ", " + groups(me), privacy(me));
    } catch (ApiFailure e) {
      return new TelegramCheck(false, "not usable", String.valueOf(Trouble.of(e).getMessage()));
    }
  }

  private static boolean readsAll(User me) {
    return Boolean.TRUE.equals(me.getCanReadAllGroupMessages());
  }

  private static String groups(User me) {
    return readsAll(me)
        ? "sees every message of its groups and reads those meant for it"
        : "sees commands and replies to its messages in groups (privacy mode is on)";
  }

  private static String privacy(User me) {
    return readsAll(me)
        ? ""
        : "to have mentions read as well, switch privacy mode off (BotFather, /setprivacy, Disable)"
            + " and add the bot to the group anew";
  }
}
