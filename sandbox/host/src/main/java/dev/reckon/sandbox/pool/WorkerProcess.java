package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.wire.FromWorker;
import dev.reckon.sandbox.wire.FromWorkerCodec;
import dev.reckon.sandbox.wire.ToWorker;
import dev.reckon.sandbox.wire.ToWorkerCodec;
import dev.reckon.sandbox.wire.WireException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One child JVM: its pipes, and the run in progress. Three threads belong to it: one writes to it,
 * since a hostile child need not read; one reads messages; one reads its standard error.
 *
 * <p>{@link #send}, {@link #kill} and the listener's calls are thread-safe; the phase and what
 * belongs to it are guarded by the pool's lock.
 */
final class WorkerProcess {
  /** What a worker is doing, as the pool sees it. */
  enum Phase {
    STARTING,
    IDLE,
    BUSY,
    INSPECTING,
    /** Makes its next context ready. */
    WARMING,
    GONE
  }

  /** What happens in a worker; called on its reading thread, one at a time. */
  interface Listener {
    void ready(WorkerProcess worker, Environment environment);

    void idle(WorkerProcess worker, long heapUsedBytes);

    void finished(WorkerProcess worker, ActiveRun run, FromWorker.Finished last);

    void inspected(WorkerProcess worker, long id, Inspection answer);

    /** The process is gone; called once, last. */
    void gone(WorkerProcess worker, WorkerDeath death);
  }

  final int number;

  // Guarded by the pool's lock.
  Phase phase = Phase.STARTING;
  @Nullable String tenant;
  int runs;
  long firstHeapBytes = -1;

  /** Whether a successor is on its way or there; the worker goes when it is ready. */
  boolean replaced;

  /** Set and cleared under the pool's lock, read by the reading thread. */
  volatile @Nullable ActiveRun run;

  private static final long PAGE_BYTES = 4096;

  private static final int READ_BUFFER = 64 * 1024;

  /** Messages for runs that are over before the worker counts as hostile. */
  private static final int MAX_STRAYS = 10_000;

  private final Process process;
  private final StartDirectory directory;
  private final Listener listener;
  private final LinkedBlockingQueue<ToWorker> outbox = new LinkedBlockingQueue<>();
  private final LastWords lastWords = new LastWords();
  private final Thread writing;
  private int strays;

  private WorkerProcess(int number, Spawner.Child child, Listener listener) {
    this.number = number;
    this.process = child.process();
    this.directory = child.directory();
    this.listener = listener;
    this.writing = Thread.ofPlatform().daemon().name(name("writer")).unstarted(this::write);
  }

  static WorkerProcess attach(int number, Spawner.Child child, Listener listener) {
    WorkerProcess worker = new WorkerProcess(number, child, listener);
    worker.writing.start();
    Thread.ofPlatform()
        .daemon()
        .name(worker.name("stderr"))
        .start(() -> worker.lastWords.drain(child.process().getErrorStream()));
    Thread.ofPlatform().daemon().name(worker.name("reader")).start(worker::read);
    return worker;
  }

  private String name(String role) {
    return "reckon-worker-" + number + "-" + role;
  }

  long pid() {
    return process.pid();
  }

  /** What it holds in memory, as the kernel counts; 0 where that cannot be read. */
  long residentBytes() {
    try {
      String[] pages = Files.readString(Path.of("/proc/" + pid() + "/statm")).split(" ", -1);
      return Long.parseLong(pages[1]) * PAGE_BYTES;
    } catch (IOException | RuntimeException unreadable) {
      return 0;
    }
  }

  /** The last that it wrote to its standard error. */
  String words() {
    return lastWords.text();
  }

  void send(ToWorker message) {
    outbox.add(message);
  }

  /** Ends the process at once; {@link Listener#gone} follows. */
  void kill() {
    process.destroyForcibly();
  }

  boolean waitFor(long millis) throws InterruptedException {
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  private void write() {
    try (OutputStream out = process.getOutputStream()) {
      while (true) {
        ToWorkerCodec.write(outbox.take(), out);
      }
    } catch (IOException | InterruptedException gone) {
      // The reading thread sees the end of the process and says so.
    }
  }

  private void read() {
    String violation = "";
    try (InputStream in = new BufferedInputStream(process.getInputStream(), READ_BUFFER)) {
      FromWorker message = FromWorkerCodec.read(in);
      while (message != null) {
        if (!handle(message)) {
          violation = "the worker sent more than it may";
          break;
        }
        message = FromWorkerCodec.read(in);
      }
    } catch (WireException broken) {
      violation = "the worker broke the protocol: " + broken.getMessage();
    } catch (IOException closed) {
      // The end, as far as reading goes.
    }
    ActiveRun last = run;
    if (!violation.isEmpty() && last != null) {
      last.killedFor(ActiveRun.Cause.PROTOCOL);
    }
    directory.remove();
    listener.gone(this, end(violation));
  }

  /** Whether the worker may go on. */
  private boolean handle(FromWorker message) {
    ActiveRun current = run;
    switch (message) {
      case FromWorker.Ready ready -> {
        directory.remove();
        listener.ready(this, ready.environment());
      }
      case FromWorker.Idle idle -> listener.idle(this, idle.heapUsedBytes());
      case FromWorker.Inspected answer -> listener.inspected(this, answer.id(), answer.answer());
      case FromWorker.Output output when current != null && current.id == output.id() -> {
        current.transcript.output(output.stderr(), output.bytes());
        if (current.flooded()) {
          current.killedFor(ActiveRun.Cause.OUTPUT_FLOOD);
          return false;
        }
      }
      case FromWorker.File file when current != null && current.id == file.id() ->
          current.transcript.file(file.file());
      case FromWorker.Read read when current != null && current.id == read.id() ->
          current.transcript.read(read.name());
      case FromWorker.Finished last when current != null && current.id == last.id() ->
          listener.finished(this, current, last);
      // A thread that a script left behind may still write for a while.
      case FromWorker.Output late -> strays++;
      case FromWorker.File late -> strays++;
      case FromWorker.Read late -> strays++;
      case FromWorker.Finished late -> strays++;
    }
    return strays <= MAX_STRAYS;
  }

  private WorkerDeath end(String violation) {
    boolean interrupted = false;
    try {
      if (!violation.isEmpty() || !process.waitFor(1, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        process.waitFor();
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    writing.interrupt();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (!violation.isEmpty()) {
      return new WorkerDeath(process.isAlive() ? 0 : process.exitValue(), violation);
    }
    return WorkerDeath.of(process.isAlive() ? 0 : process.exitValue(), lastWords.text());
  }
}
