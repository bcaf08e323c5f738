package dev.reckon.adapters.tools;

import dev.reckon.adapters.http.HeaderCheck;
import dev.reckon.adapters.http.RefusalFormat;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lets in callers with the token, before a body is received. Pages of browsers are refused, since
 * no agent and no script is one.
 */
public final class BearerCheck implements HeaderCheck {
  private static final String BEARER = "Bearer ";

  private final byte[] token;

  /**
   * A check.
   *
   * @param token what a caller must send, 32 characters or more
   */
  public BearerCheck(String token) {
    if (token.length() < 32) {
      throw new IllegalArgumentException("a token needs 32 characters or more");
    }
    this.token = token.getBytes(StandardCharsets.UTF_8);
  }

  /** A format in which a refused caller is told that a bearer token is needed. */
  public static RefusalFormat refusals(RefusalFormat format) {
    return (status, reason) -> {
      RefusalFormat.Refusal refusal = format.of(status, reason);
      if (status != 401) {
        return refusal;
      }
      Map<String, String> headers = new HashMap<>(refusal.headers());
      headers.put("WWW-Authenticate", "Bearer");
      return new RefusalFormat.Refusal(headers, refusal.body());
    };
  }

  @Override
  public Optional<String> refusal(Function<String, Optional<String>> headers) {
    if (headers.apply("Origin").isPresent()) {
      return Optional.of("not for browsers");
    }
    boolean known =
        headers
            .apply("Authorization")
            .filter(value -> value.startsWith(BEARER))
            .map(value -> value.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8))
            .filter(given -> MessageDigest.isEqual(given, token))
            .isPresent();
    return known ? Optional.empty() : Optional.of("a bearer token is needed");
  }
}
