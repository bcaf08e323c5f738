package dev.reckon.core.policy;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A change that an administrator made while Reckon ran.
 *
 * @param by the administrator's person id
 * @param value the new value as typed, or null: back to what the configuration says
 * @param previous the value until then, as it would be typed
 */
public record PolicyChange(
    Instant at, String by, PolicyKey key, @Nullable String value, String previous) {
  public PolicyChange {
    Objects.requireNonNull(at);
    Objects.requireNonNull(by);
    Objects.requireNonNull(key);
    Objects.requireNonNull(previous);
  }
}
