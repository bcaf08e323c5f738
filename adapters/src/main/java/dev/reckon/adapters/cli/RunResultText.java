package dev.reckon.adapters.cli;

import dev.reckon.core.label.Amounts;
import dev.reckon.sandbox.RunResult;

/** Describes how a run ended, in one line. */
final class RunResultText {
  private static final String PACKAGES =
      ": use the standard library, or the packages that reckon doctor lists";

  private RunResultText() {}

  /** Returns one line: what happened, and what to try. */
  static String reason(RunResult result) {
    return switch (result) {
      case RunResult.Completed ignored -> "completed";
      case RunResult.Failed failed ->
          failed.error().type()
              + (failed.error().line() > 0 ? " in line " + failed.error().line() : "")
              + (failed.error().type().equals("ModuleNotFoundError") ? PACKAGES : "");
      case RunResult.Blocked blocked ->
          (blocked.error().line() > 0 ? "line " + blocked.error().line() + ": " : "")
              + blocked.capability()
              + " is not possible in the sandbox";
      case RunResult.TimeLimit limit ->
          "ended after "
              + Amounts.duration(limit.limit())
              + (limit.cpu() ? " of computing (sandbox.cpu_seconds)" : " (sandbox.seconds)");
      case RunResult.MemoryLimit limit ->
          "ran out of memory at " + limit.heapBytes() / (1024 * 1024) + " MiB (sandbox.heap_mib)";
      case RunResult.OutputLimit limit ->
          "printed more than "
              + limit.limitBytes() / (1024 * 1024)
              + " MiB (sandbox.output_flood_mib)";
      case RunResult.Stopped ignored -> "cancelled";
      case RunResult.WorkerLost lost ->
          "its worker process ended: " + lost.reason() + "; run it again";
    };
  }
}
