package dev.reckon.core.turn.effect;

import dev.reckon.core.label.Label;
import dev.reckon.core.loop.WaitListener;
import dev.reckon.core.message.Language;
import dev.reckon.core.turn.CodeFacts;
import dev.reckon.core.turn.RunSummary;
import dev.reckon.core.turn.SavedRun;
import dev.reckon.core.turn.TurnProgress;
import dev.reckon.core.turn.TurnRequest;
import dev.reckon.sandbox.GuestError;
import dev.reckon.sandbox.Produced;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.SandboxFile;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.SourceReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Runs a turn's programs in the sandbox. */
final class ProgramRuns {
  /** A run that took no longer is done once more, to see whether it prints the same. */
  static final Duration CHEAP = Duration.ofMillis(250);

  /** What the id of such a second run ends with. */
  static final String AGAIN = "-again";

  private static final String WORKER = "a free worker of the sandbox";

  private final Sandbox sandbox;
  private final WorkingFiles files;

  ProgramRuns(Sandbox sandbox, WorkingFiles files) {
    this.sandbox = sandbox;
    this.files = files;
  }

  /**
   * Runs a program among the turn's files, and keeps what it leaves. When the thread is
   * interrupted, the run is stopped, and its summary says so; the thread stays interrupted.
   */
  RunSummary run(long turn, TurnProgress work, String code, CodeFacts facts, WaitListener waits)
      throws InterruptedException {
    List<SandboxFile> contents = files.contents(work, code);
    String id = "turn-" + turn + "-" + (work.attempts().size() + 1);
    RunResult result = result(script(id, work, code, contents), waits);
    boolean varies =
        result instanceof RunResult.Completed first
            && isWorthRepeating(work, facts, first)
            && printsOtherwise(first, script(id + AGAIN, work, code, contents), waits);
    RunSummary summary = summary(turn, result, varies, work.request().language());
    SavedRun saved = work.request().saved();
    if (saved != null) {
      summary = summary.lacking(saved.absentFrom(summary, contents));
    }
    if (result instanceof RunResult.Stopped) {
      Thread.currentThread().interrupt();
    }
    return summary;
  }

  /** A script whose worker was lost for a reason of the worker's is run once more. */
  private RunResult result(Script script, WaitListener waits) throws InterruptedException {
    RunResult result = once(script, waits);
    return result instanceof RunResult.WorkerLost ? once(script, waits) : result;
  }

  private RunResult once(Script script, WaitListener waits) {
    waits.waiting(WORKER, sandbox.status().queued());
    CompletableFuture<RunResult> future = sandbox.submit(script, waits::working);
    try {
      return future.get();
    } catch (InterruptedException e) {
      sandbox.stop(script);
      return future.join();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the sandbox failed", e.getCause());
    } finally {
      waits.working();
    }
  }

  /**
   * Seen in the syntax tree is seen; the rest is worth a second run only while that costs little.
   */
  private boolean isWorthRepeating(TurnProgress work, CodeFacts facts, RunResult.Completed run) {
    return work.request().givenCode() == null
        && !facts.traits().contains(SourceReport.Trait.RANDOM)
        && !facts.traits().contains(SourceReport.Trait.CLOCK)
        && run.timing().elapsed().compareTo(CHEAP) <= 0
        && sandbox.status().ready() > 0;
  }

  private boolean printsOtherwise(RunResult.Completed first, Script again, WaitListener waits)
      throws InterruptedException {
    return SandboxWait.await(sandbox.submit(again), waits) instanceof RunResult.Completed second
        && !second.produced().stdout().equals(first.produced().stdout());
  }

  private static Script script(
      String id, TurnProgress work, String code, List<SandboxFile> contents) {
    TurnRequest request = work.request();
    return new Script(
        id, request.tenant(), request.conversation(), code, contents, request.settings().limits());
  }

  private RunSummary summary(long turn, RunResult result, boolean varies, Language language) {
    Produced produced = result.produced();
    Optional<Detail> detail = detail(result);
    return new RunSummary(
        ending(result),
        produced.stdout(),
        produced.stderr(),
        produced.droppedBytes(),
        files.keep(turn, produced),
        produced.read(),
        error(result),
        detail.map(some -> some.in(Language.ENGLISH)).orElse(""),
        varies,
        result.timing().elapsed(),
        produced.engine(),
        language == Language.ENGLISH ? "" : detail.map(some -> some.in(language)).orElse(""),
        List.of());
  }

  private static RunSummary.Ending ending(RunResult result) {
    return switch (result) {
      case RunResult.Completed _ -> RunSummary.Ending.COMPLETED;
      case RunResult.Failed _ -> RunSummary.Ending.FAILED;
      case RunResult.Blocked _ -> RunSummary.Ending.BLOCKED;
      case RunResult.TimeLimit _ -> RunSummary.Ending.TIME_LIMIT;
      case RunResult.MemoryLimit _ -> RunSummary.Ending.MEMORY_LIMIT;
      case RunResult.OutputLimit _ -> RunSummary.Ending.OUTPUT_LIMIT;
      case RunResult.WorkerLost _ -> RunSummary.Ending.WORKER_LOST;
      case RunResult.Stopped _ -> RunSummary.Ending.STOPPED;
    };
  }

  private static @Nullable GuestError error(RunResult result) {
    return switch (result) {
      case RunResult.Failed failed -> failed.error();
      case RunResult.Blocked blocked -> blocked.error();
      default -> null;
    };
  }

  /** What is said about an ending besides the program's own error. */
  private record Detail(Label label, List<Object> values) {
    static Optional<Detail> of(Label label, Object... values) {
      return Optional.of(new Detail(label, List.of(values)));
    }

    String in(Language language) {
      return label.in(language, values.toArray());
    }
  }

  private static Optional<Detail> detail(RunResult result) {
    return switch (result) {
      case RunResult.Completed _, RunResult.Failed _ -> Optional.empty();
      case RunResult.Blocked r -> Detail.of(Label.FAILURE_BLOCKED, r.capability());
      case RunResult.TimeLimit r ->
          Detail.of(r.cpu() ? Label.FAILURE_CPU_TIME : Label.FAILURE_TIME, r.limit().toSeconds());
      case RunResult.MemoryLimit r ->
          Detail.of(Label.FAILURE_MEMORY, r.heapBytes() / (1024 * 1024));
      case RunResult.OutputLimit r -> Detail.of(Label.FAILURE_OUTPUT, r.limitBytes() / 1024);
      case RunResult.WorkerLost _ -> Detail.of(Label.FAILURE_WORKER_LOST);
      case RunResult.Stopped _ -> Detail.of(Label.FAILURE_STOPPED);
    };
  }
}
