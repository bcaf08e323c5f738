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
 * @param bodyBytes the longest body in place of that of the server's bounds; 0 for theirs
 * @param refusals how it answers what the check refuses, and bodies that are too long
 */
public record Endpoint(
    Method method,
    String path,
    HeaderCheck check,
    Handler handler,
    int bodyBytes,
    RefusalFormat refusals) {
  /** The methods that endpoints of this program use. */
  public enum Method {
    GET,
    POST
  }

  public Endpoint {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("an endpoint's path starts with a slash: " + path);
    }
    if (bodyBytes < 0) {
      throw new IllegalArgumentException("the longest body of " + path + " must not be negative");
    }
  }

  /** The longest body, within those bounds where the address has none of its own. */
  int bodyBytes(HttpBounds bounds) {
    return bodyBytes == 0 ? bounds.bodyBytes() : bodyBytes;
  }

  /** An address that refuses in plain words. */
  public Endpoint(Method method, String path, HeaderCheck check, Handler handler, int bodyBytes) {
    this(method, path, check, handler, bodyBytes, RefusalFormat.TEXT);
  }

  /** An address whose bodies are as long as the server allows. */
  public Endpoint(Method method, String path, HeaderCheck check, Handler handler) {
    this(method, path, check, handler, 0);
  }

  /** An address that takes requests with any headers. */
  public Endpoint(Method method, String path, Handler handler) {
    this(method, path, HeaderCheck.NONE, handler);
  }
}
