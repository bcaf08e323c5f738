package dev.reckon.sandbox.remote;

import dev.reckon.sandbox.Produced;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.Timing;
import dev.reckon.sandbox.run.Endings;
import dev.reckon.sandbox.run.Transcript;
import dev.reckon.sandbox.wire.FromHost;
import dev.reckon.sandbox.wire.FromWorker;
import dev.reckon.sandbox.wire.ToHost;
import dev.reckon.sandbox.wire.ToWorker;
import dev.reckon.sandbox.wire.WireException;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One script on its way to a worker host and back. Its own thread carries it; others may stop it.
 */
final class RemoteRun {
  /** How long after a script's wall time its host may take to say so. */
  private static final Duration LATE = Duration.ofSeconds(2);

  /** How long a host may take to stop a script before the caller has an answer without it. */
  private static final Duration STOPPING = Duration.ofSeconds(1);

  private static final int FILE_HEAD_BYTES = 64 * 1024;

  /** What became of an attempt. */
  sealed interface Attempt {
    /** The caller has the result. */
    record Over() implements Attempt {}

    /** No worker is known to have begun it; another host may. */
    record Unbegun(String reason, Cause cause) implements Attempt {}
  }

  /** Why a host did not begin a script. */
  enum Cause {
    /** There was no connection to it, so it has seen nothing of the script. */
    UNREACHED,
    /** It gave the script back. */
    DECLINED,
    /** The connection broke while the host had the script, or a part: the script may be why. */
    LOST
  }

  private enum Late {
    NO,
    SCRIPT,
    RESULT
  }

  final Script script;
  final CompletableFuture<RunResult> future = new CompletableFuture<>();
  private final long id;
  private final Runnable onTaken;
  private final Runnable counted;
  private final ScheduledExecutorService clock;
  private final Duration transfer;
  private final long submittedNanos = System.nanoTime();

  // Guarded by this.
  private @Nullable Line line;
  private boolean taken;
  private boolean stopped;
  private Late late = Late.NO;
  private long takenNanos;

  // Of the thread that carries it.
  private @Nullable Future<?> deadline;
  private boolean arriving;

  /**
   * @param onTaken called once when a worker takes the script, on a thread of its own
   * @param counted called before that; must not block
   * @param transfer how long the result may take over the network, once it has begun to arrive
   */
  RemoteRun(
      long id,
      Script script,
      Runnable onTaken,
      Runnable counted,
      ScheduledExecutorService clock,
      Duration transfer) {
    this.id = id;
    this.script = script;
    this.onTaken = onTaken;
    this.counted = counted;
    this.clock = clock;
    this.transfer = transfer;
  }

  synchronized boolean waits() {
    return !taken;
  }

  /** Tries one host. Does not throw for what a host or a network does. */
  Attempt carry(HostLink host, ToHost.Service service) {
    Line carrier;
    try {
      carrier = host.take();
    } catch (IOException e) {
      return new Attempt.Unbegun(HostLink.words(e), Cause.UNREACHED);
    }
    boolean whole = false;
    try {
      synchronized (this) {
        if (stopped) {
          complete(new RunResult.Stopped(Produced.NOTHING, timing()));
          whole = true;
          return new Attempt.Over();
        }
        line = carrier;
      }
      carrier.send(
          new ToHost.Submit(
              service,
              script.tenant(),
              script.queue(),
              new ToWorker.Run(id, script.source(), script.files(), script.limits())));
      Attempt attempt = listen(carrier);
      whole = true;
      return attempt;
    } catch (IOException e) {
      return broken(host, e);
    } finally {
      synchronized (this) {
        line = null;
      }
      if (whole) {
        host.done(carrier);
      } else {
        host.broken(carrier);
      }
    }
  }

  private Attempt listen(Line carrier) throws IOException {
    Transcript transcript = transcript();
    try {
      while (true) {
        FromHost message = carrier.fromHost(() -> announced(carrier));
        switch (message) {
          case FromHost.Taken(long run) when run == id && begin() ->
              endAfter(carrier, script.limits().wallTime().plus(LATE), Late.SCRIPT);
          case FromHost.Declined(long run, String reason) when run == id && waits() -> {
            return new Attempt.Unbegun(reason, Cause.DECLINED);
          }
          case FromHost.Part(FromWorker part) when !waits() -> add(transcript, part);
          case FromHost.Ended(FromWorker.Finished last, String engine, long memory)
              when last.id() == id -> {
            if (waits() && last.ending() == FromWorker.Ending.FAULT) {
              return new Attempt.Unbegun(last.detail(), Cause.DECLINED);
            }
            finish(transcript, last, engine, memory);
            return new Attempt.Over();
          }
          case null -> throw new EOFException("it closed the connection");
          default -> throw new WireException("it sent what does not belong there");
        }
      }
    } finally {
      if (deadline != null) {
        deadline.cancel(false);
      }
    }
  }

  /**
   * A message has begun, and may be that large. Once the script runs, it is a part of its result:
   * from then on it is the network that takes time.
   */
  private int announced(Line carrier) {
    if (!waits() && !arriving) {
      arriving = true;
      endAfter(carrier, transfer, Late.RESULT);
    }
    return mostBytes();
  }

  /** Takes the place of the deadline before. */
  private void endAfter(Line carrier, Duration time, Late what) {
    if (deadline != null) {
      deadline.cancel(false);
    }
    deadline =
        clock.schedule(
            () -> {
              synchronized (this) {
                late = what;
              }
              carrier.close();
            },
            time.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** A host sends text; bytes that were no UTF-8 have become three each. */
  private Transcript transcript() {
    return new Transcript(
        script, (int) Math.min(Integer.MAX_VALUE, 3L * script.limits().outputBytes()));
  }

  private static void add(Transcript transcript, FromWorker part) throws IOException {
    switch (part) {
      case FromWorker.Output output -> transcript.output(output.stderr(), output.bytes());
      case FromWorker.File file -> transcript.file(file.file());
      case FromWorker.Read read -> transcript.read(read.name());
      case FromWorker.Drawn drawn -> transcript.chart(drawn.chart());
      default -> throw new WireException("no part of a result");
    }
  }

  private void finish(Transcript transcript, FromWorker.Finished last, String engine, long memory) {
    transcript.dropped(last.droppedBytes(), last.droppedFiles());
    complete(Endings.result(last, script.limits(), memory, transcript.produced(engine), timing()));
  }

  private Attempt broken(HostLink host, IOException e) {
    boolean begun;
    Late what;
    boolean unwanted;
    synchronized (this) {
      begun = taken;
      what = late;
      unwanted = stopped;
    }
    String reason =
        what == Late.RESULT
            ? host.address()
                + " did not send the whole result within "
                + transfer.toSeconds()
                + " s"
            : host.address() + " was lost: " + HostLink.words(e);
    if (unwanted) {
      complete(new RunResult.Stopped(Produced.NOTHING, timing()));
    } else if (what == Late.SCRIPT) {
      complete(
          new RunResult.TimeLimit(script.limits().wallTime(), false, Produced.NOTHING, timing()));
    } else if (begun) {
      complete(new RunResult.WorkerLost(reason, Produced.NOTHING, timing()));
    } else {
      return new Attempt.Unbegun(reason, Cause.LOST);
    }
    return new Attempt.Over();
  }

  /** Ends the script; its caller hears of it at once. */
  void stop() {
    Line carrier;
    synchronized (this) {
      stopped = true;
      carrier = line;
    }
    if (carrier == null) {
      complete(new RunResult.Stopped(Produced.NOTHING, timing()));
      return;
    }
    var _ =
        clock.schedule(
            () -> {
              if (!future.isDone()) {
                carrier.close();
                complete(new RunResult.Stopped(Produced.NOTHING, timing()));
              }
            },
            STOPPING.toMillis(),
            TimeUnit.MILLISECONDS);
    Thread.startVirtualThread(() -> cancel(carrier));
  }

  private void cancel(Line carrier) {
    try {
      if (!carrier.sendWithin(STOPPING, new ToHost.Cancel(id))) {
        carrier.close();
      }
    } catch (IOException e) {
      carrier.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The result of a script that no worker took. */
  void lost(String reason) {
    complete(new RunResult.WorkerLost(reason, Produced.NOTHING, timing()));
  }

  private void complete(RunResult result) {
    Thread.startVirtualThread(() -> future.complete(result));
  }

  private boolean begin() {
    synchronized (this) {
      if (taken) {
        return false;
      }
      taken = true;
      takenNanos = System.nanoTime();
    }
    counted.run();
    Thread.startVirtualThread(onTaken);
    return true;
  }

  /** How large a message may be: files come only from a run, within its limits. */
  private int mostBytes() {
    return Math.clamp(
        script.limits().fileBytes() + FILE_HEAD_BYTES, HostLink.ORDINARY_BYTES, Integer.MAX_VALUE);
  }

  private synchronized Timing timing() {
    long now = System.nanoTime();
    return new Timing(
        Duration.ofNanos((taken ? takenNanos : now) - submittedNanos),
        Duration.ofNanos(taken ? now - takenNanos : 0));
  }
}
