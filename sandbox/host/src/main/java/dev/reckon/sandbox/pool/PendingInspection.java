package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.Inspection;
import java.util.concurrent.CompletableFuture;

/**
 * A source that waits to be read, and the future that its caller holds. A reader may be slow or die
 * for a reason that is not the source's, so each source has two tries. Guarded by the pool's lock.
 */
final class PendingInspection {
  private static final int TRIES = 2;

  final long id;
  final String source;
  final CompletableFuture<Inspection> future;
  private int tries;

  PendingInspection(long id, String source, CompletableFuture<Inspection> future) {
    this.id = id;
    this.source = source;
    this.future = future;
  }

  /**
   * Counts a reading that came to nothing.
   *
   * @return whether to try once more; if not, the caller has its answer
   */
  boolean failed(String reason) {
    tries++;
    if (tries < TRIES) {
      return true;
    }
    answer(new Inspection.NotRead(reason));
    return false;
  }

  void answer(Inspection answer) {
    Thread.startVirtualThread(() -> future.complete(answer));
  }
}
