package dev.reckon.sandbox.wire;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Frames on a byte stream: four bytes of length, then as many bytes of message. */
final class Frames {
  private Frames() {}

  /** Writes the parts of one message. */
  @FunctionalInterface
  interface Message {
    void write(WireOutput out) throws IOException;
  }

  /** How many bytes a message takes, without its frame's header. */
  static long length(Message message) throws IOException {
    Counter counter = new Counter();
    message.write(new WireOutput(counter));
    return counter.bytes;
  }

  /**
   * Writes one frame. The message is written twice, once to count it, so that a large file is never
   * copied into a frame of its own.
   */
  static void write(OutputStream out, Message message) throws IOException {
    int length = Math.toIntExact(length(message));
    BufferedOutputStream buffered = new BufferedOutputStream(out);
    new DataOutputStream(buffered).writeInt(length);
    message.write(new WireOutput(buffered));
    buffered.flush();
  }

  /**
   * Reads one frame's bytes; null at the stream's end.
   *
   * @param mostBytes asked when a frame has begun
   */
  static byte @Nullable [] read(InputStream in, IntSupplier mostBytes) throws IOException {
    return read(in, mostBytes, length -> {});
  }

  /**
   * Reads one frame's bytes; null at the stream's end.
   *
   * @param mostBytes asked when a frame has begun
   * @param announced called with the frame's length before any of it is read; may wait
   */
  static byte @Nullable [] read(InputStream in, IntSupplier mostBytes, IntConsumer announced)
      throws IOException {
    byte[] header = in.readNBytes(Integer.BYTES);
    if (header.length == 0) {
      return null;
    }
    if (header.length < Integer.BYTES) {
      throw new WireException("the stream ends within a header");
    }
    int length = ByteBuffer.wrap(header).getInt();
    if (length < 1 || length > mostBytes.getAsInt()) {
      throw new WireException("a frame of " + length + " bytes");
    }
    announced.accept(length);
    return WireInput.frame(in, length);
  }

  private static final class Counter extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] b, int offset, int length) {
      bytes += length;
    }
  }
}
