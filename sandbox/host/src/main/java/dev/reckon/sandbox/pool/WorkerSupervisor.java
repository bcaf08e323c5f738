package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.pool.WorkerProcess.Phase;
import dev.reckon.sandbox.process.RequiredLayers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps as many workers as the settings ask for: starts them, replaces them, and ends them. Guarded
 * by the pool's lock.
 */
final class WorkerSupervisor {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerSupervisor.class);

  /**
   * How long a killed worker's successor waits while another worker is idle. A starting JVM takes
   * the processors for a while, and the next script is likely to come right after the kill.
   */
  private static final Duration SUCCESSOR_PAUSE = Duration.ofMillis(300);

  final WorkerSet workers;
  private final PoolSettings settings;
  private final PoolLock lock;
  private final WorkerProcess.Listener listener;
  private final Runnable onChange;
  private final WorkerLauncher launcher;
  private final StartThrottle starts = new StartThrottle();
  private int nextNumber = 1;
  private long killed;
  private long recycled;
  private boolean retryPlanned;
  private boolean closed;

  /**
   * @param onChange called when a worker ended unexpectedly, or when no worker starts
   */
  WorkerSupervisor(
      PoolSettings settings, PoolLock lock, WorkerProcess.Listener listener, Runnable onChange) {
    this.settings = settings;
    this.lock = lock;
    this.listener = listener;
    this.onChange = onChange;
    this.workers = new WorkerSet(settings);
    this.launcher = settings.kind().launcher();
  }

  long killed() {
    return killed;
  }

  long recycled() {
    return recycled;
  }

  int starting() {
    return workers.count(Phase.STARTING, Phase.WARMING) + starts.spawning();
  }

  /** Why no script can be taken, if none can. */
  Optional<String> refusal() {
    if (closed) {
      return Optional.of("the sandbox was closed");
    }
    return starts.broken() ? Optional.of(starts.reason()) : Optional.empty();
  }

  /** Whether there is no worker and none will start. */
  boolean hopeless() {
    return starts.broken() && workers.count(Phase.values()) == workers.count(Phase.STARTING);
  }

  /** Starts missing workers, and ends those whose successors are ready. */
  void refill() {
    if (closed) {
      return;
    }
    workers.leaving().forEach(this::recycle);
    while (workers.staying() + starts.spawning() < settings.workers()
        && starts.room(workers.count(Phase.STARTING))) {
      Duration pause = starts.pause();
      if (pause.isPositive()) {
        planRetry(pause);
        return;
      }
      start();
    }
  }

  private void planRetry(Duration pause) {
    if (!retryPlanned) {
      retryPlanned = true;
      var _ =
          lock.after(
              pause,
              () -> {
                retryPlanned = false;
                refill();
              });
    }
  }

  private void start() {
    int number = nextNumber++;
    starts.began();
    var _ =
        launcher
            .start()
            .whenCompleteAsync(
                (process, fault) -> lock.run(() -> started(number, process, fault)), lock.thread());
  }

  private void started(int number, @Nullable Process process, @Nullable Throwable fault) {
    starts.spawned();
    if (process == null) {
      startFailed(String.valueOf(fault));
      return;
    }
    WorkerProcess worker = WorkerProcess.attach(number, process, listener);
    if (closed) {
      worker.kill();
      return;
    }
    workers.add(worker);
    var _ =
        lock.after(
            PoolSettings.START_LIMIT,
            () -> {
              if (worker.phase == Phase.STARTING) {
                discard(worker);
                startFailed(
                    "it was not ready within " + PoolSettings.START_LIMIT.toSeconds() + " s");
              }
            });
  }

  /** Accepts a worker that has started, unless a required layer is missing. */
  Optional<Environment> ready(WorkerProcess worker, Environment found) {
    List<Environment.Layer> layers = new ArrayList<>(launcher.layers());
    layers.addAll(found.layers());
    Optional<String> missing =
        settings.requireLockdown()
            ? RequiredLayers.missing(settings.kind().requiredLayers(), layers)
            : Optional.empty();
    if (missing.isPresent()) {
      discard(worker);
      startFailed(missing.get());
      return Optional.empty();
    }
    starts.succeeded();
    return Optional.of(found.of(settings.kind().engine(), layers));
  }

  /** Called when a process has ended; one that was not ready yet counts as a failed start. */
  void gone(WorkerProcess worker, WorkerDeath death) {
    boolean starting = worker.phase == Phase.STARTING;
    if (workers.remove(worker) && !closed) {
      lost();
      LOG.info("Worker {} ended: {}", worker.number, death.reason());
    }
    if (starting && !closed) {
      startFailed(death.reason());
    }
  }

  private void startFailed(String reason) {
    starts.failed(reason);
    LOG.warn("A worker did not start: {}", reason);
    onChange.run();
  }

  /** Lets a worker make its next context, within a time limit. */
  void warm(WorkerProcess worker) {
    worker.phase = Phase.WARMING;
    int round = worker.runs;
    var _ =
        lock.after(
            PoolSettings.WARM_LIMIT,
            () -> {
              if (worker.phase == Phase.WARMING && worker.runs == round) {
                LOG.warn(
                    "Worker {} created no new context in time; replacing it: {}",
                    worker.number,
                    worker.words());
                kill(worker);
                onChange.run();
              }
            });
  }

  /** Ends a worker that misbehaved. */
  void kill(WorkerProcess worker) {
    discard(worker);
    lost();
  }

  /** Ends a worker that is no longer needed. */
  void recycle(WorkerProcess worker) {
    discard(worker);
    recycled++;
  }

  private void lost() {
    killed++;
    if (workers.count(Phase.IDLE) > 0) {
      starts.rest(SUCCESSOR_PAUSE);
    }
  }

  private void discard(WorkerProcess worker) {
    workers.remove(worker);
    worker.kill();
  }

  /** Starts no more workers. The caller ends those that run. */
  void stop() {
    closed = true;
  }

  /** Ends the launcher, and with it every process that it started. */
  void close() {
    launcher.close();
  }
}
