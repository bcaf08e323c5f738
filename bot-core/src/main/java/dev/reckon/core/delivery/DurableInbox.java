package dev.reckon.core.delivery;

import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.store.Store;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps deliveries, then wakes their conversations. A wish to cancel is acted on at once, since the
 * conversation is busy with what is to be cancelled.
 */
final class DurableInbox implements Inbox {
  private static final Logger LOG = LoggerFactory.getLogger(DurableInbox.class);

  private final Store store;
  private final Predicate<Incoming> cancels;
  private final Consumer<Incoming> cancel;
  private final Consumer<ConversationId> wake;

  DurableInbox(
      Store store,
      Predicate<Incoming> cancels,
      Consumer<Incoming> cancel,
      Consumer<ConversationId> wake) {
    this.store = store;
    this.cancels = cancels;
    this.cancel = cancel;
    this.wake = wake;
  }

  @Override
  public boolean receive(Incoming incoming) {
    boolean fresh = store.deliveries().add(incoming).isPresent();
    if (!fresh) {
      return false;
    }
    // It is kept: what fails from here on must not make the platform deliver it again.
    try {
      if (cancels.test(incoming)) {
        cancel.accept(incoming);
      }
      wake.accept(incoming.conversation());
    } catch (RuntimeException e) {
      LOG.warn("{} is kept, but could not be taken up yet", incoming.conversation(), e);
    }
    return true;
  }
}
