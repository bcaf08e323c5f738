package dev.reckon.adapters.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.core.label.Amounts;
import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Script;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Runs one request per line and writes one result per line as each finishes. */
final class ExecLines {
  /** A line carries files in base64: four bytes for three, and room for the rest. */
  private static final int ROOM = 4 * 1024 * 1024;

  private final ScriptRunner runs;
  private final Limits limits;
  private final PrintStream out;
  private final Semaphore inFlight;
  private final Phaser unfinished = new Phaser(1);

  /**
   * @param inFlight how many requests may be with the sandbox at once; the rest of the input is not
   *     read before
   */
  ExecLines(ScriptRunner runs, Limits limits, PrintStream out, int inFlight) {
    this.runs = runs;
    this.limits = limits;
    this.out = out;
    this.inFlight = new Semaphore(inFlight);
  }

  /** Reads to the end of the input and returns when the last result is written. */
  void run(InputStream in) throws IOException, InterruptedException {
    long mostBytes = Math.min(Integer.MAX_VALUE - 64, limits.fileBytes() / 3 * 4 + ROOM);
    BoundedLines lines = new BoundedLines(in, (int) mostBytes);
    int number = 0;
    for (BoundedLines.Line line = lines.next(); line != null; line = lines.next()) {
      number++;
      if (line.text().isBlank()) {
        continue;
      }
      try {
        if (line.tooLong()) {
          throw new UsageException("the line is longer than " + Amounts.size(mostBytes));
        }
        submit(RunRequest.parse(line.text(), limits));
      } catch (UsageException e) {
        write(
            RunResultJson.refused(
                line.tooLong() ? null : RunRequest.idOf(line.text()),
                "BadRequest",
                "line " + number + ": " + e.getMessage()));
      }
    }
    unfinished.arriveAndAwaitAdvance();
  }

  private void submit(RunRequest request) throws InterruptedException {
    inFlight.acquire();
    unfinished.register();
    String name = request.id() == null ? "exec" : request.id();
    CompletableFuture<RunResult> result =
        runs.submit(
            new Script(
                name, "terminal", "exec", request.code(), request.files(), request.limits()));
    var _ = result.whenComplete((run, fault) -> finished(request, run, fault));
  }

  private void finished(RunRequest request, @Nullable RunResult run, @Nullable Throwable fault) {
    try {
      write(
          run == null
              ? RunResultJson.refused(
                  request.id(), "Fault", "Reckon's own fault: " + String.valueOf(fault))
              : RunResultJson.of(request.id(), run));
    } finally {
      inFlight.release();
      unfinished.arriveAndDeregister();
    }
  }

  private void write(ObjectNode json) {
    String line = json + "\n";
    synchronized (out) {
      out.print(line);
      out.flush();
    }
  }
}
