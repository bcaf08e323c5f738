package dev.reckon.sandbox;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Runs untrusted Python, one script at a time per worker, each in a context of its own that is
 * thrown away afterwards.
 *
 * <p>Implementations are safe for use by any number of threads. What a script does never throws
 * here: every outcome, a lost worker included, is a {@link RunResult}. Exceptions mean a fault of
 * ours.
 */
public interface Sandbox extends AutoCloseable {

  /**
   * Queues a script and runs it as soon as a worker is free.
   *
   * @return completes with what happened, at the latest two seconds after the script's {@link
   *     Limits#wallTime()} has passed since a worker took it. Cancelling the future ends the script
   *     as {@link #stop} does, for a caller that asks for nothing more.
   */
  CompletableFuture<RunResult> submit(Script script);

  /**
   * The same, for a caller that tells waiting from working.
   *
   * @param taken called once when a worker takes the script, on a thread of its own; where an
   *     implementation cannot tell, at once
   */
  default CompletableFuture<RunResult> submit(Script script, Runnable taken) {
    taken.run();
    return submit(script);
  }

  /**
   * Ends a submitted script, whether it waits or runs. Its future completes at once, as {@link
   * RunResult.Stopped} with what had come from it until then; the worker follows within a fraction
   * of a second. Does nothing when the script is over.
   *
   * @param script the very one that was submitted
   */
  void stop(Script script);

  /**
   * Reads a script without running it: its imports, calls and attributes, by syntax tree.
   *
   * @return completes with what was seen, or with that it could not be read; exceptionally when the
   *     sandbox is closed or has no workers
   */
  CompletableFuture<Inspection> inspect(String source);

  /** What scripts will find here; waits for the first worker to be ready. */
  CompletableFuture<Environment> environment();

  /** What the pool is doing at this moment. */
  PoolStatus status();

  /** The pools of its engines by name, where there are several; else itself. */
  default Map<String, PoolStatus> engines() {
    return Map.of("Sandbox", status());
  }

  /**
   * Ends every worker and waits until they are gone. Scripts in progress end as {@link
   * RunResult.WorkerLost}.
   */
  @Override
  void close();
}
