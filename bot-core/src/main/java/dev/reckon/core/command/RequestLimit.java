package dev.reckon.core.command;

import java.util.Optional;

/**
 * How long a request may be, on every surface: the key {@code turn.max_request_chars}.
 *
 * @param characters at most
 */
public record RequestLimit(int characters) {
  public static final RequestLimit DEFAULT = new RequestLimit(20_000);

  /** Why a text is too long and what to do, or empty when it fits. */
  public Optional<String> refusal(String text) {
    return text.length() <= characters
        ? Optional.empty()
        : Optional.of(
            "This has %,d characters, and a request may have %,d (turn.max_request_chars). Put the data into a file and attach it."
                .formatted(text.length(), characters));
  }
}
