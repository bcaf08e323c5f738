package dev.reckon.adapters.slack;

import com.slack.api.Slack;
import com.slack.api.methods.request.oauth.OAuthV2AccessRequest.OAuthV2AccessRequestBuilder;
import com.slack.api.methods.response.oauth.OAuthV2AccessResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** Slack's OAuth, version 2: permission for a code, the code for tokens, a token for the next. */
record OAuthClient(Slack slack, SlackSettings settings, SlackOAuth oauth) {
  /** Where Slack asks whether the app may be installed. */
  URI permission(String state) {
    return URI.create(
        settings.apiUrl().resolve("/oauth/v2/authorize")
            + "?client_id="
            + encoded(oauth.clientId())
            + "&scope="
            + encoded(Scopes.asked(settings.pages().isPresent()))
            + "&redirect_uri="
            + encoded(oauth.callback().toString())
            + "&state="
            + encoded(state));
  }

  /** The tokens for a code, which works once. */
  OAuthV2AccessResponse redeem(String code) throws SlackFailure {
    return tokens(r -> r.code(code).redirectUri(oauth.callback().toString()));
  }

  /** The next tokens for a refresh token, which works once. */
  OAuthV2AccessResponse refresh(String token) throws SlackFailure {
    return tokens(r -> r.grantType("refresh_token").refreshToken(token));
  }

  private OAuthV2AccessResponse tokens(UnaryOperator<OAuthV2AccessRequestBuilder> grant)
      throws SlackFailure {
    return SlackApi.perform(
        "oauth.v2.access",
        slack.methods(),
        m ->
            m.oauthV2Access(
                r -> grant.apply(r.clientId(oauth.clientId()).clientSecret(oauth.clientSecret()))));
  }

  /** Removes an installation. */
  void uninstall(String token) throws SlackFailure {
    SlackApi.perform(
        "apps.uninstall",
        slack.methods(token),
        m -> m.appsUninstall(r -> r.clientId(oauth.clientId()).clientSecret(oauth.clientSecret())));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
