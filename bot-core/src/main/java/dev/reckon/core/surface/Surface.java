package dev.reckon.core.surface;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
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

  /** Fetches an attached file, up to {@code maxBytes}. */
  byte[] fetch(Attachment.Remote attachment, long maxBytes)
      throws DeliveryException, InterruptedException;

  /** Reads the content of files that a reply names. */
  interface FileContents {
    /** The bytes, or empty when the file has expired. */
    Optional<byte[]> read(String id);
  }
}
