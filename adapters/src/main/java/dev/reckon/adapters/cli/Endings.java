package dev.reckon.adapters.cli;

import dev.reckon.sandbox.RunResult;
import java.time.Duration;

/** How runs end, in words. */
final class Endings {
  private Endings() {}

  /** One line without a full stop's worth of blame: what happened, and what to try. */
  static String reason(RunResult result) {
    return switch (result) {
      case RunResult.Completed ignored -> "completed";
      case RunResult.Failed failed ->
          failed.error().type()
              + (failed.error().line() > 0 ? " in line " + failed.error().line() : "");
      case RunResult.Blocked blocked -> blocked.error().message();
      case RunResult.TimeLimit limit ->
          "ended after "
              + seconds(limit.limit())
              + (limit.cpu() ? " of computing (sandbox.cpu_seconds)" : " (sandbox.seconds)");
      case RunResult.MemoryLimit limit ->
          "ran out of memory at " + limit.heapBytes() / (1024 * 1024) + " MiB (sandbox.heap_mib)";
      case RunResult.OutputLimit limit ->
          "printed more than "
              + limit.limitBytes() / (1024 * 1024)
              + " MiB (sandbox.output_flood_mib)";
      case RunResult.Stopped ignored -> "cancelled";
      case RunResult.WorkerLost lost -> "its worker was lost: " + lost.reason() + "; run it again";
      case RunResult.Busy busy ->
          busy.waiting() + " scripts wait already; try again in a moment, or raise sandbox.queue";
    };
  }

  /** A duration as people say it. */
  static String seconds(Duration duration) {
    double ms = duration.toNanos() / 1e6;
    if (ms < 10) {
      return "%.1f ms".formatted(ms);
    }
    if (ms < 1000) {
      return "%.0f ms".formatted(ms);
    }
    return ms % 1000 == 0 ? "%.0f s".formatted(ms / 1000) : "%.1f s".formatted(ms / 1000);
  }

  /** A size as people say it. */
  static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " bytes";
    }
    return bytes < 1024 * 1024
        ? "%.1f KiB".formatted(bytes / 1024.0)
        : "%.1f MiB".formatted(bytes / (1024.0 * 1024));
  }
}
