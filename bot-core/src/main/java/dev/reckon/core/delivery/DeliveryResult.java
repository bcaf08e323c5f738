package dev.reckon.core.delivery;

import java.util.Optional;

/** The result of processing a delivery. */
sealed interface DeliveryResult {
  /** It is done with; empty when there was nothing to say. */
  record Done(Optional<Answer> answer) implements DeliveryResult {}

  /** The policy has it wait; it stays in the inbox. */
  record Waits(Optional<String> notice) implements DeliveryResult {}
}
