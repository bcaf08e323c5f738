package dev.reckon.adapters.web;

import dev.reckon.core.store.WebSessions.Identity;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A platform that vouches for people by OpenID Connect, and what it needs to be told.
 *
 * @param name in addresses and sessions
 * @param platform what people call it
 * @param title what its button says
 * @param issuer whose tokens are taken
 * @param authorization where people are sent
 * @param token where codes are exchanged
 * @param keys where the keys are that sign tokens
 * @param clientId what the platform calls this program
 * @param clientSecret a secret
 * @param pkce whether the exchange is tied to the request by a code verifier
 * @param people makes a person of a token's claims; empty when the person belongs to no workspace
 *     that Reckon serves
 */
public record OpenIdProvider(
    String name,
    String platform,
    String title,
    String issuer,
    URI authorization,
    URI token,
    URI keys,
    String clientId,
    String clientSecret,
    boolean pkce,
    Map<String, String> parameters,
    People people) {
  private static final Pattern SLACK_ID = Pattern.compile("[A-Z0-9]{2,40}");

  public OpenIdProvider {
    parameters = Map.copyOf(parameters);
    if (clientId.isBlank() || clientSecret.isBlank()) {
      throw new IllegalArgumentException(
          "signing in with %s needs both web.%s_client_id and web.%s_client_secret"
              .formatted(name, name, name));
    }
  }

  /** Who the claims of a verified token are about. */
  @FunctionalInterface
  public interface People {
    Optional<Identity> of(Map<String, Object> claims);
  }

  /**
   * Sign in with Slack, for one workspace.
   *
   * @param team the workspace's id, such as {@code T0123ABCD}
   */
  public static OpenIdProvider slack(String clientId, String clientSecret, String team) {
    if (!SLACK_ID.matcher(team).matches()) {
      throw new IllegalArgumentException(
          "web.slack_team must be the id of your workspace, such as T0123ABCD; anybody with a Slack"
              + " account could sign in otherwise");
    }
    return new OpenIdProvider(
        "slack",
        "Slack",
        "Sign in with Slack",
        "https://slack.com",
        URI.create("https://slack.com/openid/connect/authorize"),
        URI.create("https://slack.com/api/openid.connect.token"),
        URI.create("https://slack.com/openid/connect/keys"),
        clientId,
        clientSecret,
        false,
        Map.of("team", team),
        claims -> slackPerson(claims, team));
  }

  private static Optional<Identity> slackPerson(Map<String, Object> claims, String team) {
    String user = text(claims, "https://slack.com/user_id");
    if (!team.equals(text(claims, "https://slack.com/team_id"))
        || !SLACK_ID.matcher(user).matches()) {
      return Optional.empty();
    }
    String name = text(claims, "name");
    String id = "slack/" + team;
    return Optional.of(
        new Identity(
            id + "/" + user,
            name.isBlank() ? user : name,
            id,
            text(claims, "https://slack.com/team_name"),
            "slack"));
  }

  /** Log In With Telegram. A person's team is their private chat, as when they write to the bot. */
  public static OpenIdProvider telegram(String clientId, String clientSecret) {
    return new OpenIdProvider(
        "telegram",
        "Telegram",
        "Log In With Telegram",
        "https://oauth.telegram.org",
        URI.create("https://oauth.telegram.org/auth"),
        URI.create("https://oauth.telegram.org/token"),
        URI.create("https://oauth.telegram.org/.well-known/jwks.json"),
        clientId,
        clientSecret,
        true,
        Map.of(),
        OpenIdProvider::telegramPerson);
  }

  /** The subject is opaque; the id that the Bot API uses is a claim of its own. */
  private static Optional<Identity> telegramPerson(Map<String, Object> claims) {
    if (!(claims.get("id") instanceof Long id) || id <= 0) {
      return Optional.empty();
    }
    String name = text(claims, "name");
    String person = "telegram/" + id;
    return Optional.of(
        new Identity(person, name.isBlank() ? "somebody" : name, person, "", "telegram"));
  }

  private static String text(Map<String, Object> claims, String name) {
    return claims.get(name) instanceof String text ? text : "";
  }

  /** The same at other addresses, for servers that stand in for the platform's. */
  OpenIdProvider at(String issuing, URI authorize, URI exchange, URI jwks) {
    return new OpenIdProvider(
        name,
        platform,
        title,
        issuing,
        authorize,
        exchange,
        jwks,
        clientId,
        clientSecret,
        pkce,
        parameters,
        people);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "OpenIdProvider[" + name + ", issuer=" + issuer + "]";
  }
}
