package dev.reckon.adapters.slack;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How workspaces install the app themselves: the {@code slack.oauth.*} keys of the configuration.
 *
 * @param clientId {@code slack.oauth.client_id}, of the app's page "Basic Information"
 * @param clientSecret {@code slack.oauth.client_secret}, from there, too
 * @param tokenKeys {@code slack.oauth.token_key}: tokens are encrypted under the first, and
 *     decrypted under any
 * @param publicUrl {@code http.public_url}, to which Slack sends people back
 * @param workspaces {@code slack.oauth.workspaces}: the ids of workspaces and organisations that
 *     may install it; {@link #ANY} for all
 * @param patience {@code slack.oauth.install_minutes}: how long an installation may take
 */
public record SlackOAuth(
    String clientId,
    String clientSecret,
    List<String> tokenKeys,
    URI publicUrl,
    Set<String> workspaces,
    Duration patience) {
  /** Lets every workspace install it. */
  public static final String ANY = "*";

  /** Where people install it. */
  static final String INSTALL_PATH = "/slack/install";

  /** Where Slack sends them back. */
  static final String CALLBACK_PATH = "/slack/install/callback";

  private static final Pattern CLIENT_ID = Pattern.compile("[0-9]+\\.[0-9]+");
  private static final Pattern WORKSPACE = Pattern.compile("[TE][A-Z0-9]+|\\*");

  public SlackOAuth {
    tokenKeys = List.copyOf(tokenKeys);
    workspaces = Set.copyOf(workspaces);
    if (!CLIENT_ID.matcher(clientId).matches()) {
      throw new IllegalArgumentException(
          "slack.oauth.client_id must be two numbers with a dot between them; copy the Client ID"
              + " from the app's page \"Basic Information\"");
    }
    if (clientSecret.isBlank()) {
      throw new IllegalArgumentException(
          "slack.oauth.client_secret is empty; copy the Client Secret from the app's page \"Basic"
              + " Information\"");
    }
    for (String id : workspaces) {
      if (!WORKSPACE.matcher(id).matches()) {
        throw new IllegalArgumentException(
            "slack.oauth.workspaces lists ids such as \"T0123ABCD\" or \"E0123ABCD\", or \"*\" for"
                + " all; \""
                + id
                + "\" is not one");
      }
    }
    TokenCipher.check(tokenKeys);
  }

  /** Where Slack sends people back. */
  URI callback() {
    return publicUrl.resolve(CALLBACK_PATH);
  }

  /** Where people install the app. */
  URI installPage() {
    return publicUrl.resolve(INSTALL_PATH);
  }

  /** Whether that workspace or organisation may install it. */
  boolean allows(String id) {
    return workspaces.contains(ANY) || workspaces.contains(id);
  }

  /**
   * Whether an installation is listed, by its own id or by that of the organisation it is in.
   *
   * @param organisation its id, or empty
   */
  boolean allows(String id, String organisation) {
    return allows(id) || allows(organisation);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "SlackOAuth[clientId=" + clientId + ", publicUrl=" + publicUrl + "]";
  }
}
