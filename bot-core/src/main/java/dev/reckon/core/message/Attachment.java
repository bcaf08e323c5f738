package dev.reckon.core.message;

/**
 * A file that came with a message. Names are hostile text, cleaned by the core before use.
 *
 * <p>Large things are fetched after the delivery is acknowledged, so a platform hands over a {@link
 * Remote} reference.
 */
public sealed interface Attachment {
  /** What the sender called it. */
  String name();

  /**
   * A file whose bytes are here already. The array is shared, not copied, and must not be changed.
   */
  @SuppressWarnings("ArrayRecordComponent") // files are large, and compared by nobody
  record Inline(String name, byte[] content) implements Attachment {}

  /**
   * A file that the surface can fetch.
   *
   * @param reference the surface's own words for it
   * @param bytes its size as the platform gives it, or -1
   */
  record Remote(String name, String reference, long bytes) implements Attachment {}
}
