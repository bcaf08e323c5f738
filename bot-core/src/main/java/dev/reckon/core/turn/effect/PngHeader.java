package dev.reckon.core.turn.effect;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The size that a PNG file gives in its header, which is all that is read of it here: pictures come
 * from programs, and decoding them is not for the bot's process.
 *
 * @param width in pixels
 * @param height in pixels
 */
record PngHeader(int width, int height) {
  private static final long SIGNATURE = 0x89504E470D0A1A0AL;
  private static final int FIRST_CHUNK_LENGTH = 13;
  private static final int FIRST_CHUNK = 0x49484452;

  /** The signature, the first chunk's length and name, and the two sizes. */
  private static final int BYTES = 24;

  private static final int LONGEST_SIDE = 10_000;
  private static final long MOST_PIXELS = 25_000_000;

  /** The header of a file, if it is a PNG with a size that any surface can show. */
  static Optional<PngHeader> of(byte[] content) {
    if (content.length < BYTES) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(content);
    if (bytes.getLong() != SIGNATURE
        || bytes.getInt() != FIRST_CHUNK_LENGTH
        || bytes.getInt() != FIRST_CHUNK) {
      return Optional.empty();
    }
    int width = bytes.getInt();
    int height = bytes.getInt();
    boolean shows =
        width > 0
            && height > 0
            && width <= LONGEST_SIDE
            && height <= LONGEST_SIDE
            && (long) width * height <= MOST_PIXELS;
    return shows ? Optional.of(new PngHeader(width, height)) : Optional.empty();
  }
}
