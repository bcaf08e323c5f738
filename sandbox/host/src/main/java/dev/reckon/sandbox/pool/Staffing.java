package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.pool.WorkerProcess.Phase;
import dev.reckon.sandbox.process.Walls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the crew at its strength: starts workers, and lets them go. Guarded by the pool's lock. */
final class Staffing {
  private static final Logger LOG = LoggerFactory.getLogger(Staffing.class);

  /**
   * How long a killed worker's successor waits while another worker is idle. A starting JVM takes
   * the processors for a while, and the next script is likely to come right after the kill.
   */
  private static final Duration SUCCESSOR_PAUSE = Duration.ofMillis(300);

  final Crew crew;
  private final PoolSettings settings;
  private final Monitor monitor;
  private final WorkerProcess.Listener listener;
  private final Runnable onChange;
  private final WorkerLauncher launcher;
  private final Starts starts = new Starts();
  private int nextNumber = 1;
  private long killed;
  private long recycled;
  private boolean retryPlanned;
  private boolean closed;

  /**
   * @param onChange called when a worker went in an unplanned way, or when no worker starts
   */
  Staffing(
      PoolSettings settings, Monitor monitor, WorkerProcess.Listener listener, Runnable onChange) {
    this.settings = settings;
    this.monitor = monitor;
    this.listener = listener;
    this.onChange = onChange;
    this.crew = new Crew(settings);
    this.launcher = settings.kind().launcher();
  }

  long killed() {
    return killed;
  }

  long recycled() {
    return recycled;
  }

  int starting() {
    return crew.count(Phase.STARTING, Phase.WARMING) + starts.spawning();
  }

  /** Why no script can be taken, if none can. */
  Optional<String> refusal() {
    if (closed) {
      return Optional.of("the sandbox was closed");
    }
    return starts.broken() ? Optional.of(starts.reason()) : Optional.empty();
  }

  /** Whether no worker is there and none will be. */
  boolean hopeless() {
    return starts.broken() && crew.count(Phase.values()) == crew.count(Phase.STARTING);
  }

  /** Starts what is missing, and lets those go whose successors are there. */
  void refill() {
    if (closed) {
      return;
    }
    crew.leaving().forEach(this::recycle);
    while (crew.staying() + starts.spawning() < settings.workers()
        && starts.room(crew.count(Phase.STARTING))) {
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
          monitor.after(
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
                (process, fault) -> monitor.run(() -> started(number, process, fault)),
                monitor.thread());
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
    crew.add(worker);
    var _ =
        monitor.after(
            PoolSettings.START_LIMIT,
            () -> {
              if (worker.phase == Phase.STARTING) {
                discard(worker);
                startFailed(
                    "it was not ready after " + PoolSettings.START_LIMIT.toSeconds() + " s");
              }
            });
  }

  /** A worker is ready, unless a wall that is required does not stand around it. */
  Optional<Environment> ready(WorkerProcess worker, Environment found) {
    List<Environment.Wall> walls = new ArrayList<>(launcher.walls());
    walls.addAll(found.walls());
    Optional<String> missing =
        settings.requireLockdown()
            ? Walls.missing(settings.kind().requiredWalls(), walls)
            : Optional.empty();
    if (missing.isPresent()) {
      discard(worker);
      startFailed(missing.get());
      return Optional.empty();
    }
    starts.succeeded();
    return Optional.of(found.of(settings.kind().engine(), walls));
  }

  /** A process is gone by itself or was killed; one that had not been ready is a failed start. */
  void gone(WorkerProcess worker, WorkerDeath death) {
    boolean starting = worker.phase == Phase.STARTING;
    if (crew.remove(worker) && !closed) {
      lost();
      LOG.info("Worker {} is gone: {}", worker.number, death.reason());
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

  /** A worker makes its next context, for so long and no longer. */
  void warm(WorkerProcess worker) {
    worker.phase = Phase.WARMING;
    int round = worker.runs;
    var _ =
        monitor.after(
            PoolSettings.WARM_LIMIT,
            () -> {
              if (worker.phase == Phase.WARMING && worker.runs == round) {
                LOG.warn(
                    "Worker {} makes no new context; it is replaced: {}",
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

  /** Ends a worker that has done its part. */
  void recycle(WorkerProcess worker) {
    discard(worker);
    recycled++;
  }

  private void lost() {
    killed++;
    if (crew.count(Phase.IDLE) > 0) {
      starts.rest(SUCCESSOR_PAUSE);
    }
  }

  private void discard(WorkerProcess worker) {
    crew.remove(worker);
    worker.kill();
  }

  /** From here on no worker is started; those there are stay the caller's to end. */
  void stop() {
    closed = true;
  }

  /** Ends what starts workers, and with it whatever it started. */
  void close() {
    launcher.close();
  }
}
