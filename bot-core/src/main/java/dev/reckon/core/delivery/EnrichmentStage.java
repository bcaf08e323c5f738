package dev.reckon.core.delivery;

import dev.reckon.core.command.Interpreter;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.store.Conversations;
import dev.reckon.core.store.Deliveries;
import dev.reckon.core.store.Deliveries.Delivery;
import dev.reckon.core.store.Deliveries.Stage;
import dev.reckon.core.store.Transactions;
import dev.reckon.core.surface.DeliveryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what an event did not carry: who wrote it, in which language they are answered, which
 * files came along. Only what was found out changes what is known of a person.
 */
final class EnrichmentStage {
  private static final Logger LOG = LoggerFactory.getLogger(EnrichmentStage.class);

  private final Deliveries deliveries;
  private final Conversations conversations;
  private final Transactions transactions;
  private final ReplyGateway platform;
  private final Interpreter interpreter;
  private final AskerLanguage languages;

  EnrichmentStage(
      Deliveries deliveries,
      Conversations conversations,
      Transactions transactions,
      ReplyGateway platform,
      Interpreter interpreter,
      AskerLanguage languages) {
    this.deliveries = deliveries;
    this.conversations = conversations;
    this.transactions = transactions;
    this.platform = platform;
    this.interpreter = interpreter;
    this.languages = languages;
  }

  /**
   * Takes a delivery that was just received to the next stage; another one stays as it is.
   *
   * @throws DeliveryException when the platform does not tell now and may tell later
   */
  Delivery perform(Delivery delivery) throws DeliveryException, InterruptedException {
    if (delivery.stage() != Stage.RECEIVED) {
      return delivery;
    }
    Incoming complete;
    try {
      Incoming told = platform.complete(delivery.incoming());
      // What came with the message that made a schedule came once.
      complete = spoken(ScheduledRuns.is(told) ? delivery.incoming().from(told.person()) : told);
    } catch (DeliveryException e) {
      if (e.isPassing()) {
        throw e;
      }
      return asKnown(delivery, e);
    }
    transactions.transact(
        () -> {
          deliveries.enriched(delivery.seq(), complete);
          deliveries.reached(delivery.seq(), Stage.ENRICHED);
        });
    return delivery.at(Stage.ENRICHED, complete);
  }

  /** Continues with what is stored of the person, which stays as it is. */
  Delivery asKnown(Delivery delivery, DeliveryException reason) {
    LOG.warn(
        "Delivery {} continues with what is known of its person and files: {}",
        delivery.seq(),
        reason.getMessage());
    deliveries.reached(delivery.seq(), Stage.ENRICHED);
    Incoming incoming = delivery.incoming();
    return delivery.at(
        Stage.ENRICHED,
        spoken(conversations.person(incoming.person().id()).map(incoming::from).orElse(incoming)));
  }

  /** The same, with the language in which the person is answered. */
  Incoming spoken(Incoming incoming) {
    return incoming.in(languages.of(incoming, interpreter.expects(incoming)));
  }
}
