package dev.reckon.adapters.slack;

import java.net.URI;
import java.util.Optional;

/**
 * How Slack is reached: the {@code slack.*} keys of the configuration.
 *
 * @param mode {@code slack.mode}
 * @param botToken {@code slack.bot_token}, begins with {@code xoxb-}; may be empty where workspaces
 *     install the app themselves
 * @param appToken {@code slack.app_token}, begins with {@code xapp-}; needed in Socket Mode only
 * @param signingSecret {@code slack.signing_secret}; needed over HTTP only
 * @param apiUrl {@code slack.api_url}: the base address of every Web API call; {@link #DEFAULT_API}
 *     unless a proxy or a government workspace needs another
 * @param oauth how further workspaces install the app themselves, if they may
 * @param pages where the pages of answers are, if people reach them: links to these are previewed
 */
public record SlackSettings(
    Mode mode,
    String botToken,
    String appToken,
    String signingSecret,
    URI apiUrl,
    Optional<SlackOAuth> oauth,
    Optional<URI> pages) {
  /** Slack's public Web API. */
  public static final URI DEFAULT_API = URI.create("https://slack.com/api/");

  /** How events arrive. */
  public enum Mode {
    /** Over a WebSocket that Reckon opens: needs no public address. */
    SOCKET,
    /** Posted by Slack to {@code /slack/events}: needs a public HTTPS address. */
    HTTP
  }

  public SlackSettings {
    require(
        !botToken.isBlank() || oauth.isPresent(),
        "slack.bot_token is empty; copy the Bot User OAuth Token from the app's page"
            + " \"OAuth & Permissions\", or let workspaces install the app (slack.oauth.enabled)");
    require(
        botToken.isBlank() || botToken.startsWith("xoxb-"),
        "slack.bot_token must begin with xoxb-; this looks like another kind of token");
    if (mode == Mode.SOCKET) {
      require(
          appToken.startsWith("xapp-"),
          "slack.app_token must begin with xapp-; make one with connections:write on the app's page"
              + " \"Basic Information\", or set slack.mode = \"http\"");
    } else {
      require(
          !signingSecret.isBlank(),
          "slack.signing_secret is empty; copy it from the app's page \"Basic Information\", or set"
              + " slack.mode = \"socket\"");
    }
    String scheme = apiUrl.getScheme();
    require(
        ("https".equals(scheme) || "http".equals(scheme)) && apiUrl.getHost() != null,
        "slack.api_url must be an http or https address, such as " + DEFAULT_API);
    if (!apiUrl.getPath().endsWith("/")) {
      apiUrl = URI.create(apiUrl + "/");
    }
  }

  /** One workspace by a configured token, without pages. */
  public SlackSettings(
      Mode mode, String botToken, String appToken, String signingSecret, URI apiUrl) {
    this(mode, botToken, appToken, signingSecret, apiUrl, Optional.empty(), Optional.empty());
  }

  /** Whether one workspace is served by a configured token. */
  boolean hasToken() {
    return !botToken.isBlank();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "SlackSettings[mode=" + mode + ", apiUrl=" + apiUrl + "]";
  }
}
