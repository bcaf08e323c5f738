package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.process.StderrTail;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sources that wait to be inspected or are being inspected. Guarded by the pool's lock. */
final class InspectionQueue {
  private final ArrayDeque<PendingInspection> waiting = new ArrayDeque<>();
  private final Map<WorkerProcess, PendingInspection> reading = new HashMap<>();

  void add(PendingInspection source) {
    waiting.add(source);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Gives the next source to this worker. */
  PendingInspection begin(WorkerProcess worker) {
    PendingInspection next = waiting.remove();
    reading.put(worker, next);
    return next;
  }

  /** Returns whether this worker was inspecting that source. */
  boolean answered(WorkerProcess worker, long id, Inspection answer) {
    PendingInspection source = reading.get(worker);
    if (source == null || source.id != id) {
      return false;
    }
    reading.remove(worker);
    switch (answer) {
      case Inspection.Read read -> source.answer(read);
      case Inspection.NotRead(String reason) -> again(source, StderrTail.line(reason));
    }
    return true;
  }

  /**
   * Takes a source from a worker that takes too long; returns false when the worker no longer has
   * it.
   */
  boolean overdue(WorkerProcess worker, PendingInspection source) {
    boolean removed = reading.remove(worker, source);
    if (removed) {
      again(source, "it takes too long to read");
    }
    return removed;
  }

  void died(WorkerProcess worker) {
    Optional.ofNullable(reading.remove(worker))
        .ifPresent(source -> again(source, "the process that read it ended"));
  }

  /** Removes and returns all sources. */
  List<PendingInspection> drain() {
    List<PendingInspection> all = new ArrayList<>(reading.values());
    all.addAll(waiting);
    reading.clear();
    waiting.clear();
    return all;
  }

  private void again(PendingInspection source, String reason) {
    if (source.failed(reason)) {
      waiting.addFirst(source);
    }
  }
}
