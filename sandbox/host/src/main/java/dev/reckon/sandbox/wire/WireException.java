package dev.reckon.sandbox.wire;

import java.io.IOException;
import java.io.Serial;

/** The other side sent bytes that are no message. What follows in the stream cannot be trusted. */
public final class WireException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  public WireException(String message) {
    super(message);
  }

  public WireException(String message, Throwable cause) {
    super(message, cause);
  }
}
