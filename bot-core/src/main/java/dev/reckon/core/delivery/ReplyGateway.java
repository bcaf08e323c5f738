package dev.reckon.core.delivery;

import dev.reckon.core.files.AttachmentFetcher;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Reply;
import dev.reckon.core.store.Outbox.Draft;
import dev.reckon.core.surface.DeliveryException;
import java.util.Optional;

/** Sends a delivery's replies. Safe for use by any number of threads. */
interface ReplyGateway extends AttachmentFetcher {
  /**
   * Fills in what the event did not carry.
   *
   * @throws DeliveryException when the platform does not tell
   */
  Incoming complete(Incoming incoming) throws DeliveryException, InterruptedException;

  /** Why replies that come much later will not be posted there; empty where they will be. */
  default Optional<String> obstacleLater(Incoming incoming) throws InterruptedException {
    return Optional.empty();
  }

  /** Shows how a turn goes, if there is room. */
  void progress(Incoming incoming, Reply reply);

  /** The turn's reply is about to be saved: no progress of it may come later. */
  void ended(Incoming incoming, long turn);

  /** Saves a reply, inside the caller's transaction. */
  void save(Draft draft);

  /** What was saved may be sent. */
  void send(Incoming incoming);

  /** Tells one person, at once or never. */
  void whisper(Incoming incoming, Reply reply) throws InterruptedException;

  /** Returns the reply directly instead of sending it. */
  static ReplyGateway none() {
    return new ReplyGateway() {
      @Override
      public Incoming complete(Incoming incoming) {
        return incoming;
      }

      @Override
      public byte[] fetch(Incoming incoming, Attachment.Remote file, long maxBytes)
          throws DeliveryException {
        throw new DeliveryException(
            DeliveryException.Kind.REFUSED, "files are read from disk here");
      }

      @Override
      public void progress(Incoming incoming, Reply reply) {}

      @Override
      public void ended(Incoming incoming, long turn) {}

      @Override
      public void save(Draft draft) {}

      @Override
      public void send(Incoming incoming) {}

      @Override
      public void whisper(Incoming incoming, Reply reply) {}
    };
  }
}
