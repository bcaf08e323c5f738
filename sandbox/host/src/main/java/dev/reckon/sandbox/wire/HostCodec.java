package dev.reckon.sandbox.wire;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.PoolStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of {@link ToHost} and {@link FromHost}: frames as between a parent and its worker, with
 * the worker's own messages inside. Stateless; a stream belongs to one thread at a time. Reading is
 * safe on hostile bytes, as in {@link FromWorkerCodec}.
 */
public final class HostCodec {
  /** Changes with every change of these messages. Both sides must have the same. */
  public static final int PROTOCOL = 1;

  /** The largest message before a bot has shown that it may talk to a host. */
  public static final int MAX_HELLO_BYTES = 4 * 1024;

  /** The largest message to a host: a script with all its files. */
  public static final int MAX_SUBMIT_BYTES = ToWorkerCodec.MAX_FRAME_BYTES;

  private static final int MAX_TEXT_BYTES = 4 * 1024;
  private static final int MAX_NAME_BYTES = 64 * 1024;

  private HostCodec() {}

  /** Writes one message and flushes. */
  public static void write(ToHost message, OutputStream out) throws IOException {
    Frames.write(out, to -> put(message, to));
  }

  /** Writes one message and flushes. */
  public static void write(FromHost message, OutputStream out) throws IOException {
    Frames.write(out, to -> put(message, to));
  }

  /**
   * Reads the next message to a host.
   *
   * @param mostBytes how large it may be
   * @param announced called with its length before any of it is read; may wait
   * @return null when the stream has ended between two messages
   * @throws WireException when the bytes are no message
   */
  public static @Nullable ToHost readToHost(InputStream in, int mostBytes, IntConsumer announced)
      throws IOException {
    byte[] frame = Frames.read(in, () -> mostBytes, announced);
    return frame == null ? null : decoded(frame, HostCodec::toHost);
  }

  /**
   * Reads the next message from a host.
   *
   * @param mostBytes asked when a message has begun, for how large it may be
   * @return null when the stream has ended between two messages
   * @throws WireException when the bytes are no message
   */
  public static @Nullable FromHost readFromHost(InputStream in, IntSupplier mostBytes)
      throws IOException {
    byte[] frame =
        Frames.read(
            in, () -> Math.min(mostBytes.getAsInt(), FromWorkerCodec.MAX_FRAME_BYTES), n -> {});
    return frame == null ? null : decoded(frame, HostCodec::fromHost);
  }

  private static void put(ToHost message, WireOutput out) throws IOException {
    switch (message) {
      case ToHost.Hello(int protocol, String version, String token) -> {
        out.small(1);
        out.integer(protocol);
        out.text(version);
        out.text(token);
      }
      case ToHost.Watch(ToHost.Service service) -> {
        out.small(2);
        out.text(service.name());
      }
      case ToHost.Submit(ToHost.Service service, String tenant, String queue, var run) -> {
        out.small(3);
        out.text(service.name());
        out.text(tenant);
        out.text(queue);
        ToWorkerCodec.put(run, out);
      }
      case ToHost.Inspect(ToHost.Service service, var source) -> {
        out.small(4);
        out.text(service.name());
        ToWorkerCodec.put(source, out);
      }
      case ToHost.Cancel(long id) -> {
        out.small(5);
        out.number(id);
      }
    }
  }

  private static ToHost toHost(WireInput in) throws IOException {
    return switch (in.small()) {
      case 1 -> new ToHost.Hello(in.integer(), in.text(MAX_HELLO_BYTES), in.text(MAX_HELLO_BYTES));
      case 2 -> new ToHost.Watch(in.one(ToHost.Service.class));
      case 3 -> {
        ToHost.Service service = in.one(ToHost.Service.class);
        String tenant = in.text(MAX_NAME_BYTES);
        String queue = in.text(MAX_NAME_BYTES);
        if (!(ToWorkerCodec.message(in) instanceof ToWorker.Run run)) {
          throw new WireException("a request to run without a script");
        }
        yield new ToHost.Submit(service, tenant, queue, run);
      }
      case 4 -> {
        ToHost.Service service = in.one(ToHost.Service.class);
        if (!(ToWorkerCodec.message(in) instanceof ToWorker.Inspect source)) {
          throw new WireException("a request to inspect without a source");
        }
        yield new ToHost.Inspect(service, source);
      }
      case 5 -> new ToHost.Cancel(in.number());
      default -> throw new WireException("no such message to a worker host");
    };
  }

  private static void put(FromHost message, WireOutput out) throws IOException {
    switch (message) {
      case FromHost.Welcome(String version) -> {
        out.small(1);
        out.text(version);
      }
      case FromHost.Refused(String reason) -> {
        out.small(2);
        out.text(reason);
      }
      case FromHost.Status(PoolStatus pool, boolean closing) -> {
        out.small(3);
        putStatus(pool, out);
        out.flag(closing);
      }
      case FromHost.Described(Environment environment) -> {
        out.small(4);
        putEnvironment(environment, out);
        out.optional(environment.second().orElse(null), second -> putEnvironment(second, out));
      }
      case FromHost.Taken(long id) -> {
        out.small(5);
        out.number(id);
      }
      case FromHost.Declined(long id, String reason) -> {
        out.small(6);
        out.number(id);
        out.text(reason);
      }
      case FromHost.Part(FromWorker part) -> {
        out.small(7);
        FromWorkerCodec.put(part, out);
      }
      case FromHost.Ended(FromWorker.Finished last, String engine, long memoryBytes) -> {
        out.small(8);
        FromWorkerCodec.put(last, out);
        out.text(engine);
        out.number(memoryBytes);
      }
      case FromHost.Inspected(FromWorker.Inspected answer) -> {
        out.small(9);
        FromWorkerCodec.put(answer, out);
      }
    }
  }

  private static FromHost fromHost(WireInput in) throws IOException {
    return switch (in.small()) {
      case 1 -> new FromHost.Welcome(in.text(MAX_TEXT_BYTES));
      case 2 -> new FromHost.Refused(in.text(MAX_TEXT_BYTES));
      case 3 -> new FromHost.Status(status(in), in.flag());
      case 4 -> {
        Environment first = environment(in);
        Environment second = in.optional(() -> environment(in));
        yield new FromHost.Described(second == null ? first : first.withSecond(second));
      }
      case 5 -> new FromHost.Taken(in.number());
      case 6 -> new FromHost.Declined(in.number(), in.text(MAX_TEXT_BYTES));
      case 7 -> new FromHost.Part(FromWorkerCodec.message(in));
      case 8 -> {
        if (!(FromWorkerCodec.message(in) instanceof FromWorker.Finished last)) {
          throw new WireException("an end without a result");
        }
        yield new FromHost.Ended(last, in.text(MAX_TEXT_BYTES), in.count());
      }
      case 9 -> {
        if (!(FromWorkerCodec.message(in) instanceof FromWorker.Inspected answer)) {
          throw new WireException("an inspection without an answer");
        }
        yield new FromHost.Inspected(answer);
      }
      default -> throw new WireException("no such message from a worker host");
    };
  }

  private static void putStatus(PoolStatus pool, WireOutput out) throws IOException {
    out.integer(pool.workers());
    out.integer(pool.ready());
    out.integer(pool.busy());
    out.integer(pool.starting());
    out.integer(pool.queued());
    out.number(pool.runs());
    out.number(pool.killed());
    out.number(pool.recycled());
  }

  private static PoolStatus status(WireInput in) throws IOException {
    return new PoolStatus(
        in.natural(),
        in.natural(),
        in.natural(),
        in.natural(),
        in.natural(),
        in.count(),
        in.count(),
        in.count());
  }

  private static void putEnvironment(Environment environment, WireOutput out) throws IOException {
    FromWorkerCodec.putEnvironment(environment, out);
    out.text(environment.engine());
  }

  private static Environment environment(WireInput in) throws IOException {
    Environment told = FromWorkerCodec.environment(in);
    return told.of(in.text(MAX_TEXT_BYTES), told.layers());
  }

  private static <T> T decoded(byte[] frame, Reader<T> reader) throws IOException {
    WireInput in = new WireInput(frame);
    try {
      T message = reader.read(in);
      in.end();
      return message;
    } catch (IllegalArgumentException e) {
      throw new WireException("a message with impossible values", e);
    }
  }

  @FunctionalInterface
  private interface Reader<T> {
    T read(WireInput in) throws IOException;
  }
}
