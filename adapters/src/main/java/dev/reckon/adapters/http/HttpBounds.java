package dev.reckon.adapters.http;

import java.time.Duration;

/**
 * Limits on what callers may use of the server.
 *
 * @param connections open at once; one more closes the one that has been open the longest
 * @param bodies request bodies that are received at once; one more cuts off the one that has been
 *     on its way the longest
 * @param bodyBytes the longest request body; a longer one is refused before or while it is received
 * @param bodyTime how long a whole body may take to arrive; a slower one is cut off
 */
public record HttpBounds(int connections, int bodies, int bodyBytes, Duration bodyTime) {
  /** What the program uses unless it is configured. */
  public static final HttpBounds DEFAULT =
      new HttpBounds(512, 64, 1024 * 1024, Duration.ofSeconds(10));

  public HttpBounds {
    if (connections < 1 || bodies < 1 || bodyBytes < 1 || !bodyTime.isPositive()) {
      throw new IllegalArgumentException("bounds of the HTTP server must be positive");
    }
  }
}
