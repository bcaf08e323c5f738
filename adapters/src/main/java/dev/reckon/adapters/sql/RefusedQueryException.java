package dev.reckon.adapters.sql;

import java.io.Serial;

/** A query that may not run; the message is for the model and the person. */
final class RefusedQueryException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  RefusedQueryException(String reason) {
    super(reason);
  }

  /** The reason; never null. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
