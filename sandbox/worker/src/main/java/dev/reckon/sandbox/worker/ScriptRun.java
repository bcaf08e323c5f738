package dev.reckon.sandbox.worker;

import dev.reckon.sandbox.wire.FromWorker;
import dev.reckon.sandbox.wire.FromWorker.Ending;
import dev.reckon.sandbox.wire.ToWorker;
import dev.reckon.sandbox.worker.files.OutputCollector;
import dev.reckon.sandbox.worker.files.Snapshot;
import java.util.concurrent.atomic.AtomicReference;
import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;

/** One script in its context, from its files laid down to the message that it is over. */
final class ScriptRun {
  private final ToWorker.Run run;
  private final ParentLink parent;
  private final GuestContext guest;
  private final AtomicReference<@Nullable Ending> stopped = new AtomicReference<>();
  private final long started = System.nanoTime();
  private volatile @Nullable Cpu cpu;

  /** The script's thread, and what it had used before the script began. */
  private record Cpu(Thread thread, long before) {
    long usedNanos() {
      return ProcessUse.cpuNanos(thread) - before;
    }
  }

  ScriptRun(ToWorker.Run run, ParentLink parent, GuestContext guest) {
    this.run = run;
    this.parent = parent;
    this.guest = guest;
  }

  long id() {
    return run.id();
  }

  /** Runs the script on the context's thread and tells the parent everything. */
  void perform() {
    Thread own = Thread.currentThread();
    cpu = new Cpu(own, ProcessUse.cpuNanos(own));
    guest.output().open(run.id(), run.limits(), () -> stop(Ending.OUTPUT_FLOOD));
    RunOutcome outcome;
    int droppedFiles = 0;
    try {
      Snapshot before = guest.files().lay(run.files(), run.limits());
      outcome = execute();
      droppedFiles =
          new OutputCollector(guest.files().home(), run.limits())
              .since(before, file -> parent.send(new FromWorker.File(run.id(), file)));
      guest.files().read().forEach(name -> parent.send(new FromWorker.Read(run.id(), name)));
    } catch (Throwable e) {
      // Whatever it is, the parent must hear that the run is over, or it waits for the deadline.
      outcome = RunOutcome.fault(e);
    }
    guest.output().close();
    Ending reason = stopped.get();
    if (reason != null) {
      outcome = RunOutcome.of(reason);
    }
    parent.send(
        new FromWorker.Finished(
            run.id(),
            outcome.ending(),
            outcome.error(),
            outcome.detail(),
            guest.output().dropped(),
            droppedFiles));
  }

  private RunOutcome execute() {
    try {
      return RunOutcome.told(guest.run(run.source()));
    } catch (PolyglotException e) {
      return RunOutcome.escaped(e);
    }
  }

  /** Sends waiting output and ends the script when a limit has been reached. */
  void watch() {
    guest.output().flush();
    Cpu used = cpu;
    if (System.nanoTime() - started > run.limits().wallTime().toNanos()) {
      stop(Ending.WALL_TIME);
    } else if (used != null && used.usedNanos() > run.limits().cpuTime().toNanos()) {
      stop(Ending.CPU_TIME);
    }
  }

  /** Ends the script for a reason, as far as that works from inside; only the first one counts. */
  void stop(Ending reason) {
    if (stopped.compareAndSet(null, reason)) {
      // Closing waits for the script, which may never listen: then the parent ends this process.
      Thread.ofPlatform().daemon().name("stop").start(guest::cancel);
    }
  }
}
