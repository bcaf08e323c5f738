package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.wire.WorkerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a pool is built.
 *
 * @param workers how many child JVMs to keep, busy ones included
 * @param heapMib each worker's heap ({@code -Xmx}); a script that fills it ends its worker
 * @param classPath of the worker, nothing else: its own classes, the wire's, GraalPy
 * @param javaHome the JDK that runs the workers
 * @param reuse whose scripts may share a worker
 * @param maxQueue how many scripts may wait before more get {@link
 *     dev.reckon.sandbox.RunResult.Busy}
 * @param maxRuns after how many runs a worker is replaced
 * @param worker what the workers are told: the language home, packages, imports ahead
 * @param aotCache the JDK's AOT cache of the workers, see {@link Preparation}
 * @param requireLockdown whether a worker that lacks a wall of the operating system is refused
 * @param jvmFlags further flags for the workers' JVM
 */
public record PoolSettings(
    int workers,
    int heapMib,
    List<Path> classPath,
    Path javaHome,
    Reuse reuse,
    int maxQueue,
    int maxRuns,
    WorkerSettings worker,
    Optional<Path> aotCache,
    boolean requireLockdown,
    List<String> jvmFlags) {

  /** How long after a script's wall time its worker is killed if it has not ended the script. */
  static final Duration KILL_AFTER_DEADLINE = Duration.ofSeconds(1);

  /** How long after a cancellation. */
  static final Duration KILL_AFTER_CANCEL = Duration.ofMillis(150);

  /** How long a worker may take to warm up before it counts as broken. */
  static final Duration START_LIMIT = Duration.ofMinutes(2);

  /** How long a worker may take between a run's end and being ready for the next. */
  static final Duration WARM_LIMIT = Duration.ofSeconds(20);

  /** How long reading a source may take; see {@code Sandbox.inspect}. */
  static final Duration INSPECT_LIMIT = Duration.ofSeconds(10);

  public PoolSettings {
    classPath = classPath.stream().map(path -> path.toAbsolutePath().normalize()).toList();
    javaHome = javaHome.toAbsolutePath().normalize();
    Objects.requireNonNull(reuse);
    Objects.requireNonNull(worker);
    jvmFlags = List.copyOf(jvmFlags);
    if (workers < 1) {
      throw new IllegalArgumentException("a pool needs at least one worker");
    }
    if (heapMib < 64) {
      throw new IllegalArgumentException("a worker needs a heap of 64 MiB at least");
    }
    if (maxQueue < 0 || maxRuns < 1) {
      throw new IllegalArgumentException("maxQueue must not be negative, maxRuns at least 1");
    }
    if (classPath.isEmpty()) {
      throw new IllegalArgumentException("the worker's class path is empty");
    }
  }

  /**
   * Settings for a worker of this class path: a 256 MiB heap, a size taken from the machine, a
   * queue of 64, 500 runs per worker, the JDK that runs the caller.
   *
   * @param resources GraalPy's language home, see {@link WorkerSettings#resources}
   */
  public static PoolSettings of(List<Path> classPath, Path resources) {
    return new PoolSettings(
        defaultWorkers(),
        256,
        classPath,
        Path.of(System.getProperty("java.home")),
        Reuse.ANY,
        64,
        500,
        WorkerSettings.withResources(resources),
        Optional.empty(),
        false,
        List.of());
  }

  /** One worker more than the machine has processors, from two to eight. */
  public static int defaultWorkers() {
    return Math.clamp(Runtime.getRuntime().availableProcessors() + 1, 2, 8);
  }

  public PoolSettings withWorkers(int count) {
    return new PoolSettings(
        count,
        heapMib,
        classPath,
        javaHome,
        reuse,
        maxQueue,
        maxRuns,
        worker,
        aotCache,
        requireLockdown,
        jvmFlags);
  }

  public PoolSettings withReuse(Reuse policy) {
    return new PoolSettings(
        workers,
        heapMib,
        classPath,
        javaHome,
        policy,
        maxQueue,
        maxRuns,
        worker,
        aotCache,
        requireLockdown,
        jvmFlags);
  }

  public PoolSettings withQueue(int waiting) {
    return new PoolSettings(
        workers,
        heapMib,
        classPath,
        javaHome,
        reuse,
        waiting,
        maxRuns,
        worker,
        aotCache,
        requireLockdown,
        jvmFlags);
  }

  public PoolSettings withMaxRuns(int runs) {
    return new PoolSettings(
        workers,
        heapMib,
        classPath,
        javaHome,
        reuse,
        maxQueue,
        runs,
        worker,
        aotCache,
        requireLockdown,
        jvmFlags);
  }

  /** With workers that run on another JDK than the caller. */
  public PoolSettings withJavaHome(Path jdk) {
    return new PoolSettings(
        workers,
        heapMib,
        classPath,
        jdk,
        reuse,
        maxQueue,
        maxRuns,
        worker,
        aotCache,
        requireLockdown,
        jvmFlags);
  }

  /** With workers that are told this. */
  public PoolSettings withWorker(WorkerSettings told) {
    return new PoolSettings(
        workers,
        heapMib,
        classPath,
        javaHome,
        reuse,
        maxQueue,
        maxRuns,
        told,
        aotCache,
        requireLockdown,
        jvmFlags);
  }

  /** With the language home, module list and AOT cache that were made ahead. */
  public PoolSettings withPrepared(Prepared prepared) {
    WorkerSettings told =
        new WorkerSettings(
            prepared.resources(),
            worker.packages(),
            prepared.modules(),
            worker.spareContexts(),
            worker.preload(),
            worker.lockdown());
    return new PoolSettings(
        workers,
        heapMib,
        classPath,
        javaHome,
        reuse,
        maxQueue,
        maxRuns,
        told,
        prepared.aotCache(),
        requireLockdown,
        jvmFlags);
  }
}
