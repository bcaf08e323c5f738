package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.Produced;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.Timing;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A script that waits for a worker, and the future that its caller holds. */
final class PendingRun {
  final Script script;
  final Runnable taken;
  final CompletableFuture<RunResult> future = new CompletableFuture<>();
  private final long submittedNanos = System.nanoTime();

  PendingRun(Script script, Runnable taken) {
    this.script = script;
    this.taken = taken;
  }

  /** Whether it is this very script; an equal one may be somebody else's. */
  @SuppressWarnings("ReferenceEquality")
  boolean isOf(Script submitted) {
    return script == submitted;
  }

  Duration waited() {
    return Duration.ofNanos(System.nanoTime() - submittedNanos);
  }

  /** The result of a script that was stopped before a worker took it. */
  RunResult stopped() {
    return new RunResult.Stopped(Produced.NOTHING, new Timing(waited(), Duration.ZERO));
  }

  /** The result of a script that no worker ever took, for a fault of ours. */
  RunResult lost(String reason) {
    return new RunResult.WorkerLost(reason, Produced.NOTHING, new Timing(waited(), Duration.ZERO));
  }
}
