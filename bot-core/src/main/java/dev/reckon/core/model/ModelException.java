package dev.reckon.core.model;

import java.io.Serial;

/** No usable reply came. The message says what happened and what to try, and holds no secret. */
public final class ModelException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  /** Why. */
  public enum Kind {
    NOT_CONFIGURED,
    WRONG_KEY,
    UNREACHABLE,
    UNKNOWN_MODEL,
    RATE_LIMITED,
    SERVER_ERROR,
    TIMEOUT,
    EMPTY_REPLY,
    REFUSED
  }

  private final Kind kind;

  public ModelException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
