package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.PoolStatus;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.pool.ActiveRun.Cause;
import dev.reckon.sandbox.pool.WorkerProcess.Phase;
import dev.reckon.sandbox.process.StderrTail;
import dev.reckon.sandbox.run.LimitCheck;
import dev.reckon.sandbox.wire.FromWorker;
import dev.reckon.sandbox.wire.ToWorker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sandbox of child JVMs that are started ahead of need. It can be used as soon as it is built:
 * scripts wait for the first worker. Workers that were killed, failed inside, grew or are due are
 * replaced in the background.
 *
 * <p>Futures complete on threads of their own, so what callers hang on them may block.
 */
public final class WarmPool implements Sandbox {
  private static final Logger LOG = LoggerFactory.getLogger(WarmPool.class);

  /** After a kill, how long to wait for the pipe's end before the result is given without it. */
  private static final Duration AFTER_KILL = Duration.ofMillis(500);

  private final PoolSettings settings;
  private final PoolLock lock = new PoolLock();
  private final CompletableFuture<Environment> environment = new CompletableFuture<>();

  // Guarded by the lock.
  private final WorkerSupervisor supervisor;
  private final WorkerSet workers;
  private final FairQueue<PendingRun> queue = new FairQueue<>();
  private final InspectionQueue readings = new InspectionQueue();
  private long nextId = 1;
  private long runs;

  private WarmPool(PoolSettings settings) {
    this.settings = settings;
    this.supervisor = new WorkerSupervisor(settings, lock, new Events(), this::changed);
    this.workers = supervisor.workers;
  }

  /** Starts the pool's workers and returns at once. */
  public static WarmPool open(PoolSettings settings) {
    WarmPool pool = new WarmPool(settings);
    pool.lock.run(pool.supervisor::refill);
    return pool;
  }

  @Override
  public CompletableFuture<RunResult> submit(Script script) {
    return submit(script, () -> {});
  }

  @Override
  public CompletableFuture<RunResult> submit(Script script, Runnable taken) {
    PendingRun pending = new PendingRun(script, taken);
    Optional<RunResult> refusal = LimitCheck.of(script);
    if (refusal.isPresent()) {
      pending.future.complete(refusal.get());
      return pending.future;
    }
    var _ =
        pending.future.whenComplete(
            (result, fault) -> {
              if (pending.future.isCancelled()) {
                stop(script);
              }
            });
    lock.run(() -> enqueue(pending));
    return pending.future;
  }

  @Override
  public void stop(Script script) {
    lock.run(
        () -> {
          Optional<PendingRun> waiting = queue.remove(pending -> pending.isOf(script));
          waiting.ifPresent(pending -> complete(pending, pending.stopped()));
          workers.running(script).ifPresent(this::stop);
        });
  }

  @Override
  public CompletableFuture<Inspection> inspect(String source) {
    CompletableFuture<Inspection> answer = new CompletableFuture<>();
    lock.run(
        () -> {
          Optional<String> refusal = supervisor.refusal();
          if (refusal.isPresent()) {
            answer.completeExceptionally(new IllegalStateException(refusal.get()));
          } else {
            readings.add(new PendingInspection(nextId++, source, answer));
            dispatch();
          }
        });
    return answer;
  }

  @Override
  public CompletableFuture<Environment> environment() {
    return environment.copy();
  }

  @Override
  public PoolStatus status() {
    return lock.ask(
        () ->
            new PoolStatus(
                settings.workers(),
                workers.count(Phase.IDLE),
                workers.count(Phase.BUSY, Phase.INSPECTING),
                supervisor.starting(),
                queue.size(),
                runs,
                supervisor.killed(),
                supervisor.recycled()));
  }

  @Override
  public void close() {
    List<WorkerProcess> workers = lock.ask(this::takeAllWorkers);
    boolean interrupted = false;
    for (WorkerProcess worker : workers) {
      worker.kill();
      try {
        if (!worker.waitFor(Duration.ofSeconds(5).toMillis())) {
          LOG.warn("Worker {} (pid {}) did not end when killed", worker.number, worker.pid());
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    supervisor.close();
    lock.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private List<WorkerProcess> takeAllWorkers() {
    supervisor.stop();
    refuseAll("the sandbox was closed");
    for (WorkerProcess worker : workers.all()) {
      ActiveRun run = worker.run;
      if (run != null) {
        run.killedFor(Cause.CLOSED);
      }
    }
    return workers.all();
  }

  // All of this is called under the lock.

  /** A worker was lost, or none starts. */
  private void changed() {
    if (supervisor.hopeless()) {
      supervisor.refusal().ifPresent(this::refuseAll);
    }
    dispatch();
  }

  private void refuseAll(String reason) {
    queue.drain().forEach(pending -> complete(pending, pending.lost(reason)));
    readings.drain().forEach(source -> fail(source.future, reason));
    fail(environment, reason);
  }

  private void enqueue(PendingRun pending) {
    Optional<String> refusal = supervisor.refusal();
    if (refusal.isPresent()) {
      complete(pending, pending.lost(refusal.get()));
      return;
    }
    queue.add(pending.script.queue(), pending);
    dispatch();
  }

  /** Answers the caller at once; the worker is asked first, and then killed. */
  private void stop(WorkerProcess worker) {
    ActiveRun run = worker.run;
    if (run == null) {
      return;
    }
    complete(run.pending, run.stopped());
    worker.send(new ToWorker.Cancel(run.id));
    var _ =
        lock.after(
            PoolSettings.KILL_AFTER_CANCEL,
            () -> {
              if (worker.run == run) {
                end(worker, run, Cause.CANCELLED);
              }
            });
  }

  private void dispatch() {
    while (!readings.isEmpty()) {
      Optional<WorkerProcess> reader = workers.idleFor(null);
      if (reader.isEmpty()) {
        break;
      }
      inspect(reader.get());
    }
    while (!queue.isEmpty()) {
      Optional<PendingRun> next =
          queue.poll(pending -> workers.idleFor(pending.script.tenant()).isPresent());
      if (next.isEmpty()) {
        workers.makeRoom();
        break;
      }
      workers.idleFor(next.get().script.tenant()).ifPresent(worker -> hand(next.get(), worker));
    }
    supervisor.refill();
  }

  private void hand(PendingRun pending, WorkerProcess worker) {
    Script script = pending.script;
    ActiveRun run =
        new ActiveRun(nextId++, pending, settings.kind().engine(), settings.kind().memoryBytes());
    worker.phase = Phase.BUSY;
    worker.run = run;
    workers.took(worker, script.tenant());
    Thread.startVirtualThread(pending.taken);
    runs++;
    worker.send(new ToWorker.Run(run.id, script.source(), script.files(), script.limits()));
    run.deadline =
        lock.after(
            script.limits().wallTime().plus(PoolSettings.KILL_AFTER_DEADLINE),
            () -> {
              if (worker.run == run) {
                end(worker, run, Cause.WALL_TIME);
              }
            });
  }

  /** Kills the worker under its run; the result follows at the pipe's end, or without it. */
  private void end(WorkerProcess worker, ActiveRun run, Cause cause) {
    run.killedFor(cause);
    supervisor.kill(worker);
    var _ =
        lock.after(
            AFTER_KILL,
            () -> {
              if (worker.run == run) {
                settle(worker, run, run.died(new WorkerDeath(0, "the worker was killed")));
              }
            });
    dispatch();
  }

  private void settle(WorkerProcess worker, ActiveRun run, RunResult result) {
    worker.run = null;
    if (run.deadline != null) {
      run.deadline.cancel(false);
    }
    complete(run.pending, result);
  }

  private void inspect(WorkerProcess worker) {
    worker.phase = Phase.INSPECTING;
    PendingInspection source = readings.begin(worker);
    worker.send(new ToWorker.Inspect(source.id, source.source));
    var _ =
        lock.after(
            PoolSettings.INSPECT_LIMIT,
            () -> {
              if (readings.overdue(worker, source)) {
                supervisor.kill(worker);
                dispatch();
              }
            });
  }

  private static void complete(PendingRun pending, RunResult result) {
    Thread.startVirtualThread(() -> pending.future.complete(result));
  }

  private static void fail(CompletableFuture<?> future, String reason) {
    Thread.startVirtualThread(
        () -> future.completeExceptionally(new IllegalStateException(reason)));
  }

  /** What workers report; each call takes the lock. */
  private final class Events implements WorkerProcess.Listener {
    @Override
    public void ready(WorkerProcess worker, Environment found) {
      lock.run(
          () ->
              supervisor
                  .ready(worker, found)
                  .ifPresent(
                      whole -> Thread.startVirtualThread(() -> environment.complete(whole))));
    }

    @Override
    public boolean idle(WorkerProcess worker, long heapUsedBytes) {
      return lock.ask(
          () -> {
            if (worker.phase != Phase.STARTING && worker.phase != Phase.WARMING) {
              return false;
            }
            worker.rest();
            workers.measured(worker, heapUsedBytes);
            dispatch();
            return true;
          });
    }

    @Override
    public void finished(WorkerProcess worker, ActiveRun run, FromWorker.Finished last) {
      RunResult result = run.finished(last);
      lock.run(
          () -> {
            if (worker.run != run) {
              return;
            }
            settle(worker, run, result);
            if (worker.phase == Phase.GONE) {
              return;
            }
            if (last.ending() == FromWorker.Ending.FAULT) {
              LOG.warn(
                  "Worker {} failed inside: {}", worker.number, StderrTail.line(last.detail()));
              supervisor.kill(worker);
            } else if (workers.reusable(worker)) {
              supervisor.warm(worker);
            } else {
              supervisor.recycle(worker);
            }
            dispatch();
          });
    }

    @Override
    public boolean inspected(WorkerProcess worker, long id, Inspection answer) {
      return lock.ask(
          () -> {
            if (!readings.answered(worker, id, answer)) {
              return false;
            }
            worker.rest();
            dispatch();
            return true;
          });
    }

    @Override
    public void gone(WorkerProcess worker, WorkerDeath death) {
      lock.run(
          () -> {
            ActiveRun run = worker.run;
            if (run != null) {
              settle(worker, run, run.died(death));
            }
            readings.died(worker);
            supervisor.gone(worker, death);
            dispatch();
          });
    }
  }
}
