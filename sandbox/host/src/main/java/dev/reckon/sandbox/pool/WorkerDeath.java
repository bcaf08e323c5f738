package dev.reckon.sandbox.pool;

/**
 * How a worker's process ended.
 *
 * @param exitCode as {@link Process#exitValue()} gives it: 128 + n for signal n
 * @param reason in words, for the log and for {@code doctor}
 */
record WorkerDeath(int exitCode, String reason) {
  /** What {@code -XX:+ExitOnOutOfMemoryError} exits with. */
  private static final int OUT_OF_MEMORY = 3;

  private static final int SIGNAL = 128;

  static WorkerDeath of(int exitCode, String lastWords) {
    String how =
        exitCode == OUT_OF_MEMORY
            ? "the worker ran out of memory"
            : exitCode > SIGNAL
                ? "the worker was ended by signal " + (exitCode - SIGNAL)
                : "the worker exited with code " + exitCode;
    return new WorkerDeath(exitCode, lastWords.isBlank() ? how : how + ": " + lastWords);
  }

  boolean outOfMemory() {
    return exitCode == OUT_OF_MEMORY;
  }
}
