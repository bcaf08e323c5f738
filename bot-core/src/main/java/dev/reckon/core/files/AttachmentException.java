package dev.reckon.core.files;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Language;
import dev.reckon.core.surface.DeliveryException;
import java.io.Serial;
import java.time.Duration;
import java.util.Objects;

/** An attached file could not be fetched. The message names the file and the reason. */
public final class AttachmentException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final String name;
  private final boolean passing;
  private final Duration retryAfter;

  AttachmentException(String name, DeliveryException cause) {
    super("%s could not be fetched: %s".formatted(name, cause.getMessage()), cause);
    this.name = name;
    this.passing = cause.isPassing();
    this.retryAfter = cause.retryAfter();
  }

  /** What to tell the person whose request it came with: nothing was computed without it. */
  public String sentence(Language language) {
    Throwable cause = Objects.requireNonNull(getCause());
    return Label.ATTACHED_NOT_FETCHED.in(language, name, String.valueOf(cause.getMessage()));
  }

  /** Whether it may work later. */
  public boolean isPassing() {
    return passing;
  }

  /** The pause that the platform asks for; zero when it names none. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
