package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.process.StderrTail;
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

    /** Whether the pool waited for that. */
    boolean idle(WorkerProcess worker, long heapUsedBytes);

    void finished(WorkerProcess worker, ActiveRun run, FromWorker.Finished last);

    /** Whether the pool waited for that. */
    boolean inspected(WorkerProcess worker, long id, Inspection answer);

    /** The process is gone; called once, last. */
    void gone(WorkerProcess worker, WorkerDeath death);
  }

  final int number;

  // Guarded by the pool's lock.
  Phase phase = Phase.STARTING;
  @Nullable String tenant;
  int runs;

  /** When it became idle, by {@link System#nanoTime}. */
  long idleSince;

  long firstHeapBytes = -1;

  /** Whether a successor is on its way or there; the worker goes when it is ready. */
  boolean replaced;

  /** Set and cleared under the pool's lock, read by the reading thread. */
  volatile @Nullable ActiveRun run;

  private static final long PAGE_BYTES = 4096;

  private static final int READ_BUFFER = 64 * 1024;

  /** The largest message but for a file: what a worker tells of itself, of a source, of a run. */
  private static final int ORDINARY_BYTES = 8 * 1024 * 1024;

  /** What a file's message has besides its content. */
  private static final int FILE_HEAD_BYTES = 64 * 1024;

  /** Messages that nobody waits for, before the worker counts as hostile. */
  private static final int MAX_STRAYS = 10_000;

  private final Process process;
  private final Listener listener;
  private final LinkedBlockingQueue<ToWorker> outbox = new LinkedBlockingQueue<>();
  private final StderrTail stderr = new StderrTail();
  private final Thread writing;
  private int strays;
  private boolean introduced;

  private WorkerProcess(int number, Process process, Listener listener) {
    this.number = number;
    this.process = process;
    this.listener = listener;
    this.writing = Thread.ofPlatform().daemon().name(name("writer")).unstarted(this::write);
  }

  static WorkerProcess attach(int number, Process process, Listener listener) {
    WorkerProcess worker = new WorkerProcess(number, process, listener);
    worker.writing.start();
    Thread.ofPlatform()
        .daemon()
        .name(worker.name("stderr"))
        .start(() -> worker.stderr.drain(process.getErrorStream()));
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
    return stderr.text();
  }

  /** It may be given work; under the pool's lock. */
  void rest() {
    phase = Phase.IDLE;
    idleSince = System.nanoTime();
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
      FromWorker message = FromWorkerCodec.read(in, this::mostBytes);
      while (message != null) {
        if (!handle(message)) {
          violation = "the worker sent more than it may";
          break;
        }
        message = FromWorkerCodec.read(in, this::mostBytes);
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
    listener.gone(this, end(violation));
  }

  /** How large a message may be at this moment: files come only from a run, within its limits. */
  private int mostBytes() {
    ActiveRun current = run;
    long files = current == null ? 0 : current.pending.script.limits().fileBytes();
    return Math.clamp(files + FILE_HEAD_BYTES, ORDINARY_BYTES, Integer.MAX_VALUE);
  }

  /** Whether the worker may go on. */
  private boolean handle(FromWorker message) {
    ActiveRun current = run;
    switch (message) {
      case FromWorker.Ready ready when !introduced -> {
        introduced = true;
        listener.ready(this, ready.environment());
      }
      case FromWorker.Idle(long heap) when introduced && listener.idle(this, heap) -> {}
      case FromWorker.Inspected(long id, Inspection answer)
          when listener.inspected(this, id, answer) -> {}
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
      case FromWorker.Drawn drawn when current != null && current.id == drawn.id() ->
          current.transcript.chart(drawn.chart());
      case FromWorker.Finished last when current != null && current.id == last.id() ->
          listener.finished(this, current, last);
      // A run that was stopped may still tell for a while. Anything else is made up.
      default -> strays++;
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
    return WorkerDeath.of(process.isAlive() ? 0 : process.exitValue(), stderr.text());
  }
}
