package dev.reckon.core.delivery;

import dev.reckon.core.command.Interpreter;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.store.Deliveries;
import dev.reckon.core.store.Deliveries.Line;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores deliveries, then wakes their conversations. A wish to cancel is acted on at once, since
 * the conversation is busy with what is to be cancelled.
 */
final class DurableInbox implements Inbox {
  private static final Logger LOG = LoggerFactory.getLogger(DurableInbox.class);

  private final Deliveries deliveries;
  private final Interpreter interpreter;
  private final Consumer<Incoming> cancel;
  private final Consumer<Line> wake;

  DurableInbox(
      Deliveries deliveries,
      Interpreter interpreter,
      Consumer<Incoming> cancel,
      Consumer<Line> wake) {
    this.deliveries = deliveries;
    this.interpreter = interpreter;
    this.cancel = cancel;
    this.wake = wake;
  }

  @Override
  public boolean receive(Incoming arrived) {
    Incoming incoming = PastedContent.attached(arrived, interpreter);
    boolean urgent = interpreter.isUrgent(incoming);
    boolean fresh = deliveries.add(incoming, urgent).isPresent();
    if (!fresh) {
      return false;
    }
    // It is kept: what fails from here on must not make the platform deliver it again.
    try {
      if (interpreter.cancels(incoming)) {
        cancel.accept(incoming);
      }
      wake.accept(new Line(incoming.conversation(), urgent));
    } catch (RuntimeException e) {
      LOG.warn("{} is stored, but could not be processed yet", incoming.conversation(), e);
    }
    return true;
  }
}
