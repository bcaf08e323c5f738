package dev.reckon.sandbox.worker;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.wire.FromWorker;
import dev.reckon.sandbox.wire.ToWorker;
import dev.reckon.sandbox.wire.ToWorkerCodec;
import dev.reckon.sandbox.wire.WorkerSettings;
import dev.reckon.sandbox.worker.files.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Takes the parent's messages one after another; at most one script runs at a time. */
final class Worker {
  private static final Duration WATCH = Duration.ofMillis(20);

  private final ParentLink parent;
  private final ContextStock stock;
  private volatile @Nullable ScriptRun active;

  Worker(ParentLink parent, WorkerSettings settings, Trees trees) {
    this.parent = parent;
    this.stock =
        new ContextStock(
            settings.spareContexts(),
            new ContextFactory(settings.packages().isPresent()),
            factory -> GuestContext.warm(factory, trees, parent, settings.preload()));
  }

  /** Warms up and says so. */
  void start(List<Environment.Wall> walls) {
    stock.fill();
    Thread.ofPlatform().daemon().name("watch").start(this::watch);
    parent.send(
        new FromWorker.Ready(new Environment("3.12", List.of(), List.of(), List.of(), walls)));
    parent.send(new FromWorker.Idle(ProcessUse.heapBytes()));
  }

  /** Serves until the parent says to go or closes its end. */
  void serve(InputStream in) throws IOException {
    ToWorker message = ToWorkerCodec.read(in);
    while (message != null && !(message instanceof ToWorker.Shutdown)) {
      switch (message) {
        case ToWorker.Run run -> begin(run);
        case ToWorker.Cancel(long id) -> cancel(id);
        case ToWorker.Inspect inspect -> throw new IOException("not yet: " + inspect.id());
        case ToWorker.Shutdown() -> {}
      }
      message = ToWorkerCodec.read(in);
    }
  }

  private void begin(ToWorker.Run run) throws IOException {
    if (active != null) {
      throw new IOException("asked to run a script while another one runs");
    }
    GuestContext guest = stock.take();
    ScriptRun script = new ScriptRun(run, parent, guest);
    active = script;
    guest.give(
        context -> {
          script.perform();
          active = null;
          stock.refill(() -> parent.send(new FromWorker.Idle(ProcessUse.heapBytes())));
        });
  }

  private void cancel(long id) {
    ScriptRun script = active;
    if (script != null && script.id() == id) {
      script.stop(FromWorker.Ending.CANCELLED);
    }
  }

  private void watch() {
    while (true) {
      ScriptRun script = active;
      if (script != null) {
        script.watch();
      }
      LockSupport.parkNanos(WATCH.toNanos());
    }
  }
}
