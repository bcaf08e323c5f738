package dev.reckon.core.surface;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.MessageRef;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Reply;
import java.util.Optional;

/**
 * Shows replies on a platform. Implementations render and send; the core decides order, pacing,
 * retries and what to send when. Implementations are safe for use by any number of threads; the
 * core never makes two calls at once for the same channel.
 */
public interface ReplySurface {
  /** The name that {@link Address#surface()} carries. */
  String name();

  /** How often the platform accepts messages at that address. */
  Pace pace(Address to);

  /**
   * Posts a new reply. One reply may need several of the platform's messages (a long text, files):
   * {@code receipts} is called for each as soon as the platform has accepted it. After a failure or
   * a crash in between, {@link #edit} with the last receipt continues there, so that nothing is
   * posted twice.
   *
   * @param mention the person whom the message should mention, if any, so that they are notified
   * @param files the content of {@code Block.File} ids
   * @return a reference to all of the reply's messages, for later edits
   */
  MessageRef post(
      Address to, Reply reply, Optional<Person> mention, FileContents files, Receipts receipts)
      throws DeliveryException, InterruptedException;

  /**
   * Edits posted messages to show this reply, and posts what is missing. Repeating the call with
   * the reference that it returned changes nothing.
   *
   * @return a reference to the reply's messages, to be saved in place of {@code message}
   */
  MessageRef edit(
      Address at, MessageRef message, Reply reply, FileContents files, Receipts receipts)
      throws DeliveryException, InterruptedException;

  /**
   * Shows a notice to one person: a refusal, or who may press a button. On platforms without
   * private messages it is posted and mentions the person. It may be lost and is never repeated.
   */
  default void whisper(Address at, Person to, Reply reply)
      throws DeliveryException, InterruptedException {
    post(at, reply, Optional.of(to), id -> Optional.empty(), soFar -> {});
  }

  /**
   * Why replies that come much later, as those of a schedule do, will not be posted at that
   * address, in a sentence that says what to do; empty where they will be. May ask the platform.
   */
  default Optional<String> obstacleLater(Address at) throws InterruptedException {
    return Optional.empty();
  }

  /**
   * Whether that message disappears by itself, as a preview does. When the answer is posted as a
   * new message, such a message does not have to point to it.
   */
  default boolean fades(MessageRef message) {
    return false;
  }

  /**
   * The address for what follows a posted message: its thread, where the platform has threads and
   * the message began one. The core uses it for everything after the first message of a turn.
   */
  default Address under(Address at, MessageRef message) {
    return at;
  }

  /** Records what the platform has accepted so far. */
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
