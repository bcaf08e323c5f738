package dev.reckon.core.surface;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.Attachment;
import dev.reckon.core.message.Incoming;
import dev.reckon.core.message.MessageRef;
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

  /** How often the platform takes messages there. */
  Pace pace(Address to);

  /**
   * Posts a reply as new. One reply may need several of the platform's messages (a long text,
   * files): {@code receipts} hears of each as soon as the platform has it. After a failure or a
   * crash in between, {@link #edit} with the last receipt goes on where this ended, so that nothing
   * is posted twice.
   *
   * @param mention whom the message should name so that they are notified, if anyone
   * @param files gives the content of {@code Block.File} ids
   * @return all of it, for later edits
   */
  MessageRef post(
      Address to, Reply reply, Optional<Person> mention, FileContents files, Receipts receipts)
      throws DeliveryException, InterruptedException;

  /**
   * Makes what was posted read like this reply: changes what is there, and posts what is missing.
   * Repeating it with what it returned changes nothing.
   *
   * @return what is there now, to be saved in place of {@code message}
   */
  MessageRef edit(
      Address at, MessageRef message, Reply reply, FileContents files, Receipts receipts)
      throws DeliveryException, InterruptedException;

  /**
   * Tells one person something that others need not see: a refusal, or who may press a button. On
   * platforms without private words it is posted, naming the person. May be lost, and is not
   * repeated.
   */
  default void whisper(Address at, Person to, Reply reply)
      throws DeliveryException, InterruptedException {
    post(at, reply, Optional.of(to), id -> Optional.empty(), soFar -> {});
  }

  /**
   * Whether that message fades by itself, as a preview does. Nothing needs to point onward from it
   * when the answer is posted as new.
   */
  default boolean fades(MessageRef message) {
    return false;
  }

  /**
   * Where everything after a posted message goes: into its thread, where a platform has threads and
   * the message began one. The core uses it for what it posts after the first message of a turn.
   */
  default Address under(Address at, MessageRef message) {
    return at;
  }

  /**
   * Fills in what the event did not carry: the person's name and role, the files of a message.
   * Called once, when the delivery is taken up and long after it was acknowledged, so it may ask
   * the platform. It asks once: the core comes back when a failure passes, and keeps to what it
   * knew when it does not.
   *
   * @return the same delivery, with the same ids
   * @throws DeliveryException when the platform does not tell; what the event said of a person is
   *     never returned as if the platform had told it
   */
  default Incoming complete(Incoming incoming) throws DeliveryException, InterruptedException {
    return incoming;
  }

  /** Fetches an attached file, up to {@code maxBytes}. */
  byte[] fetch(Attachment.Remote attachment, long maxBytes)
      throws DeliveryException, InterruptedException;

  /** Takes note of what the platform has so far. */
  @FunctionalInterface
  interface Receipts {
    /** Saves the reference before the next of the reply's messages is sent. */
    void sent(MessageRef soFar);
  }

  /** Reads the content of files that a reply names. */
  @FunctionalInterface
  interface FileContents {
    /** The bytes, or empty when the file has expired. */
    Optional<byte[]> read(String id);
  }
}
