package dev.reckon.sandbox.pool;

import java.util.Set;

/**
 * What kind of process a pool's workers are. Whatever their kind, workers speak the messages of
 * {@code dev.reckon.sandbox.wire} on standard input and output. Immutable.
 */
public interface WorkerKind {
  /** What it is called, such as {@code GraalPy}. */
  String engine();

  /** How much a script may hold, which {@code RunResult.MemoryLimit} reports. */
  long memoryBytes();

  /** The resident size at which a worker is replaced. */
  long mostResidentBytes();

  /** The names of the layers without which a worker counts as not locked. */
  Set<String> requiredLayers();

  /** Makes ready to start workers; called once for each pool. */
  WorkerLauncher launcher();
}
