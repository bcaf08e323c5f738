package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.Environment.Layer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Starts the workers of one pool. Thread-safe. */
public interface WorkerLauncher extends AutoCloseable {
  /** Starts one worker's process; completes exceptionally when that cannot be done. */
  CompletableFuture<Process> start();

  /** The layers that stand around every worker before it has run at all; may wait for them. */
  List<Layer> layers();

  /** Ends what starts workers, and with it the workers there still are. */
  @Override
  void close();
}
