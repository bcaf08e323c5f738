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
 * The workers there are, and the rules of who takes what and who has to go. Guarded by the pool's
 * lock.
 */
final class Crew {
  /** How long an idle worker's context needs, at most, until nothing is left to import ahead. */
  private static final Duration SETTLED = Duration.ofMillis(250);

  private final PoolSettings settings;
  private final long heapBytes;
  private final List<WorkerProcess> workers = new ArrayList<>();

  Crew(PoolSettings settings) {
    this.settings = settings;
    this.heapBytes = settings.kind().memoryBytes();
  }

  void add(WorkerProcess worker) {
    workers.add(worker);
  }

  /** Whether it was there. */
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

  /** Workers that stay: those that are not about to go. */
  int staying() {
    return (int) workers.stream().filter(worker -> !worker.replaced).count();
  }

  /**
   * An idle worker that may run this tenant's scripts: one that knows the tenant first, then one
   * that has had the time to import ahead, then the one whose code the JVM knows best.
   */
  Optional<WorkerProcess> idleFor(@Nullable String tenant) {
    Predicate<WorkerProcess> fits =
        worker ->
            worker.phase == Phase.IDLE
                && (settings.reuse() != Reuse.TEAM
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
    if (settings.reuse() == Reuse.NEVER || worker.runs >= settings.maxRuns()) {
      worker.replaced = true;
    }
  }

  /** Whether a worker that has just ended a script may take another. */
  boolean reusable(WorkerProcess worker) {
    return settings.reuse() != Reuse.NEVER && !(worker.replaced && surplus());
  }

  /** Called with the worker's heap after a collection: a heap that grew means that it has to go. */
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

  /** Workers whose successors are there and that do nothing at the moment. */
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
    if (settings.reuse() == Reuse.TEAM && workers.stream().noneMatch(worker -> worker.replaced)) {
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
