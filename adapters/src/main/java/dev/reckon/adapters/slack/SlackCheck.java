package dev.reckon.adapters.slack;

import dev.reckon.adapters.setup.CredentialCheck;
import java.io.IOException;
import java.util.List;

/** Checks the credentials and settings for Slack, and explains what is missing. */
public final class SlackCheck {
  private SlackCheck() {}

  /** Asks Slack about the tokens and their scopes. Takes a few seconds at most; throws nothing. */
  public static List<CredentialCheck> of(SlackSettings settings) {
    try (SlackApi api = new SlackApi(settings)) {
      SlackWorkspace workspace = SlackApi.workspace(api.authenticate());
      CredentialCheck token =
          CredentialCheck.good("Slack takes the bot token, for " + workspace.name());
      List<String> missing = Scopes.missing(workspace.scopes());
      CredentialCheck scopes =
          missing.isEmpty()
              ? CredentialCheck.good("all scopes are there")
              : CredentialCheck.wrong(
                  "scopes are missing: " + String.join("; ", missing),
                  "on the app's page \"App Manifest\" replace everything with"
                      + " config/slack-manifest.yml, save, and install the app again; the tokens"
                      + " stay (docs/slack.md, \"An app that was made from an earlier manifest\")");
      return settings.mode() == SlackSettings.Mode.SOCKET
          ? List.of(token, scopes, socket(api, settings))
          : List.of(token, scopes);
    } catch (SlackFailure e) {
      return List.of(
          CredentialCheck.wrong(
              String.valueOf(e.getMessage()), "see docs/slack.md, \"When something fails\""));
    } catch (IOException | RuntimeException e) {
      return List.of(
          CredentialCheck.wrong("Slack could not be asked: " + e, "check slack.api_url"));
    }
  }

  private static CredentialCheck socket(SlackApi api, SlackSettings settings) {
    try {
      api.call(
          "apps.connections.open", m -> m.appsConnectionsOpen(r -> r.token(settings.appToken())));
      return CredentialCheck.good("Slack takes the app token for Socket Mode");
    } catch (SlackFailure e) {
      return CredentialCheck.wrong(
          "Socket Mode: " + e.getMessage(),
          "turn Socket Mode on, and set slack.app_token to a token with connections:write");
    }
  }
}
