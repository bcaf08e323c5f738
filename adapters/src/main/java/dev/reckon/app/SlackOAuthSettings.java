package dev.reckon.app;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.config.Secret;
import dev.reckon.adapters.slack.SlackOAuth;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How workspaces install the app themselves: the keys {@code slack.oauth.*}. */
final class SlackOAuthSettings {
  private SlackOAuthSettings() {}

  /**
   * Reads the keys.
   *
   * @return empty while {@code slack.oauth.enabled} is false
   * @throws IllegalArgumentException when something is missing; the message says what to do
   */
  static Optional<SlackOAuth> from(Configuration configuration) {
    boolean enabled = configuration.flag("slack.oauth.enabled", false);
    String client = configuration.text("slack.oauth.client_id", "SLACK_OAUTH_CLIENT_ID", "");
    Secret secret = configuration.secret("slack.oauth.client_secret", "SLACK_OAUTH_CLIENT_SECRET");
    Secret keys = configuration.secret("slack.oauth.token_key", "SLACK_OAUTH_TOKEN_KEY");
    List<String> workspaces = configuration.texts("slack.oauth.workspaces", List.of());
    int minutes = configuration.number("slack.oauth.install_minutes", 10, 1, 1_440);
    String publicUrl = configuration.text("http.public_url", "").strip();
    if (!enabled) {
      return Optional.empty();
    }
    if (publicUrl.isEmpty()) {
      throw new IllegalArgumentException(
          "slack.oauth.enabled needs http.public_url: Slack sends people back there");
    }
    List<String> each =
        Arrays.stream(keys.value().split(",", -1))
            .map(String::strip)
            .filter(key -> !key.isEmpty())
            .toList();
    each.forEach(key -> configuration.hide(new Secret(key)));
    return Optional.of(
        new SlackOAuth(
            client,
            secret.value(),
            each,
            URI.create(publicUrl).resolve("/"),
            Set.copyOf(workspaces),
            Duration.ofMinutes(minutes)));
  }
}
