package dev.reckon.adapters.slack;

import dev.reckon.adapters.setup.CredentialCheck;
import dev.reckon.adapters.setup.Dialogue;
import dev.reckon.adapters.setup.Guide;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The set-up of Slack in Socket Mode, from the app's manifest to a test message.
 *
 * @param manifest the text of {@code config/slack-manifest.yml}
 * @param botToken the one that is set already, or empty
 * @param appToken likewise
 * @param apiUrl {@code slack.api_url}
 */
public record SlackGuide(String manifest, String botToken, String appToken, URI apiUrl)
    implements Guide {
  private static final String NEW_APP = "https://api.slack.com/apps?new_app=1&manifest_yaml=";
  private static final String TEST = "Reckon is set up. Ask me something: `average of 3, 5 and 8`.";
  private static final int TRIES = 3;

  @Override
  public boolean walk(Dialogue with) throws IOException {
    with.step("Open this link: it makes the app from its manifest.");
    with.say(link());
    with.say("Pick the workspace, press Next, then Create.");
    with.step(
        "On the page Basic Information, under App-Level Tokens, press Generate Token and Scopes.");
    with.say("Add the scope connections:write, press Generate, and copy the token.");
    Optional<String> app = token(with, "App token", "xapp-", appToken);
    if (app.isEmpty()) {
      return false;
    }
    with.step("On the page Install App, press Install to Workspace, then Allow.");
    with.say("Copy the Bot User OAuth Token.");
    Optional<String> bot = token(with, "Bot token", "xoxb-", botToken);
    if (bot.isEmpty()) {
      return false;
    }
    SlackSettings settings =
        new SlackSettings(SlackSettings.Mode.SOCKET, bot.get(), app.get(), "", apiUrl);
    with.step("Asking Slack about both.");
    boolean good = true;
    for (CredentialCheck check : SlackCheck.of(settings)) {
      good &= check.good();
      check.tell(with);
    }
    if (!good) {
      with.say("Fix that, and run this again.");
      return false;
    }
    with.step("A test message.");
    good = sent(with, settings);
    with.step("Keep both tokens where Reckon starts, and switch Slack on.");
    with.say(
        """
        In the environment of `reckon start` (they are not written down here):
          SLACK_APP_TOKEN    the one that begins with xapp-
          SLACK_BOT_TOKEN    the one that begins with xoxb-
        In config/reckon.toml:
          [slack]
          enabled = true
        Then: ./reckon doctor, and ./reckon start
        """);
    return good;
  }

  /** The link that Slack fills its form from; comments are left out to keep it short. */
  String link() {
    String bare =
        manifest
            .lines()
            .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
            .collect(Collectors.joining("\n", "", "\n"));
    return NEW_APP + URLEncoder.encode(bare, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Optional<String> token(Dialogue with, String name, String prefix, String known)
      throws IOException {
    String usual = known.isBlank() ? "" : ", Enter for the one that is set";
    for (int i = 0; i < TRIES; i++) {
      String typed = with.askSecret(name + " (" + prefix + "…" + usual + ")");
      String token = typed.isEmpty() ? known : typed;
      if (token.startsWith(prefix)) {
        return Optional.of(token);
      }
      with.wrong("That does not begin with " + prefix + ".", "Copy it once more, whole.");
    }
    return Optional.empty();
  }

  private static boolean sent(Dialogue with, SlackSettings settings) throws IOException {
    String channel =
        with.ask(
            "A channel that the app was invited to, or your member ID (profile, ⋮, Copy member ID);"
                + " Enter to leave it out");
    if (channel.isEmpty()) {
      return true;
    }
    try (SlackApi api = new SlackApi(settings)) {
      api.post(channel, "", BlockMessage.plain(TEST));
      with.good("Slack took it; look there.");
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
