package dev.reckon.core.surface;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import java.util.Optional;

/** Wraps another surface and forwards every call that it does not change. */
public interface ForwardingSurface extends Surface {
  /** The wrapped surface. */
  Surface surface();

  @Override
  default String name() {
    return surface().name();
  }

  @Override
  default Pace pace(Address to) {
    return surface().pace(to);
  }

  @Override
  default MessageRef post(
      Address to, Reply reply, Optional<Person> mention, FileContents files, Receipts receipts)
      throws DeliveryException, InterruptedException {
    return surface().post(to, reply, mention, files, receipts);
  }

  @Override
  default MessageRef edit(
      Address at, MessageRef message, Reply reply, FileContents files, Receipts receipts)
      throws DeliveryException, InterruptedException {
    return surface().edit(at, message, reply, files, receipts);
  }

  @Override
  default void whisper(Address at, Person to, Reply reply)
      throws DeliveryException, InterruptedException {
    surface().whisper(at, to, reply);
  }

  @Override
  default Optional<String> obstacleLater(Address at) throws InterruptedException {
    return surface().obstacleLater(at);
  }

  @Override
  default boolean fades(MessageRef message) {
    return surface().fades(message);
  }

  @Override
  default Address under(Address at, MessageRef message) {
    return surface().under(at, message);
  }

  @Override
  default Incoming complete(Incoming incoming) throws DeliveryException, InterruptedException {
    return surface().complete(incoming);
  }

  @Override
  default byte[] fetch(Attachment.Remote attachment, long maxBytes)
      throws DeliveryException, InterruptedException {
    return surface().fetch(attachment, maxBytes);
  }
}
