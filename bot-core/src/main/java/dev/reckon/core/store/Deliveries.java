package dev.reckon.core.store;

import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The inbox: what arrived, in order per conversation, each exactly once. */
public interface Deliveries {
  /**
   * One delivery.
   *
   * @param seq its place in the order of arrival
   */
  record Delivery(long seq, Incoming incoming, Instant receivedAt) {}

  /**
   * Keeps a delivery, with its person, team and conversation.
   *
   * @return its place in the order, or empty when the delivery's id is known already
   */
  Optional<Long> add(Incoming incoming);

  /** The oldest of a conversation that has not been handled. */
  Optional<Delivery> next(ConversationId conversation);

  /** What waits in a conversation after a delivery, in order. */
  List<Delivery> waitingAfter(ConversationId conversation, long seq);

  /** The delivery with that id, whether handled or not. */
  Optional<Delivery> find(String id);

  /**
   * What a message was before it was changed: the delivery with its id, or the latest earlier
   * change of it.
   *
   * @param message the id of the message's own delivery
   * @param change the id of the delivery that changes it
   */
  Optional<Delivery> before(String message, String change);

  /** That delivery needs nothing more; bytes that came with it are given up. */
  void handled(long seq);

  /** Conversations in which something from those surfaces waits, the longest waiting first. */
  List<ConversationId> waiting(Set<String> surfaces);
}
