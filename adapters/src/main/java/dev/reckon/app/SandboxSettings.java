package dev.reckon.app;

import dev.reckon.adapters.config.Configuration;

/**
 * How many workers run scripts, and how large they may grow.
 *
 * @param workers child JVMs that are kept ready; 0 means one for each core but one, at least one
 * @param heapMib of each worker
 * @param queue scripts that may wait before more are turned away
 */
record SandboxSettings(int workers, int heapMib, int queue) {
  /** Reads the keys {@code sandbox.*} that are not a script's own limits. */
  static SandboxSettings from(Configuration configuration) {
    return new SandboxSettings(
        configuration.number("sandbox.workers", 0, 0, 256),
        configuration.number("sandbox.heap_mib", 256, 64, 65_536),
        configuration.number("sandbox.queue", 100, 1, 100_000));
  }
}
