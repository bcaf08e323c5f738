package dev.reckon.core.files;

import dev.reckon.core.surface.DeliveryException;
import java.io.Serial;
import java.time.Duration;

/** An attached file could not be fetched. The message is for the person and names the file. */
public final class AttachmentException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final boolean passing;
  private final Duration retryAfter;

  AttachmentException(String name, DeliveryException cause) {
    super("%s could not be fetched: %s".formatted(name, cause.getMessage()), cause);
    this.passing = cause.isPassing();
    this.retryAfter = cause.retryAfter();
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
