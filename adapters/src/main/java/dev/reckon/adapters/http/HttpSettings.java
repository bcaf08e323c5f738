package dev.reckon.adapters.http;

/**
 * Where the server listens, and what callers may take of it.
 *
 * @param host the address to bind, such as {@code 127.0.0.1} behind a proxy or {@code 0.0.0.0}
 * @param port 0 to 65535; 0 takes a free one
 */
public record HttpSettings(String host, int port, HttpBounds bounds) {
  public HttpSettings {
    if (host.isBlank()) {
      throw new IllegalArgumentException("http.host must not be empty");
    }
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("http.port must be between 0 and 65535, not " + port);
    }
  }

  /** A server with the default bounds. */
  public HttpSettings(String host, int port) {
    this(host, port, HttpBounds.DEFAULT);
  }
}
