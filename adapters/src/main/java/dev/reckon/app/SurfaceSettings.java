package dev.reckon.app;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.config.ConfigurationException;
import dev.reckon.adapters.slack.SlackOAuth;
import dev.reckon.adapters.slack.SlackSettings;
import dev.reckon.adapters.telegram.TelegramSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The surfaces that are switched on: the keys {@code slack.*}, {@code telegram.*} and {@code
 * web.*}.
 *
 * @param slack empty while {@code slack.enabled} is false
 * @param telegram empty while {@code telegram.enabled} is false
 * @param given what is set of both, switched on or not, for setting them up
 */
record SurfaceSettings(
    Optional<SlackSettings> slack,
    Optional<TelegramSettings> telegram,
    WebSurfaceSettings web,
    TeamAccessSettings team,
    PlatformSettings given,
    List<String> problems) {
  SurfaceSettings {
    problems = List.copyOf(problems);
  }

  static SurfaceSettings from(Configuration configuration) {
    List<String> problems = new ArrayList<>();
    WebSurfaceSettings web = WebSurfaceSettings.from(configuration);
    TeamAccessSettings team = TeamAccessSettings.from(configuration);
    Optional<URI> pages = team.publicUrl().filter(url -> web.enabled());
    return new SurfaceSettings(
        slack(configuration, pages, problems),
        telegram(configuration, problems),
        web,
        team,
        PlatformSettings.from(configuration, pages),
        problems);
  }

  /**
   * For whoever serves people.
   *
   * @throws ConfigurationException when a surface that is switched on lacks something
   */
  void check() throws ConfigurationException {
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  private static Optional<SlackSettings> slack(
      Configuration configuration, Optional<URI> pages, List<String> problems) {
    boolean enabled = configuration.flag("slack.enabled", false);
    SlackSettings.Mode mode = configuration.choice("slack.mode", SlackSettings.Mode.SOCKET);
    String bot = configuration.secret("slack.bot_token", "SLACK_BOT_TOKEN").value();
    String app = configuration.secret("slack.app_token", "SLACK_APP_TOKEN").value();
    String signing = configuration.secret("slack.signing_secret", "SLACK_SIGNING_SECRET").value();
    String api = configuration.text("slack.api_url", SlackSettings.DEFAULT_API.toString());
    try {
      Optional<SlackOAuth> oauth = SlackOAuthSettings.from(configuration);
      if (!enabled) {
        return Optional.empty();
      }
      return Optional.of(new SlackSettings(mode, bot, app, signing, URI.create(api), oauth, pages));
    } catch (IllegalArgumentException e) {
      problems.add("slack: " + e.getMessage() + ".");
      return Optional.empty();
    }
  }

  private static Optional<TelegramSettings> telegram(
      Configuration configuration, List<String> problems) {
    boolean enabled = configuration.flag("telegram.enabled", false);
    TelegramSettings.Mode mode =
        configuration.choice("telegram.mode", TelegramSettings.Mode.POLLING);
    String token = configuration.secret("telegram.token", "TELEGRAM_BOT_TOKEN").value();
    String secret = configuration.secret("telegram.secret_token", "TELEGRAM_SECRET_TOKEN").value();
    String api = configuration.text("telegram.api_url", TelegramSettings.OFFICIAL.toString());
    String webhook = configuration.text("telegram.webhook_url", "");
    TelegramSettings.Rich rich = configuration.choice("telegram.rich", TelegramSettings.Rich.OFF);
    if (!enabled) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new TelegramSettings(
              mode,
              token,
              Optional.of(secret).filter(text -> !text.isEmpty()),
              URI.create(api),
              Optional.of(webhook).filter(text -> !text.isEmpty()).map(URI::create),
              rich));
    } catch (IllegalArgumentException e) {
      problems.add("telegram: " + e.getMessage() + ".");
      return Optional.empty();
    }
  }
}
