package dev.reckon.core.engine;

import java.util.Optional;

/** What became of a delivery that was taken up. */
sealed interface Handling {
  /** It is done with; empty when there was nothing to say. */
  record Done(Optional<Handled> answer) implements Handling {}

  /** The policy has it wait; it stays in the inbox. */
  record Waits(Optional<String> notice) implements Handling {}
}
