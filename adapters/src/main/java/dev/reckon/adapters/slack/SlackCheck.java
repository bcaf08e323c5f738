package dev.reckon.adapters.slack;

import dev.reckon.adapters.setup.CredentialCheck;
import dev.reckon.core.store.Installations;
import dev.reckon.core.store.Installations.Installation;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Checks the credentials and settings for Slack, and explains what is missing. */
public final class SlackCheck {
  private static final String FAILED = "see docs/slack.md, \"When something fails\"";

  /** Of no installation; Slack says whether it knows the client before it says that. */
  private static final String NO_CODE = "a-code-that-nobody-was-given";

  private SlackCheck() {}

  /** Asks Slack about the tokens and their scopes. Takes a few seconds at most; throws nothing. */
  public static List<CredentialCheck> of(SlackSettings settings) {
    return check(settings, api -> List.of());
  }

  /**
   * The same, and looks at the workspaces that installed the app.
   *
   * @param installations is asked only where workspaces may install the app
   */
  public static List<CredentialCheck> of(
      SlackSettings settings, Supplier<Installations> installations) {
    return check(
        settings,
        api ->
            settings
                .oauth()
                .map(oauth -> installed(api, settings, oauth, installations.get()))
                .orElse(List.of()));
  }

  /**
   * Checks them.
   *
   * @param more what is checked besides the configured tokens
   */
  private static List<CredentialCheck> check(
      SlackSettings settings, Function<SlackApi, List<CredentialCheck>> more) {
    try (SlackApi api = new SlackApi(settings)) {
      List<CredentialCheck> found = new ArrayList<>();
      if (settings.hasToken()) {
        token(api, settings, found);
      }
      if (settings.mode() == SlackSettings.Mode.SOCKET) {
        found.add(socket(api, settings));
      }
      found.addAll(more.apply(api));
      return found;
    } catch (IOException | RuntimeException e) {
      return List.of(
          CredentialCheck.wrong("Slack could not be reached: " + e, "check slack.api_url"));
    }
  }

  private static void token(SlackApi api, SlackSettings settings, List<CredentialCheck> found) {
    try {
      SlackWorkspace workspace = SlackApi.workspace(api.authenticate());
      found.add(CredentialCheck.good("Slack accepts the bot token for " + workspace.name()));
      List<String> missing = Scopes.missing(workspace.scopes());
      found.add(
          missing.isEmpty()
              ? CredentialCheck.good("all scopes are there")
              : CredentialCheck.wrong(
                  "scopes are missing: " + String.join("; ", missing),
                  "on the app's page \"App Manifest\" replace everything with"
                      + " config/slack-manifest.yml, save, and install the app again; the tokens"
                      + " stay (docs/slack.md, \"An app that was made from an earlier"
                      + " manifest\")"));
      settings
          .pages()
          .flatMap(pages -> previews(pages, workspace.name(), workspace.scopes()))
          .ifPresent(found::add);
    } catch (SlackFailure e) {
      found.add(CredentialCheck.wrong(String.valueOf(e.getMessage()), FAILED));
    }
  }

  /** What an app from an earlier manifest lacks for previews of links; empty when it is there. */
  private static Optional<CredentialCheck> previews(URI pages, String name, Set<String> granted) {
    List<String> missing = Scopes.missing(granted, Scopes.forPreviews());
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            CredentialCheck.good(
                "links to answers are shown without a preview in %s: %s"
                    .formatted(name, String.join("; ", missing)),
                ("for previews, take the comment signs off the lines for them in"
                        + " config/slack-manifest.yml, put in %s as the domain, save it on the"
                        + " app's page \"App Manifest\", and install the app again (docs/slack.md,"
                        + " \"Previews of links\")")
                    .formatted(pages.getHost())));
  }

  private static CredentialCheck socket(SlackApi api, SlackSettings settings) {
    try {
      SlackApi.perform(
          "apps.connections.open",
          api.slack().methods(),
          m -> m.appsConnectionsOpen(r -> r.token(settings.appToken())));
      return CredentialCheck.good("Slack accepts the app token for Socket Mode");
    } catch (SlackFailure e) {
      return CredentialCheck.wrong(
          "Socket Mode: " + e.getMessage(),
          "turn Socket Mode on, and set slack.app_token to a token with connections:write");
    }
  }

  private static List<CredentialCheck> installed(
      SlackApi api, SlackSettings settings, SlackOAuth oauth, Installations installations) {
    List<CredentialCheck> found = new ArrayList<>();
    found.add(client(new OAuthClient(api.slack(), settings, oauth)));
    if (oauth.workspaces().isEmpty()) {
      found.add(
          CredentialCheck.wrong(
              "no workspace may install the app: slack.oauth.workspaces is empty",
              "list the ids of workspaces (T...) or organisations (E...), or \"*\" for all"));
    }
    List<Installation> all = installations.all(SlackSurface.NAME);
    if (all.isEmpty()) {
      found.add(
          CredentialCheck.good(
              "no workspace has installed the app yet; it is done at " + oauth.installPage()));
    }
    TokenCipher cipher = new TokenCipher(oauth.tokenKeys());
    for (Installation each : all) {
      found.add(installation(each, cipher, oauth));
      InstallationDetails details = InstallationDetails.of(each.details());
      settings
          .pages()
          .flatMap(pages -> previews(pages, details.name(), details.scopes()))
          .ifPresent(found::add);
    }
    return found;
  }

  /** Slack refuses an unknown code after it has looked at the client's id and secret. */
  private static CredentialCheck client(OAuthClient client) {
    try {
      client.redeem(NO_CODE);
      return CredentialCheck.wrong("Slack took a code that it never gave", FAILED);
    } catch (SlackFailure e) {
      return switch (e.code()) {
        case "invalid_code", "code_already_used" ->
            CredentialCheck.good("Slack accepts the client id and secret for installations");
        case "bad_redirect_uri" ->
            CredentialCheck.wrong(
                "Slack does not send people back to " + client.oauth().callback(),
                "add exactly this address on the app's page \"OAuth & Permissions\", \"Redirect"
                    + " URLs\"");
        default ->
            CredentialCheck.wrong(
                "installations: " + e.getMessage(),
                "copy client id and secret again from the app's page \"Basic Information\" to"
                    + " slack.oauth.client_id and slack.oauth.client_secret");
      };
    }
  }

  private static CredentialCheck installation(
      Installation each, TokenCipher cipher, SlackOAuth oauth) {
    InstallationDetails details = InstallationDetails.of(each.details());
    String name = details.name() + " (" + Workspaces.slackId(each) + ")";
    if (!Workspaces.listed(oauth, each)) {
      return CredentialCheck.wrong(
          "the app is installed in %s, which slack.oauth.workspaces does not list: it is not served"
              .formatted(name),
          "add the id, or the organisation's and install the app there again; or let an"
              + " administrator remove the app there");
    }
    try {
      BotTokens.opened(cipher, each.id(), each.sealed());
    } catch (TokenCipher.UnreadableException e) {
      return CredentialCheck.wrong(
          "the tokens of %s cannot be decrypted".formatted(name),
          "set slack.oauth.token_key to the key that it had, after a comma if there is a newer"
              + " one, or install the app there again");
    }
    List<String> missing = Scopes.missing(details.scopes());
    return missing.isEmpty()
        ? CredentialCheck.good("the app is installed in " + name)
        : CredentialCheck.wrong(
            "scopes are missing in %s: %s".formatted(name, String.join("; ", missing)),
            "install the app there again, at " + oauth.installPage());
  }
}
