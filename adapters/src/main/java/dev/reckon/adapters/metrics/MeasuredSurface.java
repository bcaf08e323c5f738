package dev.reckon.adapters.metrics;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.ForwardingSurface;
import dev.reckon.core.surface.Surface;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Optional;

/** Counts what is sent and fetched, by outcome. */
record MeasuredSurface(Surface surface, MeterRegistry registry) implements ForwardingSurface {
  @Override
  public MessageRef post(
      Address to, Reply reply, Optional<Person> mention, FileContents files, Receipts receipts)
      throws DeliveryException, InterruptedException {
    return timed("post", () -> surface.post(to, reply, mention, files, receipts));
  }

  @Override
  public MessageRef edit(
      Address at, MessageRef message, Reply reply, FileContents files, Receipts receipts)
      throws DeliveryException, InterruptedException {
    return timed("edit", () -> surface.edit(at, message, reply, files, receipts));
  }

  @Override
  public void whisper(Address at, Person to, Reply reply)
      throws DeliveryException, InterruptedException {
    timed(
        "whisper",
        () -> {
          surface.whisper(at, to, reply);
          return true;
        });
  }

  @Override
  public Incoming complete(Incoming incoming) throws DeliveryException, InterruptedException {
    return timed("complete", () -> surface.complete(incoming));
  }

  @Override
  public byte[] fetch(Attachment.Remote attachment, long maxBytes)
      throws DeliveryException, InterruptedException {
    return timed("fetch", () -> surface.fetch(attachment, maxBytes));
  }

  private <T> T timed(String what, Sending<T> sending)
      throws DeliveryException, InterruptedException {
    Timer.Sample sample = Timer.start(registry);
    String outcome = "fault";
    try {
      T done = sending.perform();
      outcome = "ok";
      return done;
    } catch (DeliveryException e) {
      outcome = e.kind().name().toLowerCase(Locale.ROOT);
      throw e;
    } catch (InterruptedException e) {
      outcome = "interrupted";
      throw e;
    } finally {
      sample.stop(
          Timer.builder("reckon.sends")
              .description("Calls to platforms; every outcome but ok is tried again or given up")
              .tag("surface", surface.name())
              .tag("what", what)
              .tag("outcome", outcome)
              .register(registry));
    }
  }

  @FunctionalInterface
  private interface Sending<T> {
    T perform() throws DeliveryException, InterruptedException;
  }
}
