package dev.reckon.sandbox.wire;

import dev.reckon.sandbox.Chart;
import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.GuestError;
import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.SandboxFile;
import org.jspecify.annotations.Nullable;

/** What a worker tells its parent. */
public sealed interface FromWorker {
  /** Warmed up and locked; sent once. */
  record Ready(Environment environment) implements FromWorker {}

  /**
   * A fresh context waits for the next run. Sent after {@link Ready} and again after each run, when
   * the next context is warm.
   *
   * @param heapUsedBytes after the last collection, for recycling on growth
   */
  record Idle(long heapUsedBytes) implements FromWorker {}

  /**
   * A piece of output, as it is written. The worker stops sending at the limit and goes on
   * counting.
   */
  @SuppressWarnings("ArrayRecordComponent") // on its way to a buffer, compared by nobody
  record Output(long id, boolean stderr, byte[] bytes) implements FromWorker {}

  /** A file that the run created or changed; sent before {@link Finished}. */
  record File(long id, SandboxFile file) implements FromWorker {}

  /** A given file that the run opened for reading; sent before {@link Finished}. */
  record Read(long id, String name) implements FromWorker {}

  /** What the run says of a figure; sent after the {@link File} that shows it. */
  record Drawn(long id, Chart chart) implements FromWorker {}

  /** The run is over. */
  record Finished(
      long id,
      Ending ending,
      @Nullable GuestError error,
      String detail,
      long droppedBytes,
      int droppedFiles)
      implements FromWorker {}

  /** The answer to {@link ToWorker.Inspect}. */
  record Inspected(long id, Inspection answer) implements FromWorker {}

  /** How a run ended, seen from inside. */
  enum Ending {
    COMPLETED,
    /** With the guest's error. */
    FAILED,
    /** With the guest's error; detail is the capability, in words. */
    BLOCKED,
    WALL_TIME,
    CPU_TIME,
    OUTPUT_FLOOD,
    /** Python's own MemoryError, raised before the heap was full. */
    MEMORY,
    CANCELLED,
    /** A fault of ours; detail says which, without guest text. The worker is to be replaced. */
    FAULT
  }
}
