package dev.reckon.sandbox.remote;

import dev.reckon.sandbox.Produced;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.Timing;
import dev.reckon.sandbox.process.StderrTail;
import dev.reckon.sandbox.run.Endings;
import dev.reckon.sandbox.wire.FromHost;
import dev.reckon.sandbox.wire.FromWorker;
import dev.reckon.sandbox.wire.ToHost;
import dev.reckon.sandbox.wire.ToWorker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bot's script in a host's pool: what becomes of it is told in order, and once. */
final class HostedRun {
  /** The most output in one message. */
  private static final int PIECE_BYTES = 256 * 1024;

  private final long id;
  private final Script script;
  private final Sandbox pool;
  private final HostConnection.Answers answers;

  // Guarded by this.
  private boolean taken;
  private boolean over;

  HostedRun(ToHost.Submit submit, Sandbox pool, HostConnection.Answers answers) {
    ToWorker.Run run = submit.run();
    this.id = run.id();
    this.script =
        new Script(
            "remote-" + id,
            submit.tenant(),
            submit.queue(),
            run.source(),
            run.files(),
            run.limits());
    this.pool = pool;
    this.answers = answers;
  }

  long id() {
    return id;
  }

  void submit() {
    var _ =
        pool.submit(script, this::taken).whenCompleteAsync(this::ended, Thread::startVirtualThread);
  }

  void stop() {
    pool.stop(script);
  }

  /** Gives the script back if no worker has taken it: another host may run it. */
  void decline() {
    synchronized (this) {
      if (taken || over) {
        return;
      }
      over = true;
    }
    pool.stop(script);
    Thread.startVirtualThread(
        () -> answers.last(List.of(new FromHost.Declined(id, "the worker host is closing"))));
  }

  /** Nobody wants the result any more. */
  void abandon() {
    synchronized (this) {
      over = true;
    }
    pool.stop(script);
  }

  private synchronized void taken() {
    if (!taken && !over) {
      taken = true;
      answers.send(new FromHost.Taken(id));
    }
  }

  private void ended(@Nullable RunResult result, @Nullable Throwable fault) {
    boolean ran = result != null && !result.produced().engine().isEmpty();
    synchronized (this) {
      if (over) {
        return;
      }
      if (ran) {
        taken(); // its thread may be later than the result
      }
      over = true;
    }
    answers.last(
        parts(
            result != null
                ? result
                : new RunResult.WorkerLost(
                    StderrTail.line(String.valueOf(fault)), Produced.NOTHING, Timing.NONE)));
  }

  private List<FromHost> parts(RunResult result) {
    Produced produced = result.produced();
    List<FromWorker> parts = new ArrayList<>();
    output(parts, false, produced.stdout());
    output(parts, true, produced.stderr());
    produced.files().forEach(file -> parts.add(new FromWorker.File(id, file)));
    produced.read().forEach(name -> parts.add(new FromWorker.Read(id, name)));
    produced.charts().forEach(chart -> parts.add(new FromWorker.Drawn(id, chart)));
    List<FromHost> messages = new ArrayList<>();
    parts.forEach(part -> messages.add(new FromHost.Part(part)));
    long memory = result instanceof RunResult.MemoryLimit limit ? limit.heapBytes() : 0;
    messages.add(new FromHost.Ended(Endings.message(id, result), produced.engine(), memory));
    return messages;
  }

  private void output(List<FromWorker> parts, boolean stderr, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < bytes.length; at += PIECE_BYTES) {
      parts.add(
          new FromWorker.Output(
              id, stderr, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + PIECE_BYTES))));
    }
  }
}
