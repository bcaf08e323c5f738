package dev.reckon.sandbox.worker;

import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.pool.WarmPool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs in a process of its own, to be killed: opens a pool of two workers and gives one of them an
 * endless script. Says "opened", and "busy" when both are there and one of them runs.
 */
public final class DoomedParent {
  private DoomedParent() {}

  /** The only argument is a folder for what it needs. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    WarmPool pool = WarmPool.open(RealWorkers.settings(Path.of(arguments[0])).withWorkers(2));
    System.out.println("opened");
    while (pool.status().ready() < 2) {
      Thread.sleep(10);
    }
    var _ = pool.submit(new Script("id", "t", "q", "while True: pass", List.of(), Limits.DEFAULT));
    while (pool.status().busy() < 1) {
      Thread.sleep(10);
    }
    System.out.println("busy");
    Thread.sleep(Long.MAX_VALUE);
  }
}
