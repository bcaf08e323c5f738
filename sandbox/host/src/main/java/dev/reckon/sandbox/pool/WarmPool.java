package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.PoolStatus;
import dev.reckon.sandbox.Produced;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.Timing;
import dev.reckon.sandbox.pool.ActiveRun.Cause;
import dev.reckon.sandbox.pool.WorkerProcess.Phase;
import dev.reckon.sandbox.wire.FromWorker;
import dev.reckon.sandbox.wire.ToWorker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
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
  private final long heapBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Spawner spawner;
  private final Path startDirectory;
  private final ScheduledThreadPoolExecutor clock;
  private final CompletableFuture<Environment> environment = new CompletableFuture<>();

  // Guarded by the lock.
  private final Crew crew;
  private final Starts starts = new Starts();
  private final FairQueue<PendingRun> queue = new FairQueue<>();
  private final ArrayDeque<PendingInspection> sources = new ArrayDeque<>();
  private final Map<WorkerProcess, PendingInspection> reading = new HashMap<>();
  private long nextId = 1;
  private int nextNumber = 1;
  private long runs;
  private long killed;
  private long recycled;
  private boolean retryPlanned;
  private boolean closed;

  private WarmPool(PoolSettings settings) {
    this.settings = settings;
    this.heapBytes = settings.heapMib() * 1024L * 1024;
    this.crew = new Crew(settings);
    this.startDirectory = StartDirectory.in(settings.worker().resources());
    this.clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("reckon-pool-clock").factory());
    clock.setRemoveOnCancelPolicy(true);
    // Before the spawner confines itself: what it starts, threads too, would be confined with it.
    clock.prestartAllCoreThreads();
    this.spawner = new Spawner(settings);
  }

  /** Starts the pool's workers and returns at once. */
  public static WarmPool open(PoolSettings settings) {
    WarmPool pool = new WarmPool(settings);
    pool.locked(pool::refill);
    return pool;
  }

  @Override
  public CompletableFuture<RunResult> submit(Script script) {
    PendingRun pending = new PendingRun(script);
    Optional<RunResult> refusal = Refusal.of(script);
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
    locked(() -> enqueue(pending));
    return pending.future;
  }

  @Override
  public void stop(Script script) {
    locked(
        () -> {
          Optional<PendingRun> waiting = queue.remove(pending -> pending.isOf(script));
          waiting.ifPresent(pending -> complete(pending, pending.stopped()));
          crew.running(script).ifPresent(this::stop);
        });
  }

  @Override
  public CompletableFuture<Inspection> inspect(String source) {
    CompletableFuture<Inspection> answer = new CompletableFuture<>();
    locked(
        () -> {
          PendingInspection pending = new PendingInspection(nextId++, source, answer);
          if (closed || starts.broken()) {
            answer.completeExceptionally(new IllegalStateException(whyNot()));
          } else {
            sources.add(pending);
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
    lock.lock();
    try {
      return new PoolStatus(
          settings.workers(),
          crew.count(Phase.IDLE),
          crew.count(Phase.BUSY, Phase.INSPECTING),
          crew.count(Phase.STARTING, Phase.WARMING) + starts.spawning(),
          queue.size(),
          runs,
          killed,
          recycled);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    List<WorkerProcess> workers = crewAtTheEnd();
    boolean interrupted = false;
    for (WorkerProcess worker : workers) {
      worker.kill();
      try {
        if (!worker.waitFor(Duration.ofSeconds(5).toMillis())) {
          LOG.warn("Worker {} (pid {}) did not go when killed", worker.number, worker.pid());
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    spawner.close();
    clock.shutdownNow();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private List<WorkerProcess> crewAtTheEnd() {
    lock.lock();
    try {
      closed = true;
      for (PendingRun pending : queue.drain()) {
        complete(pending, pending.lost(whyNot()));
      }
      sources.forEach(source -> fail(source.future, whyNot()));
      sources.clear();
      reading.values().forEach(source -> fail(source.future, whyNot()));
      reading.clear();
      fail(environment, whyNot());
      for (WorkerProcess worker : crew.all()) {
        ActiveRun run = worker.run;
        if (run != null) {
          run.killedFor(Cause.CLOSED);
        }
      }
      return crew.all();
    } finally {
      lock.unlock();
    }
  }

  private String whyNot() {
    return closed ? "the sandbox was closed" : starts.reason();
  }

  // Runs. All of this is called under the lock.

  private void enqueue(PendingRun pending) {
    if (closed || starts.broken()) {
      complete(pending, pending.lost(whyNot()));
      return;
    }
    queue.add(pending.script.queue(), pending);
    dispatch();
    if (queue.size() > settings.maxQueue() && queue.remove(each -> each == pending).isPresent()) {
      complete(
          pending,
          new RunResult.Busy(
              queue.size(), Produced.NOTHING, new Timing(pending.waited(), Duration.ZERO)));
    }
  }

  /** Answers the caller at once; the worker is asked first, and then killed. */
  private void stop(WorkerProcess worker) {
    ActiveRun run = worker.run;
    if (run == null) {
      return;
    }
    complete(run.pending, run.stopped());
    worker.send(new ToWorker.Cancel(run.id));
    after(
        PoolSettings.KILL_AFTER_CANCEL,
        () -> {
          if (worker.run == run) {
            end(worker, run, Cause.CANCELLED);
          }
        });
  }

  private void dispatch() {
    while (!sources.isEmpty()) {
      Optional<WorkerProcess> reader = crew.idleFor(null);
      if (reader.isEmpty()) {
        break;
      }
      inspect(reader.get(), sources.remove());
    }
    while (!queue.isEmpty()) {
      Optional<PendingRun> next =
          queue.poll(pending -> crew.idleFor(pending.script.tenant()).isPresent());
      if (next.isEmpty()) {
        crew.makeRoom();
        break;
      }
      crew.idleFor(next.get().script.tenant()).ifPresent(worker -> hand(next.get(), worker));
    }
    refill();
  }

  private void hand(PendingRun pending, WorkerProcess worker) {
    Script script = pending.script;
    ActiveRun run = new ActiveRun(nextId++, pending, heapBytes);
    worker.phase = Phase.BUSY;
    worker.run = run;
    crew.took(worker, script.tenant());
    runs++;
    worker.send(new ToWorker.Run(run.id, script.source(), script.files(), script.limits()));
    run.deadline =
        timer(
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
    discard(worker);
    killed++;
    after(
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

  private void inspect(WorkerProcess worker, PendingInspection pending) {
    worker.phase = Phase.INSPECTING;
    reading.put(worker, pending);
    worker.send(new ToWorker.Inspect(pending.id, pending.source));
    after(
        PoolSettings.INSPECT_LIMIT,
        () -> {
          if (reading.remove(worker, pending)) {
            discard(worker);
            killed++;
            unread(pending, "it takes too long to read");
            dispatch();
          }
        });
  }

  private void unread(PendingInspection pending, String reason) {
    if (pending.failed(reason)) {
      sources.addFirst(pending);
    }
  }

  // Workers. All of this is called under the lock.

  private void refill() {
    if (closed) {
      return;
    }
    for (WorkerProcess worker : crew.leaving()) {
      discard(worker);
      recycled++;
    }
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
      after(
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
        spawner
            .start(WorkerCommand.of(settings), startDirectory)
            .whenCompleteAsync(
                (process, fault) -> locked(() -> started(number, process, fault)), clock);
  }

  private void started(int number, @Nullable Process process, @Nullable Throwable fault) {
    starts.spawned();
    if (process == null) {
      startFailed(String.valueOf(fault));
      return;
    }
    WorkerProcess worker = WorkerProcess.attach(number, process, new Events());
    if (closed) {
      worker.kill();
      return;
    }
    crew.add(worker);
    after(
        PoolSettings.START_LIMIT,
        () -> {
          if (worker.phase == Phase.STARTING) {
            discard(worker);
            startFailed("it was not ready after " + PoolSettings.START_LIMIT.toSeconds() + " s");
          }
        });
  }

  private void startFailed(String reason) {
    starts.failed(reason);
    LOG.warn("A worker did not start: {}", reason);
    if (starts.broken() && crew.count(Phase.values()) == crew.count(Phase.STARTING)) {
      for (PendingRun pending : queue.drain()) {
        complete(pending, pending.lost(whyNot()));
      }
      sources.forEach(source -> fail(source.future, whyNot()));
      sources.clear();
      fail(environment, whyNot());
    }
    refill();
  }

  private void discard(WorkerProcess worker) {
    crew.remove(worker);
    worker.kill();
  }

  private void warm(WorkerProcess worker) {
    worker.phase = Phase.WARMING;
    int round = worker.runs;
    after(
        PoolSettings.WARM_LIMIT,
        () -> {
          if (worker.phase == Phase.WARMING && worker.runs == round) {
            LOG.warn(
                "Worker {} makes no new context; it is replaced: {}",
                worker.number,
                worker.words());
            discard(worker);
            killed++;
            dispatch();
          }
        });
  }

  private void after(Duration delay, Runnable task) {
    var _ = timer(delay, task);
  }

  private ScheduledFuture<?> timer(Duration delay, Runnable task) {
    return clock.schedule(() -> locked(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void locked(Runnable task) {
    boolean ignored =
        underLock(
            () -> {
              task.run();
              return true;
            });
  }

  private boolean underLock(BooleanSupplier task) {
    lock.lock();
    try {
      return task.getAsBoolean();
    } finally {
      lock.unlock();
    }
  }

  private static void complete(PendingRun pending, RunResult result) {
    Thread.startVirtualThread(() -> pending.future.complete(result));
  }

  private static void fail(CompletableFuture<?> future, String reason) {
    Thread.startVirtualThread(
        () -> future.completeExceptionally(new IllegalStateException(reason)));
  }

  private Environment withParentWalls(Environment found) {
    List<Environment.Wall> walls = new ArrayList<>(spawner.walls());
    walls.addAll(found.walls());
    return new Environment(
        found.pythonVersion(), found.modules(), found.packages(), found.missing(), walls);
  }

  private Optional<String> missingWall(Environment found) {
    return settings.requireLockdown() ? Walls.missing(found.walls()) : Optional.empty();
  }

  /** What workers report; each call takes the lock. */
  private final class Events implements WorkerProcess.Listener {
    @Override
    public void ready(WorkerProcess worker, Environment found) {
      Environment whole = withParentWalls(found);
      locked(
          () -> {
            Optional<String> missing = missingWall(whole);
            if (missing.isPresent()) {
              discard(worker);
              startFailed(missing.get());
              return;
            }
            starts.succeeded();
            Thread.startVirtualThread(() -> environment.complete(whole));
          });
    }

    @Override
    public boolean idle(WorkerProcess worker, long heapUsedBytes) {
      return underLock(
          () -> {
            if (worker.phase != Phase.STARTING && worker.phase != Phase.WARMING) {
              return false;
            }
            worker.phase = Phase.IDLE;
            crew.measured(worker, heapUsedBytes);
            dispatch();
            return true;
          });
    }

    @Override
    public void finished(WorkerProcess worker, ActiveRun run, FromWorker.Finished last) {
      RunResult result = run.finished(last);
      locked(
          () -> {
            if (worker.run != run) {
              return;
            }
            settle(worker, run, result);
            if (worker.phase == Phase.GONE) {
              return;
            }
            if (last.ending() == FromWorker.Ending.FAULT) {
              LOG.warn("Worker {} failed inside: {}", worker.number, LastWords.line(last.detail()));
              discard(worker);
              killed++;
            } else if (crew.reusable(worker)) {
              warm(worker);
            } else {
              discard(worker);
              recycled++;
            }
            dispatch();
          });
    }

    @Override
    public boolean inspected(WorkerProcess worker, long id, Inspection answer) {
      return underLock(
          () -> {
            PendingInspection pending = reading.get(worker);
            if (pending == null || pending.id != id) {
              return false;
            }
            reading.remove(worker);
            worker.phase = Phase.IDLE;
            switch (answer) {
              case Inspection.Read read -> pending.answer(read);
              case Inspection.NotRead(String reason) -> unread(pending, LastWords.line(reason));
            }
            dispatch();
            return true;
          });
    }

    @Override
    public void gone(WorkerProcess worker, WorkerDeath death) {
      locked(
          () -> {
            boolean starting = worker.phase == Phase.STARTING;
            if (crew.remove(worker) && !closed) {
              killed++;
              LOG.info("Worker {} is gone: {}", worker.number, death.reason());
            }
            ActiveRun run = worker.run;
            if (run != null) {
              settle(worker, run, run.died(death));
            }
            PendingInspection source = reading.remove(worker);
            if (source != null) {
              unread(source, "its reader died of it");
            }
            if (!closed && starting) {
              startFailed(death.reason());
            }
            dispatch();
          });
    }
  }
}
