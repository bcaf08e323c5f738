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

  /** Why a text is too long and what to do, in English as the terminal speaks; empty if it fits. */
  public Optional<String> refusal(String text) {
    return refusal(text, Language.ENGLISH);
  }

  /** The same in that language. */
  public Optional<String> refusal(String text, Language language) {
    return text.length() <= characters
        ? Optional.empty()
        : Optional.of(Label.REQUEST_TOO_LONG.in(language, text.length(), characters));
  }
}
