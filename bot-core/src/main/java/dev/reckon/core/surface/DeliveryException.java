package dev.reckon.core.surface;

import dev.reckon.core.loop.RetryAfter;
import java.io.Serial;
import java.time.Duration;

/** Why a platform did not take a message, as far as it decides what to do next. */
public final class DeliveryException extends Exception implements RetryAfter {
  @Serial private static final long serialVersionUID = 1;

  /** What to do about it. */
  public enum Kind {
    /** Try again after {@link #retryAfter()}. */
    RATE_LIMITED,
    /** Try again with back-off: 5xx, network loss. */
    TRANSIENT,
    /** The message to edit is gone: post a new one. */
    MESSAGE_GONE,
    /** Nobody can be reached there any more: give up quietly. */
    PLACE_GONE,
    /**
     * The platform takes nothing from us: token revoked, scope missing. The message names what to
     * do.
     */
    FORBIDDEN,
    /** The platform finds the content malformed or too large: send it plainer. */
    REFUSED
  }

  private final Kind kind;
  private final Duration retryAfter;

  /** A failure of that kind, with words for the log and for {@code doctor}. */
  public DeliveryException(Kind kind, String message) {
    this(kind, message, Duration.ZERO);
  }

  /** A failure after which the platform asks for a pause. */
  public DeliveryException(Kind kind, String message, Duration retryAfter) {
    super(message);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether the same may work later. */
  public boolean isPassing() {
    return kind == Kind.RATE_LIMITED || kind == Kind.TRANSIENT;
  }

  /** The pause that the platform asks for; zero when it names none. */
  @Override
  public Duration retryAfter() {
    return retryAfter;
  }
}
