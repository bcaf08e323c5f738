package dev.reckon.adapters.cli;

import java.io.Serial;

/** The command line is wrong. The message says what is wrong and what to try. */
public final class UsageException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  public UsageException(String message) {
    super(message);
  }
}
