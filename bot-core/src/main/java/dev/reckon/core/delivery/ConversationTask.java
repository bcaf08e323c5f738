package dev.reckon.core.delivery;

import dev.reckon.core.message.ConversationId;
import dev.reckon.core.store.Deliveries.Delivery;
import dev.reckon.core.store.Store;
import dev.reckon.core.turn.effect.TurnSuspendedException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Empties one conversation's inbox, in order. Safe for use by any number of threads. */
final class ConversationTask {
  private static final Logger LOG = LoggerFactory.getLogger(ConversationTask.class);
  private static final int MOST_TRIES = 3;

  private final Store store;
  private final DeliveryHandler handler;
  private final Map<Long, Integer> failures = new ConcurrentHashMap<>();
  private volatile boolean closing;

  ConversationTask(Store store, DeliveryHandler handler) {
    this.store = store;
    this.handler = handler;
  }

  /** From now on nothing more is taken up. */
  void close() {
    closing = true;
  }

  /**
   * Handles what waits.
   *
   * @return whether something may be left that this could not take up now
   * @throws RuntimeException when a delivery failed and is to be tried again
   */
  boolean drain(ConversationId conversation) {
    try (MDC.MDCCloseable _ = MDC.putCloseable("conversation", conversation.value())) {
      while (!closing) {
        Optional<Delivery> next = store.deliveries().next(conversation);
        if (next.isEmpty()) {
          return false;
        }
        if (handle(next.get()) instanceof DeliveryResult.Waits) {
          return true;
        }
      }
      return true;
    } catch (TurnSuspendedException | InterruptedException e) {
      return true;
    }
  }

  private DeliveryResult handle(Delivery delivery) throws InterruptedException {
    try {
      DeliveryResult handling = handler.handle(delivery, event -> {});
      failures.remove(delivery.seq());
      return handling;
    } catch (TurnSuspendedException e) {
      throw e;
    } catch (RuntimeException fault) {
      if (failures.merge(delivery.seq(), 1, Integer::sum) < MOST_TRIES) {
        throw fault;
      }
      LOG.error("Delivery {} is given up", delivery.seq(), fault);
      handler.giveUp(
          delivery,
          "Something went wrong here, and trying again did not help. Please send it once more;"
              + " whoever runs Reckon finds the reason in its log.");
      failures.remove(delivery.seq());
      return new DeliveryResult.Done(Optional.empty());
    }
  }
}
