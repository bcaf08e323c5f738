package dev.reckon.app;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.adapters.http.HttpBounds;
import dev.reckon.adapters.http.HttpSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * The HTTP server: the keys {@code http.*}.
 *
 * @param host the address to listen at
 * @param port 0 for no server, unless a surface needs one
 * @param metrics whether it serves {@code /metrics}
 * @param bounds what callers may take of it
 */
record HttpServerSettings(String host, int port, boolean metrics, HttpBounds bounds) {
  /** Where a surface that needs a server finds it when no port was chosen. */
  private static final int USUAL_PORT = 8080;

  static HttpServerSettings from(Configuration configuration) {
    return new HttpServerSettings(
        configuration.text("http.host", "127.0.0.1"),
        configuration.number("http.port", 0, 0, 65_535),
        configuration.flag("http.metrics", true),
        new HttpBounds(
            configuration.number("http.connections", HttpBounds.DEFAULT.connections(), 8, 65_536),
            configuration.number("http.bodies_at_once", HttpBounds.DEFAULT.bodies(), 1, 4_096),
            1024
                * configuration.number(
                    "http.body_kib", HttpBounds.DEFAULT.bodyBytes() / 1024, 64, 16_384),
            Duration.ofSeconds(
                configuration.number(
                    "http.body_seconds",
                    Math.toIntExact(HttpBounds.DEFAULT.bodyTime().toSeconds()),
                    1,
                    300))));
  }

  /**
   * Where to listen, or empty when nobody wants a server.
   *
   * @param needed whether a surface is reached over HTTP
   */
  Optional<HttpSettings> settings(boolean needed) {
    return port == 0 && !needed
        ? Optional.empty()
        : Optional.of(new HttpSettings(host, port == 0 ? USUAL_PORT : port, bounds));
  }
}
