package dev.reckon.sandbox.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reckon.sandbox.Environment;
import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.PoolStatus;
import dev.reckon.sandbox.Produced;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.SourceReport;
import dev.reckon.sandbox.Timing;
import dev.reckon.sandbox.cpython.CombinedSandbox;
import dev.reckon.sandbox.cpython.ForkServer;
import dev.reckon.sandbox.cpython.PythonInstallation;
import dev.reckon.sandbox.pool.PoolSettings;
import dev.reckon.sandbox.pool.WarmPool;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Which engine a program gets: a real fork server beside a first engine that only tells what it
 * got.
 */
@Timeout(500)
class CombinedSandboxTest {
  private static final long PATIENCE_SECONDS = 120;
  private final FirstEngine first = new FirstEngine();

  @Test
  void aPackageOfTheSecondEngineChoosesItAndNothingElseDoes() throws Exception {
    ForkServer server = ForkServer.of(python());
    try (CombinedSandbox sandbox = open(server)) {
      assertEquals("GraalPy", run(sandbox, "import json\nprint(1)").produced().engine());
      assertEquals(1, sandbox.status().workers(), "the second engine is not started for that");
      RunResult result = run(sandbox, "import pandas as pd\nprint(pd.Series([1, 2]).sum())");
      assertEquals("CPython", result.produced().engine());
      assertEquals("3\n", result.produced().stdout());
      int inspected = first.inspected.get();
      run(sandbox, "import pandas as pd\nprint(pd.Series([1, 2]).sum())");
      assertEquals(inspected, first.inspected.get(), "a source that is known is not read again");
      var read =
          assertInstanceOf(
              Inspection.Read.class,
              sandbox.inspect("import numpy").get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      assertTrue(read.report().imports().getFirst().available());
      assertEquals("GraalPy", run(sandbox, "import nowhere").produced().engine());
      Environment environment = sandbox.environment().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertEquals("CPython", environment.second().orElseThrow().engine());
    }
  }

  @Test
  void withoutNamespacesNoImportChoosesTheSecondEngine() throws Exception {
    ForkServer usual = ForkServer.of(python());
    ForkServer weaker =
        new ForkServer(
            usual.python(), usual.packages(), usual.imports(), 256, usual.limits(), false);
    try (CombinedSandbox sandbox = open(weaker)) {
      RunResult result = run(sandbox, "import numpy\nprint('ESCAPED')");
      assertEquals("GraalPy", result.produced().engine());
      assertTrue(sandbox.environment().get(PATIENCE_SECONDS, TimeUnit.SECONDS).second().isEmpty());
    }
  }

  private CombinedSandbox open(ForkServer server) {
    return new CombinedSandbox(
        first,
        () -> Optional.of(WarmPool.open(PoolSettings.of(server).withWorkers(1))),
        ForkServer.WALLS);
  }

  private static Path python() {
    PythonInstallation python = PythonInstallation.find().orElse(null);
    assumeTrue(
        python != null && python.packages().contains("pandas"),
        "no Python with pandas; install python3-pandas");
    return python.path();
  }

  private static RunResult run(CombinedSandbox sandbox, String source) throws Exception {
    return sandbox
        .submit(new Script("id", "tenant", "queue", source, List.of(), Limits.DEFAULT))
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Knows the standard library, runs nothing, and reads one import a line. */
  private static final class FirstEngine implements Sandbox {
    final AtomicInteger inspected = new AtomicInteger();

    @Override
    public CompletableFuture<RunResult> submit(Script script) {
      return CompletableFuture.completedFuture(
          new RunResult.Completed(
              new Produced("", "", 0, List.of(), 0, Set.of(), List.of(), "GraalPy"), Timing.NONE));
    }

    @Override
    public void stop(Script script) {}

    @Override
    public CompletableFuture<Inspection> inspect(String source) {
      inspected.incrementAndGet();
      List<SourceReport.Import> imports =
          source
              .lines()
              .filter(line -> line.startsWith("import "))
              .map(line -> new SourceReport.Import(line.split(" ", -1)[1], 1, false))
              .toList();
      return CompletableFuture.completedFuture(
          new Inspection.Read(new SourceReport(null, 1, imports, List.of(), Set.of())));
    }

    @Override
    public CompletableFuture<Environment> environment() {
      return CompletableFuture.completedFuture(
          new Environment("3.12.8", List.of("json"), List.of(), List.of("numpy"), List.of()));
    }

    @Override
    public PoolStatus status() {
      return new PoolStatus(1, 1, 0, 0, 0, 0, 0, 0);
    }

    @Override
    public void close() {}
  }
}
