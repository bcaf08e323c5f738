package dev.reckon.core.delivery;

import dev.reckon.core.message.Incoming;

/** Receives deliveries from surfaces. Safe for use by any number of threads. */
public interface Inbox {
  /**
   * Persists a delivery, and wakes its conversation. When this returns, the platform may be told
   * that it arrived: from here on a crash loses nothing.
   *
   * @return whether it is new; false for a repetition, which changes nothing
   * @throws RuntimeException when it could not be persisted: do not acknowledge, so that the
   *     platform delivers it again
   */
  boolean receive(Incoming incoming);
}
