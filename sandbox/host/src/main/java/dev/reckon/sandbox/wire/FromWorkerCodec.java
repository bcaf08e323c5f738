package dev.reckon.sandbox.wire;

import dev.reckon.sandbox.Chart;
import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.GuestError;
import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.SourceReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of {@link FromWorker}. Stateless; a stream belongs to one thread at a time. Reading is
 * safe on hostile bytes: they give a message or a {@link WireException}, and never take more memory
 * than {@link #MAX_FRAME_BYTES} and what the child really sent.
 */
public final class FromWorkerCodec {
  /** The largest message from a worker: one produced file. */
  public static final int MAX_FRAME_BYTES = 128 * 1024 * 1024;

  private static final int MAX_OUTPUT_BYTES = 1024 * 1024;
  private static final int MAX_TEXT_BYTES = 256 * 1024;
  private static final int MAX_NAME_BYTES = 4096;
  private static final int MAX_NAMES = 100_000;

  private FromWorkerCodec() {}

  /** Writes one message and flushes. */
  public static void write(FromWorker message, OutputStream out) throws IOException {
    Frames.write(out, to -> put(message, to));
  }

  /**
   * Reads the next message.
   *
   * @return null when the stream has ended between two messages
   * @throws WireException when the bytes are no message
   * @throws IOException when reading fails
   */
  public static @Nullable FromWorker read(InputStream in) throws IOException {
    return read(in, () -> MAX_FRAME_BYTES);
  }

  /**
   * Reads the next message, within a bound of the moment: what a worker may send depends on what it
   * was given to do.
   *
   * @param mostBytes asked when a message has begun, for how large it may be
   * @return null when the stream has ended between two messages
   * @throws WireException when the bytes are no message
   * @throws IOException when reading fails
   */
  public static @Nullable FromWorker read(InputStream in, IntSupplier mostBytes)
      throws IOException {
    byte[] frame = Frames.read(in, () -> Math.min(mostBytes.getAsInt(), MAX_FRAME_BYTES));
    return frame == null ? null : decode(frame);
  }

  static void put(FromWorker message, WireOutput out) throws IOException {
    switch (message) {
      case FromWorker.Ready(Environment environment) -> {
        out.small(1);
        putEnvironment(environment, out);
      }
      case FromWorker.Idle(long heapUsedBytes) -> {
        out.small(2);
        out.number(heapUsedBytes);
      }
      case FromWorker.Output(long id, boolean stderr, byte[] bytes) -> {
        out.small(3);
        out.number(id);
        out.flag(stderr);
        out.bytes(bytes);
      }
      case FromWorker.File(long id, var file) -> {
        out.small(4);
        out.number(id);
        ToWorkerCodec.putFile(file, out);
      }
      case FromWorker.Finished finished -> {
        out.small(5);
        out.number(finished.id());
        out.text(finished.ending().name());
        out.optional(finished.error(), error -> putError(error, out));
        out.text(finished.detail());
        out.number(finished.droppedBytes());
        out.integer(finished.droppedFiles());
      }
      case FromWorker.Inspected(long id, Inspection answer) -> {
        out.small(6);
        out.number(id);
        putInspection(answer, out);
      }
      case FromWorker.Read(long id, String name) -> {
        out.small(7);
        out.number(id);
        out.text(name);
      }
      case FromWorker.Drawn(long id, Chart chart) -> {
        out.small(8);
        out.number(id);
        ChartCodec.put(chart, out);
      }
    }
  }

  private static FromWorker decode(byte[] frame) throws IOException {
    WireInput in = new WireInput(frame);
    try {
      FromWorker message = message(in);
      in.end();
      return message;
    } catch (IllegalArgumentException e) {
      throw new WireException("a message with impossible values", e);
    }
  }

  /** One message's content, after which others may follow. */
  static FromWorker message(WireInput in) throws IOException {
    return switch (in.small()) {
      case 1 -> new FromWorker.Ready(environment(in));
      case 2 -> new FromWorker.Idle(in.count());
      case 3 -> new FromWorker.Output(in.number(), in.flag(), in.bytes(MAX_OUTPUT_BYTES));
      case 4 -> new FromWorker.File(in.number(), ToWorkerCodec.file(in));
      case 5 -> finished(in);
      case 6 -> new FromWorker.Inspected(in.number(), inspection(in));
      case 7 -> new FromWorker.Read(in.number(), in.text(MAX_NAME_BYTES));
      case 8 -> new FromWorker.Drawn(in.number(), ChartCodec.read(in));
      default -> throw new WireException("no such message from a worker");
    };
  }

  private static FromWorker.Finished finished(WireInput in) throws IOException {
    long id = in.number();
    FromWorker.Ending ending = in.one(FromWorker.Ending.class);
    GuestError error = in.optional(() -> error(in));
    String detail = in.text(MAX_TEXT_BYTES);
    long droppedBytes = in.count();
    int droppedFiles = in.natural();
    return new FromWorker.Finished(id, ending, error, detail, droppedBytes, droppedFiles);
  }

  private static void putError(GuestError error, WireOutput out) throws IOException {
    out.text(error.type());
    out.text(error.message());
    out.integer(error.line());
    out.text(error.traceback());
  }

  private static GuestError error(WireInput in) throws IOException {
    return new GuestError(
        in.text(MAX_TEXT_BYTES), in.text(MAX_TEXT_BYTES), in.natural(), in.text(MAX_TEXT_BYTES));
  }

  static void putEnvironment(Environment environment, WireOutput out) throws IOException {
    out.text(environment.pythonVersion());
    out.list(environment.modules(), out::text);
    out.list(environment.packages(), out::text);
    out.list(environment.missing(), out::text);
    out.list(
        environment.layers(),
        layer -> {
          out.text(layer.name());
          out.flag(layer.active());
          out.text(layer.detail());
        });
  }

  static Environment environment(WireInput in) throws IOException {
    return new Environment(
        in.text(MAX_NAME_BYTES),
        in.list(MAX_NAMES, () -> in.text(MAX_NAME_BYTES)),
        in.list(MAX_NAMES, () -> in.text(MAX_NAME_BYTES)),
        in.list(MAX_NAMES, () -> in.text(MAX_NAME_BYTES)),
        in.list(
            64,
            () ->
                new Environment.Layer(
                    in.text(MAX_NAME_BYTES), in.flag(), in.text(MAX_TEXT_BYTES))));
  }

  private static void putInspection(Inspection answer, WireOutput out) throws IOException {
    switch (answer) {
      case Inspection.Read(SourceReport report) -> {
        out.flag(true);
        putReport(report, out);
      }
      case Inspection.NotRead(String reason) -> {
        out.flag(false);
        out.text(reason);
      }
    }
  }

  private static Inspection inspection(WireInput in) throws IOException {
    return in.flag()
        ? new Inspection.Read(report(in))
        : new Inspection.NotRead(in.text(MAX_NAME_BYTES));
  }

  private static void putReport(SourceReport report, WireOutput out) throws IOException {
    out.optional(report.syntaxError(), error -> putError(error, out));
    out.integer(report.lines());
    out.list(
        report.imports(),
        each -> {
          out.text(each.module());
          out.integer(each.line());
          out.flag(each.available());
        });
    out.list(
        report.uses(),
        use -> {
          out.text(use.name());
          out.integer(use.line());
          out.flag(use.call());
        });
    out.list(report.traits(), trait -> out.text(trait.name()));
  }

  private static SourceReport report(WireInput in) throws IOException {
    return new SourceReport(
        in.optional(() -> error(in)),
        in.natural(),
        in.list(
            MAX_NAMES,
            () -> new SourceReport.Import(in.text(MAX_TEXT_BYTES), in.natural(), in.flag())),
        in.list(
            MAX_NAMES,
            () -> new SourceReport.Use(in.text(MAX_TEXT_BYTES), in.natural(), in.flag())),
        Set.copyOf(in.list(64, () -> in.one(SourceReport.Trait.class))));
  }
}
