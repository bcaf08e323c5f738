package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.wire.WorkerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a pool is built. A pool turns nothing away: its callers bound what they submit.
 *
 * @param workers how many child processes to keep, busy ones included
 * @param reuse whose scripts may share a worker
 * @param maxRuns after how many runs a worker is replaced
 * @param requireLockdown whether a worker that lacks a layer of the operating system is refused
 * @param kind what each worker is
 */
public record PoolSettings(
    int workers, WorkerReuse reuse, int maxRuns, boolean requireLockdown, WorkerKind kind) {

  /** How long after a script's wall time its worker is killed if it has not ended the script. */
  static final Duration KILL_AFTER_DEADLINE = Duration.ofSeconds(1);

  /** How long after a cancellation. */
  static final Duration KILL_AFTER_CANCEL = Duration.ofMillis(150);

  /** How long a worker may take to warm up before it counts as broken. */
  static final Duration START_LIMIT = Duration.ofMinutes(2);

  /** How long a worker may take between a run's end and being ready for the next. */
  static final Duration WARM_LIMIT = Duration.ofSeconds(20);

  /**
   * How long reading a source may take; see {@code Sandbox.inspect}. A machine with ten times as
   * much to do as it has processors needs more than ten seconds for an ordinary program.
   */
  static final Duration INSPECT_LIMIT = Duration.ofSeconds(30);

  public PoolSettings {
    Objects.requireNonNull(reuse);
    Objects.requireNonNull(kind);
    if (workers < 1) {
      throw new IllegalArgumentException("a pool needs at least one worker");
    }
    if (maxRuns < 1) {
      throw new IllegalArgumentException("maxRuns must be at least 1");
    }
  }

  /** For these workers: as many as the machine suggests, 1,000 runs a worker. */
  public static PoolSettings of(WorkerKind kind) {
    return new PoolSettings(defaultWorkers(), WorkerReuse.ANY, 1_000, false, kind);
  }

  /**
   * For workers of this class path, on the caller's JDK.
   *
   * @param resources GraalPy's language home, see {@link WorkerSettings#resources}
   */
  public static PoolSettings of(List<Path> classPath, Path resources) {
    return of(WorkerJvm.of(classPath, WorkerSettings.withResources(resources)));
  }

  /** One worker more than the machine has processors, from two to eight. */
  public static int defaultWorkers() {
    return Math.clamp(Runtime.getRuntime().availableProcessors() + 1, 2, 8);
  }

  public PoolSettings withWorkers(int count) {
    return new PoolSettings(count, reuse, maxRuns, requireLockdown, kind);
  }

  public PoolSettings withReuse(WorkerReuse policy) {
    return new PoolSettings(workers, policy, maxRuns, requireLockdown, kind);
  }

  public PoolSettings withMaxRuns(int runs) {
    return new PoolSettings(workers, reuse, runs, requireLockdown, kind);
  }

  public PoolSettings withKind(WorkerKind other) {
    return new PoolSettings(workers, reuse, maxRuns, requireLockdown, other);
  }
}
