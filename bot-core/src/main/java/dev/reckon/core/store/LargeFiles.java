package dev.reckon.core.store;

/**
 * Keeps the contents of large files in an object store instead of the database.
 *
 * @param objects where they are kept
 * @param fromBytes the size from which on; smaller files stay in the database
 */
public record LargeFiles(ObjectStore objects, int fromBytes) {
  /** Below it, a request to an object store costs more than a row does. */
  public static final int DEFAULT_FROM_BYTES = 256 * 1024;

  public LargeFiles {
    if (fromBytes < 1) {
      throw new IllegalArgumentException("an empty file is not large: " + fromBytes);
    }
  }
}
