package dev.reckon.core.store;

import java.io.Serial;
import java.util.Objects;

/** The store cannot do what it should. The message says what happened and what to try. */
public final class StoreException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** What is wrong with it. */
  public enum Kind {
    READ_ONLY,
    FULL,
    CORRUPT,
    /** Another program holds it, for longer than we wait. */
    IN_USE,
    /** A newer version of this program wrote it. */
    NEWER,
    CANNOT_OPEN,
    /** Its server does not answer; it may later. */
    UNREACHABLE,
    FAULT
  }

  private final Kind kind;

  public StoreException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public StoreException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  public Kind kind() {
    return kind;
  }
}
