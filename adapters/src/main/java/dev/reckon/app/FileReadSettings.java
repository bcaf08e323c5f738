package dev.reckon.app;

import dev.reckon.adapters.config.Configuration;
import java.time.Duration;

/**
 * The children that read files: the keys {@code files.read_*}.
 *
 * @param children that are kept ready
 * @param heapMib of each; a file that fills it is not read
 * @param deadline of one file
 */
record FileReadSettings(int children, int heapMib, Duration deadline) {
  static FileReadSettings from(Configuration configuration) {
    return new FileReadSettings(
        configuration.number("files.read_children", 2, 1, 64),
        configuration.number("files.read_heap_mib", 256, 64, 65_536),
        Duration.ofSeconds(configuration.number("files.read_seconds", 15, 1, 600)));
  }
}
