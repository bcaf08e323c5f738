package dev.reckon.core.turn.effect;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.PoolStatus;
import dev.reckon.sandbox.Produced;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.SandboxFile;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.SourceReport;
import dev.reckon.sandbox.Timing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A sandbox that gives prepared results, in order, and fails loudly when there are none left.
 * Programs that complete in it have read every file that they were given.
 */
final class FakeSandbox implements Sandbox {
  final List<Script> ran = new ArrayList<>();
  final List<String> inspected = new ArrayList<>();

  /** Opens when a script runs that only stopping ends. */
  final CountDownLatch endless = new CountDownLatch(1);

  private final Deque<RunResult> results = new ArrayDeque<>();
  private @Nullable RunResult last;
  private @Nullable RunResult again;
  private CompletableFuture<RunResult> running = new CompletableFuture<>();
  private final Deque<SourceReport> reports = new ArrayDeque<>();

  FakeSandbox will(RunResult... more) {
    results.addAll(List.of(more));
    return this;
  }

  /** What running a program once more, to see whether it varies, will come to. */
  FakeSandbox willSayAgain(RunResult other) {
    again = other;
    return this;
  }

  FakeSandbox willReport(SourceReport... more) {
    reports.addAll(List.of(more));
    return this;
  }

  @Override
  public synchronized CompletableFuture<RunResult> submit(Script script) {
    if (script.id().endsWith(ProgramRuns.AGAIN) && last != null) {
      return CompletableFuture.completedFuture(again == null ? last : again);
    }
    ran.add(script);
    RunResult result = results.poll();
    if (result instanceof RunResult.Completed(Produced produced, Timing timing)) {
      result = new RunResult.Completed(havingRead(script, produced), timing);
    }
    last = result;
    if (result == null) {
      running = new CompletableFuture<>(); // until it is stopped
      endless.countDown();
      return running;
    }
    return CompletableFuture.completedFuture(result);
  }

  private static Produced havingRead(Script script, Produced produced) {
    return new Produced(
        produced.stdout(),
        produced.stderr(),
        produced.droppedBytes(),
        produced.files(),
        produced.droppedFiles(),
        script.files().stream().map(SandboxFile::name).collect(Collectors.toSet()));
  }

  @Override
  public synchronized void stop(Script script) {
    running.complete(
        new RunResult.Stopped(new Produced("partial", "", 0, List.of(), 0), Timing.NONE));
  }

  @Override
  public synchronized CompletableFuture<Inspection> inspect(String source) {
    inspected.add(source);
    SourceReport report = reports.poll();
    return CompletableFuture.completedFuture(
        new Inspection.Read(
            report == null ? new SourceReport(null, 1, List.of(), List.of(), Set.of()) : report));
  }

  @Override
  public CompletableFuture<Environment> environment() {
    return CompletableFuture.completedFuture(
        new Environment(
            "3.12.8", List.of("csv", "math"), List.of(), List.of("numpy", "pandas"), List.of()));
  }

  @Override
  public PoolStatus status() {
    return new PoolStatus(1, 1, 0, 0, 0, 0, 0, 0);
  }

  @Override
  public void close() {}
}
