package dev.reckon.adapters.http;

import java.util.Optional;
import java.util.function.Function;

/**
 * Decides by a request's headers alone whether its body is worth receiving. Called by any number of
 * threads at once; must not block.
 */
@FunctionalInterface
public interface HeaderCheck {
  /** Receives every body. */
  HeaderCheck NONE = headers -> Optional.empty();

  /**
   * Returns why the request is refused with status 401, or empty.
   *
   * @param headers a header's value by its name, in any case
   */
  Optional<String> refusal(Function<String, Optional<String>> headers);
}
