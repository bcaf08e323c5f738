package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.Produced;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Timing;
import dev.reckon.sandbox.process.StderrTail;
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

  private final String engine;
  private final long heapBytes;
  private final Duration queued;
  private final long startedNanos = System.nanoTime();
  private final AtomicReference<@Nullable Cause> cause = new AtomicReference<>();

  ActiveRun(long id, PendingRun pending, String engine, long heapBytes) {
    this.id = id;
    this.pending = pending;
    this.engine = engine;
    this.heapBytes = heapBytes;
    this.transcript = new Transcript(pending.script);
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
    return last.ending() == FromWorker.Ending.FAULT
        ? new RunResult.WorkerLost(
            "the sandbox failed inside: " + StderrTail.line(last.detail()), produced(), timing())
        : Endings.result(last, pending.script.limits(), heapBytes, produced(), timing());
  }

  /** What there is when the caller wants it ended. */
  RunResult stopped() {
    return new RunResult.Stopped(produced(), timing());
  }

  /** What the worker's death means. */
  RunResult died(WorkerDeath death) {
    Limits limits = pending.script.limits();
    Produced produced = produced();
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

  private Produced produced() {
    return transcript.produced(engine);
  }

  private Timing timing() {
    return new Timing(queued, Duration.ofNanos(System.nanoTime() - startedNanos));
  }
}
