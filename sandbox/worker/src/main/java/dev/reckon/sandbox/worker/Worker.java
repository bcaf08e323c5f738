package dev.reckon.sandbox.worker;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.wire.FromWorker;
import dev.reckon.sandbox.wire.ToWorker;
import dev.reckon.sandbox.wire.ToWorkerCodec;
import dev.reckon.sandbox.wire.WorkerSettings;
import dev.reckon.sandbox.worker.files.SharedMounts;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes the parent's messages one after another; at most one script runs at a time. */
final class Worker {
  private static final Duration WATCH = Duration.ofMillis(20);

  private final ParentLink parent;
  private final WorkerSettings settings;
  private final ContextPool stock;
  private final HeapTrimmer heap = new HeapTrimmer();
  private final EnvironmentProbe survey;
  private final CompletableFuture<Inspector> inspector = new CompletableFuture<>();
  private final ContextFactory factory;
  private final SharedMounts trees;
  private volatile @Nullable ScriptRun active;

  Worker(ParentLink parent, WorkerSettings settings, SharedMounts trees) {
    this.parent = parent;
    this.settings = settings;
    this.trees = trees;
    this.factory = new ContextFactory(settings.packages().isPresent());
    this.survey = new EnvironmentProbe(factory, trees, parent);
    this.stock =
        new ContextPool(
            settings.spareContexts(),
            () -> GuestContext.warm(factory, trees, parent, settings.preload()));
  }

  /**
   * Warms up, locks the process and says what stands.
   *
   * @param lockdown locks the process, once everything has run that needs what it forbids
   */
  void start(Supplier<List<Environment.Layer>> lockdown) throws IOException {
    stock.fill();
    Environment found = survey.take(settings.modules(), settings.packages().isPresent());
    List<String> importable = new ArrayList<>(found.modules());
    importable.addAll(found.packages());
    inspector.complete(new Inspector(factory, trees, parent, importable));
    Thread.ofPlatform().daemon().name("watch").start(this::watch);
    parent.send(
        new FromWorker.Ready(
            new Environment(
                found.pythonVersion(),
                found.modules(),
                found.packages(),
                found.missing(),
                lockdown.get())));
    parent.send(new FromWorker.Idle(ProcessUse.heapBytes()));
  }

  /** Serves until the parent says to go or closes its end. */
  void serve(InputStream in) throws IOException {
    ToWorker message = ToWorkerCodec.read(in);
    while (message != null && !(message instanceof ToWorker.Shutdown)) {
      switch (message) {
        case ToWorker.Run run -> begin(run);
        case ToWorker.Cancel(long id) -> cancel(id);
        case ToWorker.Inspect(long id, String source) ->
            Thread.ofPlatform()
                .daemon()
                .name("inspection")
                .start(
                    () ->
                        parent.send(
                            new FromWorker.Inspected(id, inspector.join().inspect(source))));
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
        },
        this::prepareForNext);
  }

  private void prepareForNext() {
    heap.giveBack();
    stock.refill(() -> parent.send(new FromWorker.Idle(ProcessUse.heapBytes())));
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
