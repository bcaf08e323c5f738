package dev.reckon.adapters.slack;

import java.io.IOException;
import java.util.List;

/**
 * What a look at the set-up found, for {@code doctor}.
 *
 * @param good whether all is well
 * @param words what was found
 * @param remedy what to do about it; empty when all is well
 */
public record SlackCheck(boolean good, String words, String remedy) {
  /** Asks Slack about the tokens and their scopes. Takes a few seconds at most; throws nothing. */
  public static List<SlackCheck> of(SlackSettings settings) {
    try (SlackApi api = new SlackApi(settings)) {
      Workspace workspace = SlackApi.workspace(api.authenticate());
      SlackCheck token =
          new SlackCheck(true, "Slack takes the bot token, for " + workspace.name(), "");
      List<String> missing = Scopes.missing(workspace.scopes());
      SlackCheck scopes =
          missing.isEmpty()
              ? new SlackCheck(true, "all scopes are there", "")
              : new SlackCheck(
                  false,
                  "scopes are missing: " + String.join("; ", missing),
                  "add them on the app's page \"OAuth & Permissions\", or paste"
                      + " config/slack-manifest.yml again, and install the app again");
      return settings.mode() == SlackSettings.Mode.SOCKET
          ? List.of(token, scopes, socket(api, settings))
          : List.of(token, scopes);
    } catch (SlackFailure e) {
      return List.of(
          new SlackCheck(
              false,
              String.valueOf(e.getMessage()),
              "see docs/slack.md, \"When something fails\""));
    } catch (IOException | RuntimeException e) {
      return List.of(
          new SlackCheck(false, "Slack could not be asked: " + e, "check slack.api_url"));
    }
  }

  private static SlackCheck socket(SlackApi api, SlackSettings settings) {
    try {
      api.call(
          "apps.connections.open", m -> m.appsConnectionsOpen(r -> r.token(settings.appToken())));
      return new SlackCheck(true, "Slack takes the app token for Socket Mode", "");
    } catch (SlackFailure e) {
      return new SlackCheck(
          false,
          "Socket Mode: " + e.getMessage(),
          "turn Socket Mode on, and set slack.app_token to a token with connections:write");
    }
  }
}
