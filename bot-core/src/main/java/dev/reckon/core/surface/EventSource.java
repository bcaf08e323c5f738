package dev.reckon.core.surface;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Incoming;

/**
 * What the core asks a platform about the events that it delivered. Implementations are safe for
 * use by any number of threads.
 */
public interface EventSource {
  /** The name that {@link Address#surface()} carries. */
  String name();

  /**
   * Adds what the event did not carry: the person's name and role, the files of a message. Called
   * when the delivery is processed, long after it was acknowledged, so it may call the platform. It
   * makes one attempt: the core calls again later when a failure is temporary, and continues with
   * what it knows when it is not.
   *
   * @return the same delivery, with the same ids
   * @throws DeliveryException when the platform does not answer; what the event said about a person
   *     is never returned as if the platform had confirmed it
   */
  default Incoming complete(Incoming incoming) throws DeliveryException, InterruptedException {
    return incoming;
  }

  /** Fetches an attached file, up to {@code maxBytes}. */
  byte[] fetch(Attachment.Remote attachment, long maxBytes)
      throws DeliveryException, InterruptedException;
}
