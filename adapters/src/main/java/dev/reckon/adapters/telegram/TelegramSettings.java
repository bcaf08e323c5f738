package dev.reckon.adapters.telegram;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How to reach Telegram.
 *
 * @param mode whether updates are fetched or delivered
 * @param token what BotFather gave, {@code 123456:ABC...}; a secret
 * @param secretToken what Telegram sends along with every webhook request, so that nobody else's
 *     requests are taken; a secret, needed in webhook mode
 * @param apiUrl the Bot API server: Telegram's own, a self-hosted one, or a proxy
 * @param webhookUrl the public address that Telegram delivers to, whole, in webhook mode; where it
 *     is empty, the webhook is left as somebody else has set it
 * @param rich {@code telegram.rich}
 */
public record TelegramSettings(
    Mode mode,
    String token,
    Optional<String> secretToken,
    URI apiUrl,
    Optional<URI> webhookUrl,
    Rich rich) {
  /** Telegram's own server. */
  public static final URI OFFICIAL = URI.create("https://api.telegram.org");

  private static final Pattern TOKEN = Pattern.compile("[0-9]{1,20}:[A-Za-z0-9_-]{1,200}");
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{1,256}");

  /** How updates arrive. */
  public enum Mode {
    /** Fetched by long polling: needs no public address. */
    POLLING,
    /** Delivered by HTTPS to a public address. */
    WEBHOOK
  }

  /** Whether chats that have chosen nothing are sent rich messages. */
  public enum Rich {
    OFF,
    ON
  }

  /** With rich messages only where a chat has chosen them. */
  public TelegramSettings(
      Mode mode, String token, Optional<String> secretToken, URI apiUrl, Optional<URI> webhookUrl) {
    this(mode, token, secretToken, apiUrl, webhookUrl, Rich.OFF);
  }

  /**
   * Checks the shapes.
   *
   * @throws IllegalArgumentException when one is wrong; the message names the key and what to do,
   *     and repeats no secret
   */
  public TelegramSettings {
    if (!TOKEN.matcher(token).matches()) {
      throw new IllegalArgumentException(
          "telegram.token does not look like a bot token (digits, a colon, letters); ask BotFather"
              + " for it with /mybots, API Token");
    }
    if (secretToken.isPresent() && !SECRET.matcher(secretToken.get()).matches()) {
      throw new IllegalArgumentException(
          "telegram.secret_token may have 1 to 256 letters, digits, _ and -");
    }
    if (mode == Mode.WEBHOOK && secretToken.isEmpty()) {
      throw new IllegalArgumentException(
          "telegram.mode = \"webhook\" needs telegram.secret_token: make one up, such as the output"
              + " of: openssl rand -hex 32");
    }
    String scheme = apiUrl.getScheme();
    if (apiUrl.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException(
          "telegram.api_url must be an http or https address, such as " + OFFICIAL);
    }
  }

  /** The bot's own user id, which the token begins with. */
  long botId() {
    return Long.parseLong(token.substring(0, token.indexOf(':')));
  }

  /** Whether the limits of Telegram's own server apply to files. */
  boolean official() {
    return OFFICIAL.getHost().equals(apiUrl.getHost());
  }

  /** Leaves the secrets out. */
  @Override
  public String toString() {
    return "TelegramSettings[mode=%s, apiUrl=%s, webhookUrl=%s]"
        .formatted(mode, apiUrl, webhookUrl);
  }
}
