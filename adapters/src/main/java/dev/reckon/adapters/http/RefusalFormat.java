package dev.reckon.adapters.http;

import java.util.Map;

/**
 * How an address answers what it refuses before its handler is asked. Called by any number of
 * threads at once; must not block.
 */
@FunctionalInterface
public interface RefusalFormat {
  /** The reason alone. */
  RefusalFormat TEXT =
      (status, reason) -> new Refusal(Map.of("Content-Type", "text/plain"), reason);

  /**
   * What is answered.
   *
   * @param headers by name, with the content type
   */
  record Refusal(Map<String, String> headers, String body) {
    public Refusal {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * The answer to a refused request.
   *
   * @param status 401 or 413
   * @param reason in words
   */
  Refusal of(int status, String reason);
}
