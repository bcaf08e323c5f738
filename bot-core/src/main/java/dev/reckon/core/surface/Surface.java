package dev.reckon.core.surface;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import java.util.Optional;

/**
 * A platform as the core sees it. Implementations render and send; order, pacing, retries and what
 * to send when are the core's. They are safe for use by any number of threads; the core never calls
 * one twice at once for the same channel.
 */
public interface Surface {
  /** The name that {@link Address#surface()} carries. */
  String name();

  /** How often the platform takes messages. */
  Pace pace();

  /**
   * Posts a new message.
   *
   * @param mention whom the message should name so that they are notified, if anyone
   * @param files gives the content of {@code Block.File} ids
   * @return the message, for later edits
   */
  MessageRef post(Address to, Reply reply, Optional<Person> mention, FileContents files)
      throws DeliveryException, InterruptedException;

  /** Replaces a message's content. Repeating it changes nothing. */
  void edit(Address at, MessageRef message, Reply reply, FileContents files)
      throws DeliveryException, InterruptedException;

  /**
   * Tells one person something that others need not see: a refusal, or who may press a button. On
   * platforms without private words it is posted, naming the person. May be lost, and is not
   * repeated.
   */
  default void whisper(Address at, Person to, Reply reply)
      throws DeliveryException, InterruptedException {
    post(at, reply, Optional.of(to), id -> Optional.empty());
  }

  /**
   * Where everything after a posted message goes: into its thread, where a platform has threads and
   * the message began one. The core uses it for what it posts after the first message of a turn.
   */
  default Address under(Address at, MessageRef message) {
    return at;
  }

  /**
   * Fills in what the event did not carry: the person's name and standing, the files of a message.
   * Called once, when the delivery is taken up and long after it was acknowledged, so it may ask
   * the platform. What cannot be found out stays as it is.
   *
   * @return the same delivery, with the same ids
   */
  default Incoming complete(Incoming incoming) throws DeliveryException, InterruptedException {
    return incoming;
  }

  /** Fetches an attached file, up to {@code maxBytes}. */
  byte[] fetch(Attachment.Remote attachment, long maxBytes)
      throws DeliveryException, InterruptedException;

  /** Reads the content of files that a reply names. */
  interface FileContents {
    /** The bytes, or empty when the file has expired. */
    Optional<byte[]> read(String id);
  }
}
