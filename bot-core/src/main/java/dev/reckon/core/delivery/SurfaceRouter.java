package dev.reckon.core.delivery;

import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.Outbox;
import dev.reckon.core.store.Outbox.Draft;
import dev.reckon.core.surface.DeliveryException;
import dev.reckon.core.surface.Dispatcher;
import dev.reckon.core.surface.EventSource;
import dev.reckon.core.surface.ReplySurface;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Routes replies to the enabled surfaces. */
final class SurfaceRouter implements ReplyGateway {
  private static final Logger LOG = LoggerFactory.getLogger(SurfaceRouter.class);

  /** One surface: where its events come from, where replies go, and what paces them. */
  record Exit(EventSource source, ReplySurface replies, Dispatcher dispatcher) {}

  private final Outbox outbox;
  private final Map<String, Exit> exits;

  SurfaceRouter(Outbox outbox, Map<String, Exit> exits) {
    this.outbox = outbox;
    this.exits = Map.copyOf(exits);
  }

  @Override
  public Incoming complete(Incoming incoming) throws DeliveryException, InterruptedException {
    return of(incoming).source().complete(incoming);
  }

  @Override
  public byte[] fetch(Incoming incoming, Attachment.Remote file, long maxBytes)
      throws DeliveryException, InterruptedException {
    return of(incoming).source().fetch(file, maxBytes);
  }

  @Override
  public Optional<String> obstacleLater(Incoming incoming) throws InterruptedException {
    return of(incoming).replies().obstacleLater(incoming.address());
  }

  @Override
  public void progress(Incoming incoming, Reply reply) {
    of(incoming).dispatcher().progress(incoming.conversation(), incoming.address(), reply);
  }

  @Override
  public void ended(Incoming incoming, long turn) {
    of(incoming).dispatcher().ended(turn);
  }

  @Override
  public void save(Draft draft) {
    outbox.add(draft);
  }

  @Override
  public void send(Incoming incoming) {
    of(incoming).dispatcher().wake();
  }

  @Override
  public void whisper(Incoming incoming, Reply reply) throws InterruptedException {
    try {
      of(incoming).replies().whisper(incoming.address(), incoming.person(), reply);
    } catch (DeliveryException e) {
      LOG.info("A private message to {} could not be sent: {}", incoming.person().id(), e.kind());
      LOG.debug("{} met {}", incoming.delivery(), e.getMessage());
    }
  }

  private Exit of(Incoming incoming) {
    Exit exit = exits.get(incoming.address().surface());
    if (exit == null) {
      throw new IllegalStateException("no such surface here: " + incoming.address().surface());
    }
    return exit;
  }
}
