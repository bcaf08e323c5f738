package dev.reckon.adapters.mcp;

import dev.reckon.adapters.http.Endpoint;
import dev.reckon.adapters.http.HeaderCheck;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Carries messages over HTTP: one in the body of a POST, its answer in the response. The bearer's
 * token is checked before a body is received. Pages of browsers are refused, since no agent is one.
 */
public final class HttpTools {
  /** Where agents find it. */
  public static final String PATH = "/mcp";

  private static final String BEARER = "Bearer ";

  private final ToolServer server;
  private final byte[] token;

  /**
   * Over HTTP.
   *
   * @param token what a caller must bear
   */
  public HttpTools(ToolServer server, String token) {
    if (token.length() < 32) {
      throw new IllegalArgumentException("a token needs 32 characters or more");
    }
    this.server = server;
    this.token = token.getBytes(StandardCharsets.UTF_8);
  }

  /** What the HTTP server is to serve. */
  public List<Endpoint> endpoints() {
    HeaderCheck check = this::refusal;
    return List.of(
        new Endpoint(Endpoint.Method.POST, PATH, check, this::post),
        new Endpoint(
            Endpoint.Method.GET,
            PATH,
            context -> context.status(405).header("Allow", "POST").result("no stream here")));
  }

  private Optional<String> refusal(Function<String, Optional<String>> headers) {
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

  private void post(Context context) {
    Optional<String> refusal = refusal(name -> Optional.ofNullable(context.header(name)));
    if (refusal.isPresent()) {
      context.status(401).header("WWW-Authenticate", "Bearer").result(refusal.get());
      return;
    }
    Optional<String> answer = server.answer(context.body());
    if (answer.isPresent()) {
      context.contentType("application/json").result(answer.get());
    } else {
      context.status(202);
    }
  }
}
