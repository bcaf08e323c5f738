package dev.reckon.adapters.http;

import io.javalin.http.Handler;

/**
 * One address of the server.
 *
 * @param method what it answers to
 * @param path absolute, such as {@code /slack/events}
 * @param check refuses requests before their body is received
 * @param handler answers requests; called by any number of threads at once. What it throws becomes
 *     a plain 500 and a log line.
 */
public record Endpoint(Method method, String path, HeaderCheck check, Handler handler) {
  /** The methods that endpoints of this program use. */
  public enum Method {
    GET,
    POST
  }

  public Endpoint {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("an endpoint's path starts with a slash: " + path);
    }
  }

  /** An address that takes requests with any headers. */
  public Endpoint(Method method, String path, Handler handler) {
    this(method, path, HeaderCheck.NONE, handler);
  }
}
