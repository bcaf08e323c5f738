package dev.reckon.adapters.slack;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.slack.api.methods.response.oauth.OAuthV2AccessResponse;
import java.time.Instant;
import java.util.Objects;

/**
 * An access token, and what gives the next one where tokens expire.
 *
 * @param refresh works once; empty where the app's tokens do not expire
 * @param expires in milliseconds since 1970; 0 for never
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record BotTokens(
    @JsonProperty("access") String access,
    @JsonProperty("refresh") String refresh,
    @JsonProperty("expires") long expires) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What Slack answers to a code or to a refresh token. */
  static BotTokens of(OAuthV2AccessResponse answer, Instant now) {
    Integer seconds = answer.getExpiresIn();
    return new BotTokens(
        answer.getAccessToken(),
        Objects.requireNonNullElse(answer.getRefreshToken(), ""),
        seconds == null ? 0 : now.plusSeconds(seconds).toEpochMilli());
  }

  /** Whether they expire before that time, and others can be had. */
  boolean expireBefore(Instant time) {
    return !refresh.isEmpty() && expires > 0 && expires < time.toEpochMilli();
  }

  String sealed(TokenCipher cipher, String installation) {
    try {
      return cipher.encrypt(installation, JSON.writeValueAsString(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("tokens could not be written", e);
    }
  }

  static BotTokens opened(TokenCipher cipher, String installation, String sealed)
      throws TokenCipher.UnreadableException {
    try {
      return JSON.readValue(cipher.decrypt(installation, sealed), BotTokens.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored tokens cannot be read", e);
    }
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "BotTokens[expires=" + expires + "]";
  }
}
