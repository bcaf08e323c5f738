package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.Produced;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Timing;
import dev.reckon.sandbox.run.Endings;
import dev.reckon.sandbox.run.Transcript;
import dev.reckon.sandbox.wire.FromWorker;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A script in a worker: what it has produced so far, and why it was killed if it was. */
final class ActiveRun {
  /** Why the pool killed the worker under the run. */
  enum Cause {
    WALL_TIME,
    OUTPUT_FLOOD,
    CANCELLED,
    PROTOCOL,
    CLOSED
  }

  final long id;
  final PendingRun pending;
  final Transcript transcript;

  /** The timer that kills; set by the pool as soon as the run is handed over. */
  @Nullable Future<?> deadline;

  private final long heapBytes;
  private final Duration queued;
  private final long startedNanos = System.nanoTime();
  private final AtomicReference<@Nullable Cause> cause = new AtomicReference<>();

  ActiveRun(long id, PendingRun pending, String engine, long heapBytes) {
    this.id = id;
    this.pending = pending;
    this.heapBytes = heapBytes;
    this.transcript = new Transcript(pending.script, engine);
    this.queued = pending.waited();
  }

  /** Remembers why the worker is about to be killed; the first cause stays. */
  void killedFor(Cause reason) {
    cause.compareAndSet(null, reason);
  }

  boolean flooded() {
    Limits limits = pending.script.limits();
    return transcript.outputBytes() > limits.outputFloodBytes() + limits.outputBytes();
  }

  /** What the worker's last word means. */
  RunResult finished(FromWorker.Finished last) {
    transcript.dropped(last.droppedBytes(), last.droppedFiles());
    Limits limits = pending.script.limits();
    FromWorker.Finished told =
        last.ending() == FromWorker.Ending.FAULT
            ? new FromWorker.Finished(
                last.id(), last.ending(), null, "the sandbox failed inside: " + last.detail(), 0, 0)
            : last;
    return Endings.result(told, limits, heapBytes, transcript.produced(), timing());
  }

  /** What there is when the caller wants it ended. */
  RunResult stopped() {
    return new RunResult.Stopped(transcript.produced(), timing());
  }

  /** What the worker's death means. */
  RunResult died(WorkerDeath death) {
    Limits limits = pending.script.limits();
    Produced produced = transcript.produced();
    return switch (cause.get()) {
      case WALL_TIME -> new RunResult.TimeLimit(limits.wallTime(), false, produced, timing());
      case OUTPUT_FLOOD -> new RunResult.OutputLimit(limits.outputFloodBytes(), produced, timing());
      case CANCELLED -> stopped();
      case CLOSED -> new RunResult.WorkerLost("the sandbox was closed", produced, timing());
      case PROTOCOL -> new RunResult.WorkerLost(death.reason(), produced, timing());
      case null ->
          death.outOfMemory()
              ? new RunResult.MemoryLimit(heapBytes, produced, timing())
              : new RunResult.WorkerLost(death.reason(), produced, timing());
    };
  }

  private Timing timing() {
    return new Timing(queued, Duration.ofNanos(System.nanoTime() - startedNanos));
  }
}
