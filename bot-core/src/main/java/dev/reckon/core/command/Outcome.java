package dev.reckon.core.command;

import dev.reckon.core.message.Reply;
import dev.reckon.core.store.TurnKind;
import org.jspecify.annotations.Nullable;

/** What the words of a delivery, or the button, come to. */
public sealed interface Outcome {
  /** An answer that takes no turn. */
  record Say(Reply reply) implements Outcome {}

  /** The same, for nobody else to see where the surface can do that. It may be lost. */
  record Whisper(Reply reply) implements Outcome {}

  /** Nothing is to be said. */
  record Silence() implements Outcome {}

  /**
   * A turn begins.
   *
   * @param text the request, or in words what the code is
   * @param code the program to run as it is, or null when the model writes it
   */
  record Compute(TurnKind kind, String text, @Nullable String code) implements Outcome {}
}
