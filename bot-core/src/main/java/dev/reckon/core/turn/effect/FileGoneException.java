package dev.reckon.core.turn.effect;

import java.io.Serial;

/** A file of the turn is no longer kept; the message is for the person. */
final class FileGoneException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  FileGoneException(String name) {
    super("The file " + name + " is no longer kept. Attach it again.");
  }
}
