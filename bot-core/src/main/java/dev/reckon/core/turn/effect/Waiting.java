package dev.reckon.core.turn.effect;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for what the sandbox promised. */
final class Waiting {
  private Waiting() {}

  /**
   * The result; when the thread is interrupted, the work is cancelled.
   *
   * @throws IllegalStateException if it failed by a fault of ours
   */
  static <T> T await(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the sandbox failed", e.getCause());
    }
  }
}
