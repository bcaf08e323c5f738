package dev.reckon.sandbox;

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
   *     Limits#wallTime()} has passed since a worker took it. Cancelling the future ends the
   *     script, whether it waits or runs: at once for the caller, within a few milliseconds for the
   *     worker.
   */
  CompletableFuture<RunResult> submit(Script script);

  /**
   * Reads a script without running it: its imports, calls and attributes, by syntax tree.
   *
   * @return completes with the {@link SourceReport}, never with what the code would do
   */
  CompletableFuture<SourceReport> inspect(String source);

  /** What scripts will find here; waits for the first worker to be ready. */
  CompletableFuture<Environment> environment();

  /** What the pool is doing at this moment. */
  PoolStatus status();

  /**
   * Ends every worker and waits until they are gone. Scripts in progress end as {@link
   * RunResult.WorkerLost}.
   */
  @Override
  void close();
}
