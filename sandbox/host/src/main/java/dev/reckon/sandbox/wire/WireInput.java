package dev.reckon.sandbox.wire;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of one message. Nothing is taken on trust: a length is checked against a bound
 * and against what is left of the frame before anything is allocated for it. Whatever is wrong with
 * the bytes is a {@link WireException}. For one thread.
 */
public final class WireInput {
  private final byte[] frame;
  private final ByteArrayInputStream bytes;
  private final DataInputStream in;

  /**
   * @param frame the whole message; not copied
   */
  public WireInput(byte[] frame) {
    this.frame = frame;
    this.bytes = new ByteArrayInputStream(frame);
    this.in = new DataInputStream(bytes);
  }

  /** Reads one item of a list. */
  @FunctionalInterface
  public interface Item<T> {
    T read() throws IOException;
  }

  /** A yes or no. */
  public boolean flag() throws IOException {
    return switch (small()) {
      case 0 -> false;
      case 1 -> true;
      default -> throw new WireException("neither true nor false");
    };
  }

  /** A number from 0 to 255. */
  public int small() throws IOException {
    return part(in::readUnsignedByte);
  }

  /** Any integer. */
  public int integer() throws IOException {
    return part(in::readInt);
  }

  /** An integer that may not be negative: a line, a count. */
  public int natural() throws IOException {
    int natural = integer();
    if (natural < 0) {
      throw new WireException("negative count");
    }
    return natural;
  }

  /** Any long. */
  public long number() throws IOException {
    return part(in::readLong);
  }

  /** Any double. */
  public double real() throws IOException {
    return part(in::readDouble);
  }

  /** A number that may not be negative. */
  public long count() throws IOException {
    long count = number();
    if (count < 0) {
      throw new WireException("negative count");
    }
    return count;
  }

  /** Bytes, at most so many. */
  public byte[] bytes(int max) throws IOException {
    int length = length(max);
    return length == 0 ? new byte[0] : in.readNBytes(length);
  }

  /** Text of at most so many bytes in UTF-8. */
  public String text(int maxBytes) throws IOException {
    int length = length(maxBytes);
    ByteBuffer encoded = ByteBuffer.wrap(frame, frame.length - bytes.available(), length);
    in.skipNBytes(length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(encoded).toString();
    } catch (CharacterCodingException e) {
      throw new WireException("text that is no UTF-8", e);
    }
  }

  /** A list of at most so many items. */
  public <T> List<T> list(int max, Item<T> item) throws IOException {
    int length = integer();
    // Every item takes at least one byte, so a list cannot promise more than the frame holds.
    if (length < 0 || length > max || length > bytes.available()) {
      throw new WireException("a list of " + length);
    }
    List<T> items = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      items.add(item.read());
    }
    return items;
  }

  /** An item or nothing. */
  public <T> @Nullable T optional(Item<T> item) throws IOException {
    return flag() ? item.read() : null;
  }

  /** A constant, by its name. */
  public <E extends Enum<E>> E one(Class<E> of) throws IOException {
    try {
      return Enum.valueOf(of, text(100));
    } catch (IllegalArgumentException e) {
      throw new WireException("no such " + of.getSimpleName(), e);
    }
  }

  /** Checks that nothing follows. */
  public void end() throws IOException {
    if (bytes.available() > 0) {
      throw new WireException(bytes.available() + " bytes after the message");
    }
  }

  private int length(int max) throws IOException {
    int length = integer();
    if (length < 0 || length > max || length > bytes.available()) {
      throw new WireException("a length of " + length);
    }
    return length;
  }

  private static <T> T part(Item<T> item) throws IOException {
    try {
      return item.read();
    } catch (EOFException e) {
      throw new WireException("the message ends early", e);
    }
  }

  /** Reads exactly {@code length} bytes, growing as they come and not before. */
  static byte[] frame(InputStream in, int length) throws IOException {
    byte[] frame = in.readNBytes(length);
    if (frame.length < length) {
      throw new WireException("the stream ends within a message");
    }
    return frame;
  }
}
