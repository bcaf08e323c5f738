package dev.reckon.core.delivery;

import dev.reckon.core.files.AttachmentException;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Language;
import dev.reckon.core.store.Deliveries;
import dev.reckon.core.store.Deliveries.Delivery;
import dev.reckon.core.store.Deliveries.Line;
import dev.reckon.core.store.LeaseLostException;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.turn.effect.TurnSuspendedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Processes one line of a conversation in order. Only this class reschedules or gives up a failed
 * stage. Safe for use by any number of threads, one for each line.
 */
final class ConversationTask {
  private static final Logger LOG = LoggerFactory.getLogger(ConversationTask.class);
  private final Deliveries deliveries;
  private final String replica;
  private final DeliveryHandler handler;
  private final SchedulerSettings settings;
  private final InstantSource clock;
  private volatile boolean closing;

  ConversationTask(
      Deliveries deliveries,
      String replica,
      DeliveryHandler handler,
      SchedulerSettings settings,
      InstantSource clock) {
    this.deliveries = deliveries;
    this.replica = replica;
    this.handler = handler;
    this.settings = settings;
    this.clock = clock;
  }

  /** From now on nothing more is started. */
  void close() {
    closing = true;
  }

  /**
   * Handles what can be handled now.
   *
   * @return whether a suspect was among it, so that another one may be processed elsewhere
   * @throws dev.reckon.core.store.StoreException when the store does not take what became of one
   */
  boolean drain(Line line) {
    boolean suspects = false;
    try (MDC.MDCCloseable _ = MDC.putCloseable("conversation", line.conversation().value())) {
      while (!closing) {
        Optional<Delivery> next = deliveries.take(line, replica);
        if (next.isEmpty()) {
          return suspects;
        }
        suspects |= next.get().suspected();
        if (!handleOnce(next.get())) {
          return suspects;
        }
      }
      return suspects;
    }
  }

  /** Returns whether the line may continue. */
  private boolean handleOnce(Delivery delivery) {
    try {
      return delivery.lease().during(() -> handle(delivery));
    } catch (LeaseLostException e) {
      LOG.info("Delivery {} is worked on by another replica now", delivery.seq());
      return false;
    }
  }

  private boolean handle(Delivery delivery) {
    try {
      return handler.handle(delivery, event -> {}) instanceof DeliveryResult.Done;
    } catch (LeaseLostException e) {
      throw e;
    } catch (TurnSuspendedException | InterruptedException e) {
      deliveries.left(delivery.seq());
      return false;
    } catch (AttachmentException e) {
      return failed(delivery, e, e.retryAfter(), e.sentence(language(delivery)));
    } catch (DeliveryException e) {
      if (isLastTry(delivery)) {
        handler.asKnown(delivery, e);
        deliveries.left(delivery.seq());
        return true;
      }
      return failed(delivery, e, e.retryAfter(), givenUp(delivery));
    } catch (Throwable fault) { // an Error, too: the line must not stand still for ever
      return failed(delivery, fault, Duration.ZERO, givenUp(delivery));
    }
  }

  private static String givenUp(Delivery delivery) {
    return Label.DELIVERY_GIVEN_UP.in(language(delivery));
  }

  private static Language language(Delivery delivery) {
    return delivery.incoming().language();
  }

  private boolean isLastTry(Delivery delivery) {
    return delivery.tries() + 1 >= settings.mostTries();
  }

  private boolean failed(Delivery delivery, Throwable fault, Duration atLeast, String whenGivenUp) {
    if (isLastTry(delivery)) {
      LOG.error("Giving up on delivery {}", delivery.seq(), fault);
      handler.giveUp(delivery, whenGivenUp);
      return true;
    }
    Duration pause = settings.retry().after(delivery.tries());
    if (atLeast.compareTo(pause) > 0) {
      pause = atLeast;
    }
    LOG.warn("Delivery {} failed and is tried again in {}", delivery.seq(), pause, fault);
    deliveries.retry(delivery.seq(), clock.instant().plus(pause), fault.toString());
    return false;
  }
}
