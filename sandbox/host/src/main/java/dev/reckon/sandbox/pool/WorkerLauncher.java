package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.Environment.Wall;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Starts the workers of one pool. Thread-safe. */
public interface WorkerLauncher extends AutoCloseable {
  /** Starts one worker's process; completes exceptionally when that cannot be done. */
  CompletableFuture<Process> start();

  /** The walls that stand around every worker before it has run at all; may wait for them. */
  List<Wall> walls();

  /** Ends what starts workers, and with it the workers there still are. */
  @Override
  void close();
}
