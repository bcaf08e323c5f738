package dev.reckon.app;

import dev.reckon.adapters.config.Configuration;
import dev.reckon.sandbox.pool.Reuse;

/**
 * How many workers run scripts, and how large they may grow.
 *
 * @param workers child JVMs that are kept ready; 0 means by the machine's processors
 * @param heapMib of each worker
 * @param queue scripts that may wait before more are turned away
 * @param maxRuns after which a worker is replaced
 * @param reuse whose scripts may share a worker
 * @param requireLockdown whether a worker that lacks a wall is refused
 */
record SandboxSettings(
    int workers, int heapMib, int queue, int maxRuns, Reuse reuse, boolean requireLockdown) {
  /** Reads the keys {@code sandbox.*} that are not a script's own limits. */
  static SandboxSettings from(Configuration configuration) {
    return new SandboxSettings(
        configuration.number("sandbox.workers", 0, 0, 256),
        configuration.number("sandbox.heap_mib", 256, 64, 65_536),
        configuration.number("sandbox.queue", 64, 0, 100_000),
        configuration.number("sandbox.max_runs", 500, 1, 1_000_000),
        configuration.choice("sandbox.reuse", Reuse.ANY),
        configuration.flag("sandbox.require_lockdown", false));
  }
}
