package dev.reckon.sandbox;

import java.time.Duration;

/**
 * How a run ended. Every kind carries what was produced until then.
 *
 * <p>{@link Completed}: the script ran to its end. {@link Failed}: it raised an error, the guest's
 * own. {@link Blocked}: it asked for something that this sandbox does not have. {@link TimeLimit},
 * {@link MemoryLimit}, {@link OutputLimit}: it was ended. {@link WorkerLost}: its process died for
 * a reason that is not the script's to explain. {@link Stopped}: its caller ended it.
 */
public sealed interface RunResult {
  /** What the script produced, whole or in part. */
  Produced produced();

  /** How long it waited and ran. */
  Timing timing();

  record Completed(Produced produced, Timing timing) implements RunResult {}

  record Failed(GuestError error, Produced produced, Timing timing) implements RunResult {}

  /**
   * The script asked for something that is not here.
   *
   * @param capability what was asked for, in words for people ("starting a process")
   */
  record Blocked(String capability, GuestError error, Produced produced, Timing timing)
      implements RunResult {}

  /**
   * The script took too long.
   *
   * @param limit the limit that was reached
   * @param cpu whether it was the CPU time, not the wall time
   */
  record TimeLimit(Duration limit, boolean cpu, Produced produced, Timing timing)
      implements RunResult {}

  record MemoryLimit(long heapBytes, Produced produced, Timing timing) implements RunResult {}

  record OutputLimit(long limitBytes, Produced produced, Timing timing) implements RunResult {}

  /**
   * The worker died for a reason that is not the script's to explain.
   *
   * @param reason for the log and for {@code doctor}, without guest text
   */
  record WorkerLost(String reason, Produced produced, Timing timing) implements RunResult {}

  record Stopped(Produced produced, Timing timing) implements RunResult {}
}
