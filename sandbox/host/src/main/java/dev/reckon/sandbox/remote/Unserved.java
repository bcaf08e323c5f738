package dev.reckon.sandbox.remote;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.PoolStatus;
import dev.reckon.sandbox.Produced;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.Timing;
import java.util.concurrent.CompletableFuture;

/** A pool that a host does not have. */
enum Unserved implements Sandbox {
  INSTANCE;

  private static final String REASON = "this worker host does not serve that";

  @Override
  public CompletableFuture<RunResult> submit(Script script) {
    return CompletableFuture.completedFuture(
        new RunResult.WorkerLost(REASON, Produced.NOTHING, Timing.NONE));
  }

  @Override
  public CompletableFuture<RunResult> submit(Script script, Runnable taken) {
    return submit(script);
  }

  @Override
  public void stop(Script script) {}

  @Override
  public CompletableFuture<Inspection> inspect(String source) {
    return CompletableFuture.failedFuture(new IllegalStateException(REASON));
  }

  @Override
  public CompletableFuture<Environment> environment() {
    return CompletableFuture.failedFuture(new IllegalStateException(REASON));
  }

  @Override
  public PoolStatus status() {
    return new PoolStatus(0, 0, 0, 0, 0, 0, 0, 0);
  }

  @Override
  public void close() {}
}
