package dev.reckon.adapters.metrics;

import dev.reckon.core.delivery.Inbox;
import dev.reckon.core.message.Incoming;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts deliveries: new ones, repetitions, and those that could not be stored. */
final class MeasuredInbox implements Inbox {
  private final Inbox inbox;
  private final MeterRegistry registry;

  MeasuredInbox(Inbox inbox, MeterRegistry registry) {
    this.inbox = inbox;
    this.registry = registry;
  }

  @Override
  public boolean receive(Incoming incoming) {
    String outcome = "failed";
    try {
      boolean isNew = inbox.receive(incoming);
      outcome = isNew ? "new" : "repeated";
      return isNew;
    } finally {
      Counter.builder("reckon.deliveries")
          .description("What platforms delivered: new, repeated, or failed to be stored")
          .tag("surface", incoming.address().surface())
          .tag("outcome", outcome)
          .register(registry)
          .increment();
    }
  }
}
