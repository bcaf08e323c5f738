package dev.reckon.adapters.web;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.reckon.adapters.setup.CredentialCheck;
import dev.reckon.core.store.WebSessions.Identity;
import dev.reckon.core.surface.render.Sanitizer;
import java.io.IOException;
import java.io.Serial;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The authorization code flow of OpenID Connect with one provider. A token counts when it is signed
 * by one of the provider's keys with RS256, and names the provider, this program, the nonce of the
 * request, and a time that has not passed. Safe for use by any number of threads.
 */
final class OpenIdClient {
  private static final int TIMEOUT_MS = 10_000;
  private static final int MOST_BYTES = 100_000;

  /**
   * What providers answer to a code that they did not give: OAuth 2.0's {@code invalid_grant} (RFC
   * 6749, 5.2), and Slack's own {@code invalid_code}.
   */
  private static final Set<String> CODE_REFUSED = Set.of("invalid_grant", "invalid_code");

  /** The same to a client that they do not know. */
  private static final Set<String> CLIENT_REFUSED =
      Set.of("invalid_client", "unauthorized_client", "invalid_client_id", "bad_client_secret");

  /** A token is made for the code that was just given. */
  private static final Duration OLDEST = Duration.ofMinutes(10);

  private final OpenIdProvider provider;
  private final URI callback;
  private final InstantSource clock;
  private final IDTokenValidator validator;

  /** What a sign-in could not be completed for, in words for people. */
  static final class SignInException extends Exception {
    @Serial private static final long serialVersionUID = 1;

    SignInException(String words, Throwable cause) {
      super(words, cause);
    }

    SignInException(String words) {
      super(words);
    }
  }

  /**
   * What ties an answer to the browser that asked.
   *
   * @param state comes back with the code
   * @param nonce comes back in the token
   * @param verifier proves that the code is redeemed by whoever asked for it
   */
  record Ties(String state, String nonce, String verifier) {}

  OpenIdClient(OpenIdProvider provider, URI callback, InstantSource clock) {
    this.provider = provider;
    this.callback = callback;
    this.clock = clock;
    try {
      var keys =
          JWKSourceBuilder.<SecurityContext>create(
                  provider.keys().toURL(),
                  new DefaultResourceRetriever(TIMEOUT_MS, TIMEOUT_MS, MOST_BYTES))
              .retrying(true)
              .build();
      this.validator =
          new IDTokenValidator(
              new Issuer(provider.issuer()),
              new ClientID(provider.clientId()),
              new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys),
              null);
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("the address of the keys is none", e);
    }
  }

  OpenIdProvider provider() {
    return provider;
  }

  /** Where the browser is sent. */
  URI authorization(Ties ties) {
    AuthenticationRequest.Builder request =
        new AuthenticationRequest.Builder(
                ResponseType.CODE,
                new Scope("openid", "profile"),
                new ClientID(provider.clientId()),
                callback)
            .endpointURI(provider.authorization())
            .state(new State(ties.state()))
            .nonce(new Nonce(ties.nonce()));
    if (provider.pkce()) {
      request.codeChallenge(new CodeVerifier(ties.verifier()), CodeChallengeMethod.S256);
    }
    provider.parameters().forEach(request::customParameter);
    return request.build().toURI();
  }

  /**
   * Who signed in.
   *
   * @throws SignInException when the provider does not vouch for anybody of ours
   */
  Identity identity(String code, Ties ties) throws SignInException {
    IDTokenClaimsSet token = verified(tokens(code, ties), ties);
    Optional<Identity> person = provider.people().of(claims(token));
    return person.orElseThrow(
        () ->
            new SignInException("This account belongs to another workspace, or has no identity."));
  }

  /**
   * Checks the client id and secret: the provider is asked to redeem a code that nobody was given,
   * and tells whether the code or the client is what it refuses.
   */
  CredentialCheck check() {
    Ties ties = new Ties("none", "none", new CodeVerifier().getValue());
    try {
      HTTPResponse answer = request("not-a-code", ties).send();
      String error = String.valueOf(answer.getBodyAsJSONObject().get("error"));
      if (CODE_REFUSED.contains(error)) {
        return CredentialCheck.good(
            "%s accepts the client id and secret; people are sent back to %s"
                .formatted(provider.platform(), callback));
      }
      if (CLIENT_REFUSED.contains(error)) {
        return CredentialCheck.wrong(
            "%s refuses the client id or secret (%s)".formatted(provider.platform(), error),
            "Copy both once more into web.%1$s_client_id and web.%1$s_client_secret, from the same app."
                .formatted(provider.name()));
      }
      return CredentialCheck.wrong(
          "%s answers \"%s\" to a trial".formatted(provider.platform(), Sanitizer.oneLine(error)),
          "Check web.%1$s_client_id and web.%1$s_client_secret, and that %2$s is a redirect URL of the app."
              .formatted(provider.name(), callback));
    } catch (IOException | ParseException e) {
      return CredentialCheck.wrong(
          "%s cannot be asked: %s".formatted(provider.platform(), e.getMessage()),
          "Signing in needs %s to be reachable from this machine."
              .formatted(provider.token().getHost()));
    }
  }

  private OIDCTokenResponse tokens(String code, Ties ties) throws SignInException {
    try {
      var answer = OIDCTokenResponseParser.parse(request(code, ties).send());
      if (!answer.indicatesSuccess()) {
        throw new SignInException("The sign-in was not accepted. Start again.");
      }
      return (OIDCTokenResponse) answer.toSuccessResponse();
    } catch (IOException | ParseException e) {
      throw new SignInException(
          "The sign-in could not be checked with %s. Try again in a minute."
              .formatted(provider.platform()),
          e);
    }
  }

  private HTTPRequest request(String code, Ties ties) {
    AuthorizationCodeGrant grant =
        provider.pkce()
            ? new AuthorizationCodeGrant(
                new AuthorizationCode(code), callback, new CodeVerifier(ties.verifier()))
            : new AuthorizationCodeGrant(new AuthorizationCode(code), callback);
    HTTPRequest request =
        new TokenRequest.Builder(provider.token(), authentication(), grant).build().toHTTPRequest();
    request.setConnectTimeout(TIMEOUT_MS);
    request.setReadTimeout(TIMEOUT_MS);
    request.setFollowRedirects(false);
    return request;
  }

  /** Telegram documents HTTP Basic; Slack's own examples send the secret in the body. */
  private ClientAuthentication authentication() {
    ClientID client = new ClientID(provider.clientId());
    Secret secret = new Secret(provider.clientSecret());
    return provider.pkce()
        ? new ClientSecretBasic(client, secret)
        : new ClientSecretPost(client, secret);
  }

  private IDTokenClaimsSet verified(OIDCTokenResponse tokens, Ties ties) throws SignInException {
    try {
      IDTokenClaimsSet claims =
          validator.validate(tokens.getOIDCTokens().getIDToken(), new Nonce(ties.nonce()));
      if (claims.getIssueTime().toInstant().isBefore(clock.instant().minus(OLDEST))) {
        throw new SignInException("The sign-in took too long. Start again.");
      }
      return claims;
    } catch (BadJOSEException | JOSEException e) {
      throw new SignInException("The sign-in could not be verified. Start again.", e);
    }
  }

  private static Map<String, Object> claims(IDTokenClaimsSet token) throws SignInException {
    try {
      return token.toJWTClaimsSet().getClaims();
    } catch (ParseException e) {
      throw new SignInException("The sign-in could not be verified. Start again.", e);
    }
  }
}
