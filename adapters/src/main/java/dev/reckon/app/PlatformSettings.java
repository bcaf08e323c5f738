package dev.reckon.app;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.config.Secret;
import dev.reckon.adapters.setup.Guide;
import dev.reckon.adapters.slack.SlackGuide;
import dev.reckon.adapters.slack.SlackSettings;
import dev.reckon.adapters.telegram.TelegramGuide;
import dev.reckon.adapters.telegram.TelegramSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Settings of platforms that need not be enabled yet: tokens, if any, and addresses.
 *
 * @param pages where the pages of answers are, if people reach them
 */
record PlatformSettings(
    Secret slackBot,
    Secret slackApp,
    String slackApi,
    Secret telegram,
    String telegramApi,
    Optional<URI> pages) {
  static PlatformSettings from(Configuration configuration, Optional<URI> pages) {
    return new PlatformSettings(
        configuration.secret("slack.bot_token", "SLACK_BOT_TOKEN"),
        configuration.secret("slack.app_token", "SLACK_APP_TOKEN"),
        configuration.text("slack.api_url", SlackSettings.DEFAULT_API.toString()),
        configuration.secret("telegram.token", "TELEGRAM_BOT_TOKEN"),
        configuration.text("telegram.api_url", TelegramSettings.OFFICIAL.toString()),
        pages);
  }

  /**
   * The way through a platform's set-up.
   *
   * @param home where the manifest is
   */
  Guide guide(String platform, Path home) {
    return switch (platform) {
      case "slack" ->
          new SlackGuide(
              manifest(home), slackBot.value(), slackApp.value(), URI.create(slackApi), pages);
      case "telegram" -> new TelegramGuide(telegram.value(), URI.create(telegramApi));
      default -> throw new IllegalArgumentException("no such platform: " + platform);
    };
  }

  private static String manifest(Path home) {
    Path file = home.resolve("config/slack-manifest.yml");
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
