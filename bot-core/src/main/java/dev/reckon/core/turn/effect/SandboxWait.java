package dev.reckon.core.turn.effect;

import dev.reckon.core.loop.WaitListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for what the sandbox promised. */
final class SandboxWait {
  private SandboxWait() {}

  /**
   * The result; when the thread is interrupted, the work is cancelled. What it waits for here has
   * bounds of its own, so none of it is the turn's time.
   *
   * @throws IllegalStateException if it failed by an internal error
   */
  static <T> T await(CompletableFuture<T> future, WaitListener waits) throws InterruptedException {
    if (!future.isDone()) {
      waits.waiting("the sandbox", WaitListener.UNKNOWN);
    }
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the sandbox failed", e.getCause());
    } finally {
      waits.working();
    }
  }
}
