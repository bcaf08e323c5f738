package dev.reckon.sandbox.run;

import dev.reckon.sandbox.GuestError;
import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.Produced;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Timing;
import dev.reckon.sandbox.process.StderrTail;
import dev.reckon.sandbox.wire.FromWorker;
import dev.reckon.sandbox.wire.FromWorker.Ending;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A run's last message as a {@link RunResult}, and a result as such a message. Pure functions. */
public final class Endings {
  private Endings() {}

  /**
   * What a worker's last message means.
   *
   * @param memoryBytes how much the script might hold
   */
  public static RunResult result(
      FromWorker.Finished last, Limits limits, long memoryBytes, Produced produced, Timing timing) {
    return switch (last.ending()) {
      case COMPLETED -> new RunResult.Completed(produced, timing);
      case FAILED -> new RunResult.Failed(errorOf(last), produced, timing);
      case BLOCKED -> new RunResult.Blocked(last.detail(), errorOf(last), produced, timing);
      case WALL_TIME -> new RunResult.TimeLimit(limits.wallTime(), false, produced, timing);
      case CPU_TIME -> new RunResult.TimeLimit(limits.cpuTime(), true, produced, timing);
      case OUTPUT_FLOOD -> new RunResult.OutputLimit(limits.outputFloodBytes(), produced, timing);
      case MEMORY -> new RunResult.MemoryLimit(memoryBytes, produced, timing);
      case CANCELLED -> new RunResult.Stopped(produced, timing);
      case FAULT -> new RunResult.WorkerLost(StderrTail.line(last.detail()), produced, timing);
    };
  }

  /** The message that {@link #result} turns back into this result, but for what was produced. */
  public static FromWorker.Finished message(long id, RunResult result) {
    return switch (result) {
      case RunResult.Completed r -> message(id, Ending.COMPLETED, null, "", r);
      case RunResult.Failed r -> message(id, Ending.FAILED, r.error(), "", r);
      case RunResult.Blocked r -> message(id, Ending.BLOCKED, r.error(), r.capability(), r);
      case RunResult.TimeLimit r ->
          message(id, r.cpu() ? Ending.CPU_TIME : Ending.WALL_TIME, null, "", r);
      case RunResult.MemoryLimit r -> message(id, Ending.MEMORY, null, "", r);
      case RunResult.OutputLimit r -> message(id, Ending.OUTPUT_FLOOD, null, "", r);
      case RunResult.WorkerLost r -> message(id, Ending.FAULT, null, r.reason(), r);
      case RunResult.Stopped r -> message(id, Ending.CANCELLED, null, "", r);
    };
  }

  private static FromWorker.Finished message(
      long id, Ending ending, @Nullable GuestError error, String detail, RunResult result) {
    return new FromWorker.Finished(
        id,
        ending,
        error,
        detail,
        result.produced().droppedBytes(),
        result.produced().droppedFiles());
  }

  private static GuestError errorOf(FromWorker.Finished last) {
    return Objects.requireNonNullElseGet(
        last.error(), () -> new GuestError("Error", last.detail(), 0, ""));
  }
}
