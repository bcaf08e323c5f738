package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.pool.WorkerProcess.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a pool. Chooses which worker takes a script and which one is replaced. Guarded by
 * the pool's lock.
 */
final class WorkerSet {
  /** The longest time that an idle worker needs to import modules ahead. */
  private static final Duration SETTLED = Duration.ofMillis(250);

  private final PoolSettings settings;
  private final long heapBytes;
  private final List<WorkerProcess> workers = new ArrayList<>();

  WorkerSet(PoolSettings settings) {
    this.settings = settings;
    this.heapBytes = settings.kind().memoryBytes();
  }

  void add(WorkerProcess worker) {
    workers.add(worker);
  }

  /** Returns whether the worker was in the set. */
  boolean remove(WorkerProcess worker) {
    worker.phase = Phase.GONE;
    return workers.remove(worker);
  }

  List<WorkerProcess> all() {
    return List.copyOf(workers);
  }

  /** The worker that runs this very script, if any. */
  Optional<WorkerProcess> running(Script script) {
    return workers.stream()
        .filter(worker -> worker.run != null && worker.run.pending.isOf(script))
        .findFirst();
  }

  int count(Phase... phases) {
    return (int) workers.stream().filter(worker -> List.of(phases).contains(worker.phase)).count();
  }

  /** Counts the workers that are not about to be replaced. */
  int staying() {
    return (int) workers.stream().filter(worker -> !worker.replaced).count();
  }

  /**
   * Finds an idle worker that may run this tenant's scripts. Prefers one that ran scripts of this
   * tenant, then one that had time to import modules ahead, then the one with the most runs, whose
   * code is compiled best.
   */
  Optional<WorkerProcess> idleFor(@Nullable String tenant) {
    Predicate<WorkerProcess> fits =
        worker ->
            worker.phase == Phase.IDLE
                && (settings.reuse() != WorkerReuse.TEAM
                    || tenant == null
                    || worker.tenant == null
                    || worker.tenant.equals(tenant));
    long now = System.nanoTime();
    return workers.stream()
        .filter(fits)
        .max(
            Comparator.comparing((WorkerProcess w) -> w.tenant != null)
                .thenComparingLong(w -> Math.min(now - w.idleSince, SETTLED.toNanos()))
                .thenComparingInt(w -> w.runs));
  }

  /** Called when the worker takes a script. */
  void took(WorkerProcess worker, String tenant) {
    worker.tenant = tenant;
    worker.runs++;
    if (settings.reuse() == WorkerReuse.NEVER || worker.runs >= settings.maxRuns()) {
      worker.replaced = true;
    }
  }

  /** Whether a worker that has just ended a script may take another. */
  boolean reusable(WorkerProcess worker) {
    return settings.reuse() != WorkerReuse.NEVER && !(worker.replaced && surplus());
  }

  /** Called with the worker's heap after a collection. A worker whose heap grew is replaced. */
  void measured(WorkerProcess worker, long heapUsedBytes) {
    if (worker.firstHeapBytes < 0) {
      worker.firstHeapBytes = heapUsedBytes;
    } else if (heapUsedBytes > heapBytes / 2
        && heapUsedBytes > worker.firstHeapBytes + heapBytes / 4) {
      worker.replaced = true;
    }
    if (worker.residentBytes() > settings.kind().mostResidentBytes()) {
      worker.replaced = true;
    }
  }

  /** Idle workers whose successors are ready. */
  List<WorkerProcess> leaving() {
    List<WorkerProcess> leaving = new ArrayList<>();
    int over = usable() - settings.workers();
    for (WorkerProcess worker : workers) {
      if (over <= 0) {
        break;
      }
      if (worker.replaced && (worker.phase == Phase.IDLE || worker.phase == Phase.WARMING)) {
        leaving.add(worker);
        over--;
      }
    }
    return leaving;
  }

  /**
   * Makes room for tenants that wait while every idle worker belongs to others: marks one of those,
   * so that a fresh worker takes its place.
   */
  void makeRoom() {
    if (settings.reuse() == WorkerReuse.TEAM
        && workers.stream().noneMatch(worker -> worker.replaced)) {
      workers.stream()
          .filter(worker -> worker.phase == Phase.IDLE && worker.tenant != null)
          .findFirst()
          .ifPresent(worker -> worker.replaced = true);
    }
  }

  private int usable() {
    return count(Phase.IDLE, Phase.BUSY, Phase.INSPECTING, Phase.WARMING);
  }

  private boolean surplus() {
    return usable() > settings.workers();
  }
}
