package dev.reckon.core.command;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Language;
import java.util.Optional;

/**
 * How long a request may be, on every surface: the key {@code turn.max_request_chars}.
 *
 * @param characters at most
 */
public record RequestLimit(int characters) {
  public static final RequestLimit DEFAULT = new RequestLimit(20_000);

  /** The same in English, for the terminal. */
  public Optional<String> refusal(String text) {
    return refusal(text, Language.ENGLISH);
  }

  /** Why a text is too long and what to do, or empty when it fits. */
  public Optional<String> refusal(String text, Language language) {
    return text.length() <= characters
        ? Optional.empty()
        : Optional.of(Label.REQUEST_TOO_LONG.in(language, text.length(), characters));
  }
}
