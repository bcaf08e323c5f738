package dev.reckon.core.engine;

import dev.reckon.core.turn.RunSummary;
import dev.reckon.core.turn.TurnRequest;
import dev.reckon.core.turn.Work;
import dev.reckon.sandbox.GuestError;
import dev.reckon.sandbox.Produced;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.Script;
import org.jspecify.annotations.Nullable;

/** Runs a turn's programs in the sandbox. */
final class ProgramRuns {
  private final Sandbox sandbox;
  private final WorkingFiles files;

  ProgramRuns(Sandbox sandbox, WorkingFiles files) {
    this.sandbox = sandbox;
    this.files = files;
  }

  /** Runs a program among the turn's files, and keeps what it leaves. */
  RunSummary run(long turn, Work work, String code) throws InterruptedException {
    TurnRequest request = work.request();
    Script script =
        new Script(
            "turn-" + turn + "-" + (work.attempts().size() + 1),
            request.tenant(),
            request.conversation(),
            code,
            files.contents(work),
            request.settings().limits());
    return summary(turn, Waiting.await(sandbox.submit(script)));
  }

  private RunSummary summary(long turn, RunResult result) {
    return switch (result) {
      case RunResult.Completed r -> summary(turn, r, RunSummary.Ending.COMPLETED, null, "");
      case RunResult.Failed r -> summary(turn, r, RunSummary.Ending.FAILED, r.error(), "");
      case RunResult.Blocked r ->
          summary(
              turn,
              r,
              RunSummary.Ending.BLOCKED,
              r.error(),
              r.capability() + " is not possible in the sandbox");
      case RunResult.TimeLimit r ->
          summary(
              turn,
              r,
              RunSummary.Ending.TIME_LIMIT,
              null,
              "it ran longer than "
                  + r.limit().toSeconds()
                  + (r.cpu() ? " s of processor time" : " s"));
      case RunResult.MemoryLimit r ->
          summary(
              turn,
              r,
              RunSummary.Ending.MEMORY_LIMIT,
              null,
              "it needed more than " + r.heapBytes() / (1024 * 1024) + " MiB of memory");
      case RunResult.OutputLimit r ->
          summary(
              turn,
              r,
              RunSummary.Ending.OUTPUT_LIMIT,
              null,
              "it printed more than " + r.limitBytes() / 1024 + " KiB");
      case RunResult.WorkerLost r ->
          summary(turn, r, RunSummary.Ending.WORKER_LOST, null, "its worker's process was lost");
      case RunResult.Busy r ->
          summary(turn, r, RunSummary.Ending.BUSY, null, "all workers are busy");
    };
  }

  private RunSummary summary(
      long turn,
      RunResult result,
      RunSummary.Ending ending,
      @Nullable GuestError error,
      String detail) {
    Produced produced = result.produced();
    return new RunSummary(
        ending,
        produced.stdout(),
        produced.stderr(),
        produced.droppedBytes(),
        files.keep(turn, produced.files()),
        error,
        detail,
        result.timing().elapsed());
  }
}
