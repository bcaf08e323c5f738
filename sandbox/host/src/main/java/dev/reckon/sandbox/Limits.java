package dev.reckon.sandbox;

import java.time.Duration;

/**
 * What one script may use. The heap is not here: it belongs to the worker's process and is set once
 * for the pool.
 *
 * @param wallTime from being handed to a worker to the result
 * @param cpuTime that the script itself uses
 * @param outputBytes of standard output and standard error together that are kept; what comes after
 *     is counted, not kept
 * @param outputFloodBytes of output at which the script is ended ({@link RunResult.OutputLimit})
 * @param sourceBytes the longest script, in UTF-8
 * @param fileBytes of all files in the working directory together, and of those that come back
 * @param fileCount of files and folders in the working directory
 */
public record Limits(
    Duration wallTime,
    Duration cpuTime,
    int outputBytes,
    long outputFloodBytes,
    int sourceBytes,
    long fileBytes,
    int fileCount) {

  /**
   * 30 s of wall and CPU time, 64 KiB of output kept, 64 MiB counted, 256 KiB of source, 32 MiB in
   * 256 files.
   */
  public static final Limits DEFAULT =
      new Limits(
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          64 * 1024,
          64L * 1024 * 1024,
          256 * 1024,
          32L * 1024 * 1024,
          256);

  public Limits {
    if (!wallTime.isPositive() || !cpuTime.isPositive()) {
      throw new IllegalArgumentException("time limits must be positive");
    }
    if (outputBytes < 0
        || outputFloodBytes < outputBytes
        || sourceBytes < 1
        || fileBytes < 0
        || fileCount < 0) {
      throw new IllegalArgumentException("limits must not be negative");
    }
  }

  public Limits withWallTime(Duration time) {
    return new Limits(
        time, cpuTime, outputBytes, outputFloodBytes, sourceBytes, fileBytes, fileCount);
  }

  public Limits withOutputBytes(int bytes) {
    return new Limits(
        wallTime,
        cpuTime,
        bytes,
        Math.max(bytes, outputFloodBytes),
        sourceBytes,
        fileBytes,
        fileCount);
  }
}
