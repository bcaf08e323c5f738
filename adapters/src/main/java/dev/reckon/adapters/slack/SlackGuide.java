package dev.reckon.adapters.slack;

import dev.reckon.adapters.setup.CredentialCheck;
import dev.reckon.adapters.setup.Dialogue;
import dev.reckon.adapters.setup.Guide;
import dev.reckon.adapters.setup.SetupFiles;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The set-up of Slack in Socket Mode, from the app's manifest to a test message.
 *
 * @param manifest the text of {@code config/slack-manifest.yml}
 * @param botToken the one that is set already, or empty
 * @param appToken likewise
 * @param apiUrl {@code slack.api_url}
 * @param pages where the pages of answers are, if people reach them
 */
public record SlackGuide(
    String manifest, String botToken, String appToken, URI apiUrl, Optional<URI> pages)
    implements Guide {
  private static final String NEW_APP = "https://api.slack.com/apps?new_app=1";
  private static final String TEST = "Reckon is set up. Ask me something: `average of 3, 5 and 8`.";

  /** The lines of the manifest that are needed for previews of links only. */
  private static final Pattern FOR_PREVIEWS =
      Pattern.compile(
          "(?m)^( *)# (unfurl_domains:|  - reckon\\.example\\.org|- links:read|- links:write|-"
              + " link_shared)$");

  private static final String SKIP = "-";
  private static final int TRIES = 3;

  @Override
  public boolean walk(Dialogue with, SetupFiles files) throws IOException {
    with.step("Create the app: open this link.");
    with.link(NEW_APP, link());
    with.say(
        "Choose \"From a manifest\", pick the workspace, and paste the text of"
            + " config/slack-manifest.yml. Where your terminal opens links itself, Ctrl-click this"
            + " one: the manifest is filled in already. Press Next, then Create.");
    pages.ifPresent(
        url ->
            with.say(
                "Where you paste it: for previews of links to answers, take the comment signs off"
                    + " the lines that it marks, and put in %s as the domain."
                        .formatted(url.getHost())));
    with.step(
        "On the page Basic Information, under App-Level Tokens, press Generate Token and Scopes.");
    with.say("Add the scope connections:write, press Generate, and copy the token.");
    Optional<String> app = token(with, "App token", "xapp-", appToken);
    with.step("On the page Install App, press Install to Workspace, then Allow.");
    with.say("Copy the Bot User OAuth Token.");
    Optional<String> bot = token(with, "Bot token", "xoxb-", botToken);
    if (app.isEmpty() || bot.isEmpty()) {
      app.ifPresent(token -> files.secret(with, "SLACK_APP_TOKEN", token, appToken));
      bot.ifPresent(token -> files.secret(with, "SLACK_BOT_TOKEN", token, botToken));
      with.wrong(
          "Slack needs both tokens, and is not enabled without them.",
          "Run this again when you have them; Enter then keeps the stored value.");
      return false;
    }
    SlackSettings settings =
        new SlackSettings(SlackSettings.Mode.SOCKET, bot.get(), app.get(), "", apiUrl);
    with.step("Checking both with Slack.");
    boolean good = true;
    for (CredentialCheck check : SlackCheck.of(settings)) {
      good &= check.good();
      check.tell(with);
    }
    if (!good) {
      with.say("Nothing was changed. Fix that, and run this again.");
      return false;
    }
    with.step("Storing both tokens, and enabling Slack.");
    files.secret(with, "SLACK_APP_TOKEN", app.get(), appToken);
    files.secret(with, "SLACK_BOT_TOKEN", bot.get(), botToken);
    files.set(with, "slack.mode", "\"socket\"");
    files.set(with, "slack.enabled", "true");
    with.step("A test message, and an administrator.");
    return test(with, files, settings);
  }

  /** The link that Slack fills its form from; comments are left out to keep it short. */
  URI link() {
    String bare =
        pages
            .map(url -> withPreviews(url.getHost()))
            .orElse(manifest)
            .lines()
            .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
            .collect(Collectors.joining("\n", "", "\n"));
    return URI.create(
        NEW_APP
            + "&manifest_yaml="
            + URLEncoder.encode(bare, StandardCharsets.UTF_8).replace("+", "%20"));
  }

  /** The manifest with what previews of links to that host need. */
  String withPreviews(String host) {
    return FOR_PREVIEWS
        .matcher(manifest)
        .replaceAll("$1$2")
        .replace("- reckon.example.org", "- " + host);
  }

  private static Optional<String> token(Dialogue with, String name, String prefix, String known)
      throws IOException {
    String otherwise = known.isBlank() ? "- for later" : "Enter for the one that is set";
    for (int i = 0; i < TRIES; i++) {
      String typed = with.askSecret(name + " (" + prefix + "…, " + otherwise + ")");
      if (typed.equals(SKIP)) {
        return Optional.empty();
      }
      String token = typed.isEmpty() ? known : typed;
      if (token.startsWith(prefix) && token.chars().noneMatch(Character::isISOControl)) {
        return Optional.of(token);
      }
      with.wrong("That does not begin with " + prefix + ".", "Copy it again, completely.");
    }
    return Optional.empty();
  }

  private static boolean test(Dialogue with, SetupFiles files, SlackSettings settings)
      throws IOException {
    with.say(
        "Your member ID (your profile, ⋮, Copy member ID) makes you Reckon's administrator. The ID"
            + " of a channel that the app was invited to gets the message alone.");
    String to = with.ask("ID, or Enter to skip");
    if (to.isEmpty() || to.equals(SKIP)) {
      return true;
    }
    try (SlackApi api = new SlackApi(settings)) {
      api.post(to, "", BlockMessage.plain(TEST));
      with.good("Slack accepted the message; look there.");
      if (to.startsWith("U") || to.startsWith("W")) {
        SlackWorkspace workspace = SlackApi.workspace(api.authenticate());
        files.add(with, "policy.administrators", workspace.person(to));
      }
      return true;
    } catch (SlackFailure e) {
      with.wrong(
          String.valueOf(e.getMessage()),
          "Invite the app there first: /invite @Reckon. IDs begin with C, G or U.");
      return false;
    }
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "SlackGuide[apiUrl=" + apiUrl + "]";
  }
}
