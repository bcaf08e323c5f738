package dev.reckon.app;

import dev.reckon.adapters.config.Configuration;
import java.time.Duration;

/**
 * The children that read files: the keys {@code files.read_*}.
 *
 * @param children that are kept ready
 * @param heapMib of each; a file that fills it is not read
 * @param deadline of one file
 * @param bounds of what is read
 */
record FileReadSettings(int children, int heapMib, Duration deadline, Bounds bounds) {
  /**
   * How much of a file is read: the keys {@code files.archive_entries}, {@code columns}, {@code
   * cells} and {@code nesting}.
   *
   * @param entries in an archive's directory, read or not
   * @param columns of a table
   * @param cells of a workbook's sheet, blank ones between others included
   * @param nesting of JSON values
   */
  record Bounds(int entries, int columns, int cells, int nesting) {
    static final Bounds DEFAULT = new Bounds(10_000, 16_384, 5_000_000, 64);

    static Bounds from(Configuration configuration) {
      return new Bounds(
          configuration.number("files.archive_entries", DEFAULT.entries, 1, 1_000_000),
          configuration.number("files.columns", DEFAULT.columns, 1, 16_384),
          configuration.number("files.cells", DEFAULT.cells, 1, 1_000_000_000),
          configuration.number("files.nesting", DEFAULT.nesting, 1, 500));
    }
  }

  static FileReadSettings from(Configuration configuration) {
    return new FileReadSettings(
        configuration.number("files.read_children", 2, 1, 64),
        configuration.number("files.read_heap_mib", 256, 64, 65_536),
        Duration.ofSeconds(configuration.number("files.read_seconds", 15, 1, 600)),
        Bounds.from(configuration));
  }
}
