package dev.reckon.core.turn.effect;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Language;
import java.io.Serial;

/** A file of the turn is no longer kept. */
final class FileGoneException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final String name;

  FileGoneException(String name) {
    super(Label.FAILURE_FILE_GONE.text(name));
    this.name = name;
  }

  /** What to tell the person. */
  String sentence(Language language) {
    return Label.FAILURE_FILE_GONE.in(language, name);
  }
}
