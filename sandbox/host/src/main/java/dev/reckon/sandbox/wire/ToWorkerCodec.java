package dev.reckon.sandbox.wire;

import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.SandboxFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The bytes of {@link ToWorker}. Stateless; a stream belongs to one thread at a time. */
public final class ToWorkerCodec {
  /** The largest message to a worker: a script and all its files. */
  public static final int MAX_FRAME_BYTES = 512 * 1024 * 1024;

  /**
   * The largest script with its files and their names: a host's message has some more around it.
   */
  public static final int MAX_RUN_BYTES = MAX_FRAME_BYTES - 1024 * 1024;

  private static final int MAX_SOURCE_BYTES = 16 * 1024 * 1024;
  private static final int MAX_FILES = 100_000;
  private static final int MAX_NAME_BYTES = 16 * 1024;

  private ToWorkerCodec() {}

  /** Writes one message and flushes. */
  public static void write(ToWorker message, OutputStream out) throws IOException {
    Frames.write(out, to -> put(message, to));
  }

  /** How many bytes a message takes. */
  public static long length(ToWorker message) {
    try {
      return Frames.length(to -> put(message, to));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing is written
    }
  }

  /**
   * Reads the next message.
   *
   * @return null when the stream has ended between two messages
   * @throws WireException when the bytes are no message
   * @throws IOException when reading fails
   */
  public static @Nullable ToWorker read(InputStream in) throws IOException {
    byte[] frame = Frames.read(in, () -> MAX_FRAME_BYTES);
    return frame == null ? null : decode(frame);
  }

  static void put(ToWorker message, WireOutput out) throws IOException {
    switch (message) {
      case ToWorker.Run(long id, String source, var files, Limits limits) -> {
        out.small(1);
        out.number(id);
        // Before all that is the guest's, so that a worker can know them without reading on.
        putLimits(limits, out);
        out.text(source);
        out.list(files, file -> putFile(file, out));
      }
      case ToWorker.Inspect(long id, String source) -> {
        out.small(2);
        out.number(id);
        out.text(source);
      }
      case ToWorker.Cancel(long id) -> {
        out.small(3);
        out.number(id);
      }
      case ToWorker.Shutdown() -> out.small(4);
    }
  }

  private static ToWorker decode(byte[] frame) throws IOException {
    WireInput in = new WireInput(frame);
    try {
      ToWorker message = message(in);
      in.end();
      return message;
    } catch (IllegalArgumentException e) {
      throw new WireException("a message with impossible values", e);
    }
  }

  /** One message's content, after which others may follow. */
  static ToWorker message(WireInput in) throws IOException {
    return switch (in.small()) {
      case 1 -> run(in);
      case 2 -> new ToWorker.Inspect(in.number(), in.text(MAX_SOURCE_BYTES));
      case 3 -> new ToWorker.Cancel(in.number());
      case 4 -> new ToWorker.Shutdown();
      default -> throw new WireException("no such message to a worker");
    };
  }

  private static ToWorker.Run run(WireInput in) throws IOException {
    long id = in.number();
    Limits limits = limits(in);
    String source = in.text(MAX_SOURCE_BYTES);
    return new ToWorker.Run(id, source, in.list(MAX_FILES, () -> file(in)), limits);
  }

  private static void putLimits(Limits limits, WireOutput out) throws IOException {
    out.number(limits.wallTime().toNanos());
    out.number(limits.cpuTime().toNanos());
    out.integer(limits.outputBytes());
    out.number(limits.outputFloodBytes());
    out.integer(limits.sourceBytes());
    out.number(limits.fileBytes());
    out.integer(limits.fileCount());
  }

  private static Limits limits(WireInput in) throws IOException {
    return new Limits(
        Duration.ofNanos(in.number()),
        Duration.ofNanos(in.number()),
        in.integer(),
        in.number(),
        in.integer(),
        in.number(),
        in.integer());
  }

  static void putFile(SandboxFile file, WireOutput out) throws IOException {
    out.text(file.name());
    out.bytes(file.content());
  }

  static SandboxFile file(WireInput in) throws IOException {
    return new SandboxFile(in.text(MAX_NAME_BYTES), in.bytes(MAX_FRAME_BYTES));
  }
}
