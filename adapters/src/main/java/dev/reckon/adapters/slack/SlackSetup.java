package dev.reckon.adapters.slack;

import dev.reckon.adapters.setup.Dialogue;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Guides through setting up the Slack app: what to click, what was copied, whether it works. */
public final class SlackSetup {
  private static final int TRIES = 3;

  private final String manifest;
  private final URI apiUrl;
  private final Dialogue dialogue;

  /**
   * A guide.
   *
   * @param manifest the text of {@code config/slack-manifest.yml}
   */
  public SlackSetup(String manifest, URI apiUrl, Dialogue dialogue) {
    this.manifest = manifest;
    this.apiUrl = apiUrl;
    this.dialogue = dialogue;
  }

  /** Runs to its end; whether the set-up works. Tokens are neither kept nor shown. */
  public boolean run() {
    dialogue.say(
        """
        Setting up Slack takes about ten minutes. Reckon needs no public address for it.

        1. Create the app: open this link, pick your workspace, press Next, then Create.
           %s

        2. On the app's page "Basic Information", under "App-Level Tokens", press "Generate Token and
           Scopes", add the scope connections:write, press "Generate", and copy the token.
        """
            .formatted(link()));
    String app = token("The app token (xapp-...): ", "xapp-");
    if (app.isEmpty()) {
      return false;
    }
    dialogue.say(
        """

        3. On the page "Install App" press "Install to Workspace", then "Allow", and copy the
           "Bot User OAuth Token".
        """);
    String bot = token("The bot token (xoxb-...): ", "xoxb-");
    return !bot.isEmpty()
        && check(new SlackSettings(SlackSettings.Mode.SOCKET, bot, app, "", apiUrl));
  }

  private boolean check(SlackSettings settings) {
    dialogue.say("\nAsking Slack...");
    boolean good = true;
    for (SlackCheck check : SlackCheck.of(settings)) {
      dialogue.say((check.good() ? "  good: " : "  WRONG: ") + check.words());
      if (!check.good()) {
        dialogue.say("         " + check.remedy());
        good = false;
      }
    }
    if (good) {
      good = testMessage(settings);
    }
    dialogue.say(good ? DONE : "\nMend what is wrong and run \"reckon setup slack\" once more.");
    return good;
  }

  /** In a channel that the bot is in, or to a person by their member id. */
  private boolean testMessage(SlackSettings settings) {
    String to =
        dialogue
            .ask(
                "\n4. Where may a test message go? A channel id (C..., the bot must be in it), your"
                    + " member id (U..., in your profile under \"Copy member ID\"), or nothing: ")
            .strip();
    if (to.isEmpty()) {
      return true;
    }
    try (SlackApi api = new SlackApi(settings)) {
      String channel = to.startsWith("U") || to.startsWith("W") ? api.direct(to) : to;
      api.post(
          channel,
          "",
          BlockMessage.plain("Reckon is set up. Ask it something: average of 3, 5 and 8"));
      dialogue.say("  good: the message is there");
      return true;
    } catch (SlackFailure | IOException e) {
      dialogue.say("  WRONG: " + e.getMessage());
      return false;
    }
  }

  private String token(String question, String prefix) {
    for (int i = 0; i < TRIES; i++) {
      String token = dialogue.askSecret(question).strip();
      if (token.startsWith(prefix) && token.length() > prefix.length()) {
        return token;
      }
      dialogue.say(
          "  That does not begin with %s: it is another kind of token, or not all of it."
              .formatted(prefix));
    }
    dialogue.say("\nNothing was changed. docs/slack.md shows where each token is found.");
    return "";
  }

  /** Slack fills in a manifest that a link carries; without its comments the link is short. */
  String link() {
    String bare =
        manifest
            .lines()
            .filter(line -> !line.strip().startsWith("#") && !line.isBlank())
            .collect(Collectors.joining("\n"));
    return "https://api.slack.com/apps?new_app=1&manifest_yaml="
        + URLEncoder.encode(bare, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static final String DONE =
      """

      It works. Put the tokens where "reckon start" finds them:

        export SLACK_BOT_TOKEN=xoxb-...
        export SLACK_APP_TOKEN=xapp-...

      and this into config/reckon.toml:

        [slack]
        mode = "socket"
        bot_token = "${SLACK_BOT_TOKEN}"
        app_token = "${SLACK_APP_TOKEN}"

      Then "reckon start". Invite the bot to a channel with /invite @Reckon.
      """;
}
