package dev.reckon.sandbox.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.sandbox.Inspection;
import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.SandboxFile;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.SourceReport;
import dev.reckon.testing.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pool's rules, on real processes that speak the protocol but know no Python. */
@Timeout(60)
class WarmPoolTest {
  @TempDir Path directory;
  private final List<WarmPool> pools = new ArrayList<>();

  @AfterEach
  void closePools() {
    pools.forEach(WarmPool::close);
  }

  @Test
  void aScriptWaitsForTheFirstWorkerAndRuns() throws Exception {
    WarmPool pool = open(settings(1));
    var result = assertInstanceOf(RunResult.Completed.class, run(pool, "print hello\nfile a.txt"));
    assertEquals("hello\n", result.produced().stdout());
    assertEquals("a.txt", result.produced().files().getFirst().name());
    assertEquals("0.0", pool.environment().get().pythonVersion());
    assertEquals(1, pool.status().runs());
  }

  @Test
  void onlyFilesThatWereGivenCountAsRead() throws Exception {
    Script script =
        new Script(
            "id",
            "tenant",
            "queue",
            "read given.csv\nread /etc/passwd",
            List.of(SandboxFile.text("given.csv", "a\n")),
            Limits.DEFAULT);
    assertEquals(Set.of("given.csv"), run(open(settings(1)), script).produced().read());
  }

  @Test
  void aWorkerSeesNeitherEnvironmentNorFiles() throws Exception {
    WarmPool pool = open(settings(1));
    assertEquals("{}", run(pool, "environment").produced().stdout());
    Path started = Path.of(run(pool, "directory").produced().stdout().strip());
    assertNotEquals(started.getRoot(), started);
    try (var files = Files.list(started)) {
      assertEquals(0, files.count());
    }
    assertFalse(
        Files.getPosixFilePermissions(started).contains(PosixFilePermission.OWNER_WRITE),
        "nobody may write in " + started);
  }

  @Test
  void whereTheStartDirectoryIsNotEmptyWorkersStartAtTheRoot() throws Exception {
    Files.createDirectory(directory.resolve("start"));
    Files.writeString(directory.resolve("start/left"), "by somebody");
    assertEquals("/", run(open(settings(1)), "directory").produced().stdout().strip());
  }

  @Test
  void aScriptThatDoesNotEndIsKilledAfterItsDeadlineAndKeepsItsOutput() throws Exception {
    WarmPool pool = open(settings(1));
    var result =
        assertInstanceOf(
            RunResult.TimeLimit.class,
            run(
                pool,
                script("print before\ndeaf", Limits.DEFAULT.withWallTime(Duration.ofMillis(100)))));
    assertEquals("before\n", result.produced().stdout());
    assertEquals(Duration.ofMillis(100), result.limit());
    assertTrue(result.timing().elapsed().compareTo(Duration.ofMillis(2100)) < 0);
    assertInstanceOf(RunResult.Completed.class, run(pool, "print after"));
    assertEquals(1, pool.status().killed());
  }

  @Test
  void howAWorkerDiesSaysWhatHappened() throws Exception {
    WarmPool pool = open(settings(1));
    assertInstanceOf(RunResult.MemoryLimit.class, run(pool, "exit 3"));
    var lost = assertInstanceOf(RunResult.WorkerLost.class, run(pool, "print kept\nexit 7"));
    assertEquals("the worker exited with code 7: last words", lost.reason());
    assertEquals("kept\n", lost.produced().stdout());
  }

  @Test
  void aWorkerThatWritesAnythingButMessagesIsReplaced() throws Exception {
    WarmPool pool = open(settings(1));
    var lost = assertInstanceOf(RunResult.WorkerLost.class, run(pool, "raw garbage\ndeaf"));
    assertTrue(lost.reason().startsWith("the worker broke the protocol"), lost.reason());
    assertInstanceOf(RunResult.Completed.class, run(pool, "print after"));
  }

  @Test
  void aResultForAnotherRunIsNotBelieved() throws Exception {
    WarmPool pool = open(settings(1));
    var result = assertInstanceOf(RunResult.Failed.class, run(pool, "forge\nend FAILED"));
    assertEquals("FakeError", result.error().type());
  }

  @Test
  void aFloodOfOutputEndsTheWorkerAndOnlyTheFirstOfItIsKept() throws Exception {
    WarmPool pool = open(settings(1));
    Limits limits =
        new Limits(Duration.ofSeconds(30), Duration.ofSeconds(30), 1000, 1_000_000, 1000, 1000, 10);
    var result = assertInstanceOf(RunResult.OutputLimit.class, run(pool, script("flood", limits)));
    assertEquals(1000, result.produced().stdout().length());
    assertTrue(result.produced().truncated());
  }

  @Test
  void cancellingEndsTheRunSoftlyAndKeepsTheWorker() throws Exception {
    WarmPool pool = open(settings(1));
    String pid = run(pool, "pid").produced().stdout();
    CompletableFuture<RunResult> running = pool.submit(script("spin", Limits.DEFAULT));
    until(() -> pool.status().busy() == 1);
    assertTrue(running.cancel(true));
    assertEquals(pid, run(pool, "pid").produced().stdout());
  }

  @Test
  void whatAStoppedScriptHadPrintedIsAnsweredAtOnceAlsoByADeafWorker() throws Exception {
    WarmPool pool = open(settings(1));
    for (String end : List.of("spin", "deaf")) {
      Script script = script("print kept\n" + end, Limits.DEFAULT);
      CompletableFuture<RunResult> running = pool.submit(script);
      until(() -> pool.status().busy() == 1);
      Thread.sleep(300); // what was printed has to come through the pipe
      pool.stop(script);
      var stopped =
          assertInstanceOf(RunResult.Stopped.class, running.get(20, TimeUnit.SECONDS), end);
      assertEquals("kept\n", stopped.produced().stdout());
    }
    assertInstanceOf(RunResult.Completed.class, run(pool, "print after"));
  }

  @Test
  void aWaitingScriptIsStoppedBeforeItEverRuns() throws Exception {
    WarmPool pool = open(settings(1));
    CompletableFuture<RunResult> running = pool.submit(script("spin", Limits.DEFAULT));
    until(() -> pool.status().busy() == 1);
    Script waiting = script("print never", Limits.DEFAULT);
    CompletableFuture<RunResult> future = pool.submit(waiting);
    pool.stop(waiting);
    var stopped = assertInstanceOf(RunResult.Stopped.class, future.get(20, TimeUnit.SECONDS));
    assertEquals("", stopped.produced().stdout());
    running.cancel(true);
  }

  @Test
  void cancellingAWorkerThatDoesNotListenKillsIt() throws Exception {
    WarmPool pool = open(settings(1));
    String pid = run(pool, "pid").produced().stdout();
    CompletableFuture<RunResult> running = pool.submit(script("deaf", Limits.DEFAULT));
    until(() -> pool.status().busy() == 1);
    running.cancel(true);
    until(() -> ProcessHandle.of(Long.parseLong(pid)).isEmpty());
    assertNotEquals(pid, run(pool, "pid").produced().stdout());
  }

  @Test
  void queuesTakeTurns() throws Exception {
    WarmPool pool = open(settings(1));
    run(pool, "print warm");
    CompletableFuture<RunResult> running = pool.submit(script("spin", Limits.DEFAULT));
    until(() -> pool.status().busy() == 1);
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (String name : List.of("a1", "a2", "a3", "b1")) {
      all.add(
          pool.submit(
                  new Script(name, "t", name.substring(0, 1), "print x", List.of(), Limits.DEFAULT))
              .thenRun(() -> order.add(name)));
    }
    running.cancel(true);
    for (CompletableFuture<?> each : all) {
      each.get(20, TimeUnit.SECONDS);
    }
    assertTrue(order.indexOf("b1") < order.indexOf("a3"), order.toString());
  }

  @Test
  void workersAreReplacedAfterTheirRunsAFaultOrGrowth() throws Exception {
    WarmPool pool = open(settings(1).withMaxRuns(2));
    String first = run(pool, "pid").produced().stdout();
    assertEquals(first, run(pool, "pid").produced().stdout());
    until(() -> pool.status().recycled() == 1);
    String second = run(pool, "pid").produced().stdout();
    assertNotEquals(first, second);
    assertInstanceOf(RunResult.WorkerLost.class, run(pool, "end FAULT"));
    String third = run(pool, "pid").produced().stdout();
    assertNotEquals(second, third);
    run(pool, "grow " + 200L * 1024 * 1024);
    until(() -> pool.status().recycled() == 2);
    assertNotEquals(third, run(pool, "pid").produced().stdout());
  }

  @Test
  void withoutReuseEveryScriptHasAWorkerOfItsOwn() throws Exception {
    WarmPool pool = open(settings(2).withReuse(WorkerReuse.NEVER));
    List<String> pids = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      pids.add(run(pool, "pid").produced().stdout());
    }
    assertEquals(4, pids.stream().distinct().count());
  }

  @Test
  void teamsDoNotShareAWorkerAndNoneStarves() throws Exception {
    WarmPool pool = open(settings(1).withReuse(WorkerReuse.TEAM));
    String a = tenantPid(pool, "a");
    assertEquals(a, tenantPid(pool, "a"));
    String b = tenantPid(pool, "b");
    assertNotEquals(a, b);
    assertNotEquals(b, tenantPid(pool, "a"));
  }

  @Test
  void aWorkerKilledFromOutsideIsReplacedBusyOrIdle() throws Exception {
    WarmPool pool = open(settings(1));
    long idle = Long.parseLong(run(pool, "pid").produced().stdout());
    until(() -> pool.status().ready() == 1);
    ProcessHandle.of(idle).orElseThrow().destroyForcibly();
    until(() -> pool.status().killed() == 1);
    long busy = Long.parseLong(run(pool, "pid").produced().stdout());
    CompletableFuture<RunResult> running = pool.submit(script("deaf", Limits.DEFAULT));
    until(() -> pool.status().busy() == 1);
    ProcessHandle.of(busy).orElseThrow().destroyForcibly();
    var lost = assertInstanceOf(RunResult.WorkerLost.class, running.get(5, TimeUnit.SECONDS));
    assertEquals("the worker was ended by signal 9", lost.reason());
    assertInstanceOf(RunResult.Completed.class, run(pool, "print after"));
  }

  @Test
  void scriptsOverTheirLimitsAreRefusedBeforeAWorkerSeesThem() throws Exception {
    WarmPool pool = open(settings(1));
    var tooLong =
        assertInstanceOf(
            RunResult.Failed.class, run(pool, "#".repeat(Limits.DEFAULT.sourceBytes() + 1)));
    assertEquals("ScriptTooLong", tooLong.error().type());
    var twice =
        assertInstanceOf(
            RunResult.Failed.class,
            run(
                pool,
                new Script(
                    "id",
                    "t",
                    "q",
                    "files",
                    List.of(SandboxFile.text("a", ""), SandboxFile.text("a", "")),
                    Limits.DEFAULT)));
    assertEquals("DuplicateFile", twice.error().type());
    assertEquals(0, pool.status().runs());
  }

  @Test
  void sourcesAreReadAlsoWhenTheirReaderDiesAndIsReplaced() throws Exception {
    WarmPool pool = open(settings(1));
    for (String source : List.of("x", "die once")) {
      var read =
          assertInstanceOf(
              Inspection.Read.class, pool.inspect(source).get(20, TimeUnit.SECONDS), source);
      assertEquals(List.of(new SourceReport.Import(source, 1, true)), read.report().imports());
    }
  }

  @Test
  void ofASourceThatKillsEveryReaderIsSaidThatItWasNotRead() throws Exception {
    WarmPool pool = open(settings(1));
    assertInstanceOf(Inspection.NotRead.class, pool.inspect("die").get(20, TimeUnit.SECONDS));
    assertInstanceOf(RunResult.Completed.class, run(pool, "print after"));
  }

  @Test
  void workersThatNeverStartAreReportedInsteadOfWaitedFor() throws Exception {
    Files.createFile(directory.resolve("broken"));
    WarmPool pool = open(settings(1));
    var lost = assertInstanceOf(RunResult.WorkerLost.class, run(pool, "print x"));
    assertTrue(lost.reason().contains("this worker is broken"), lost.reason());
    assertThrows(ExecutionException.class, () -> pool.environment().get(20, TimeUnit.SECONDS));
    Files.delete(directory.resolve("broken"));
    until(() -> pool.status().ready() == 1);
    assertInstanceOf(RunResult.Completed.class, run(pool, "print x"));
  }

  @Test
  void aWorkerThatLacksALayerIsRefusedWhereAllAreRequired() throws Exception {
    PoolSettings usual = settings(1);
    for (boolean required : List.of(false, true)) {
      WarmPool pool =
          open(
              new PoolSettings(
                  1,
                  usual.reuse(),
                  1_000,
                  required,
                  new WithLayer(usual.kind(), "a test's layer")));
      RunResult result = run(pool, "print x");
      assertEquals(required, result instanceof RunResult.WorkerLost, result.toString());
      if (result instanceof RunResult.WorkerLost lost) {
        assertTrue(lost.reason().contains("a test's layer"), lost.reason());
      }
    }
  }

  /** A kind of worker that needs a layer more. */
  private record WithLayer(WorkerKind kind, String layer) implements WorkerKind {
    @Override
    public String engine() {
      return kind.engine();
    }

    @Override
    public long memoryBytes() {
      return kind.memoryBytes();
    }

    @Override
    public long mostResidentBytes() {
      return kind.mostResidentBytes();
    }

    @Override
    public Set<String> requiredLayers() {
      return Set.of(layer);
    }

    @Override
    public WorkerLauncher launcher() {
      return kind.launcher();
    }
  }

  @Test
  void closingEndsWorkersAndWhatTheyRun() throws Exception {
    WarmPool pool = open(settings(1));
    long pid = Long.parseLong(run(pool, "pid").produced().stdout());
    CompletableFuture<RunResult> running = pool.submit(script("deaf", Limits.DEFAULT));
    until(() -> pool.status().busy() == 1);
    pool.close();
    var lost = assertInstanceOf(RunResult.WorkerLost.class, running.get(5, TimeUnit.SECONDS));
    assertEquals("the sandbox was closed", lost.reason());
    assertTrue(ProcessHandle.of(pid).isEmpty());
    assertInstanceOf(RunResult.WorkerLost.class, run(pool, "print x"));
  }

  private static String tenantPid(WarmPool pool, String tenant) throws Exception {
    return run(pool, new Script("id", tenant, "q", "pid", List.of(), Limits.DEFAULT))
        .produced()
        .stdout();
  }

  private static RunResult run(WarmPool pool, String source) throws Exception {
    return run(pool, script(source, Limits.DEFAULT));
  }

  private static RunResult run(WarmPool pool, Script script) throws Exception {
    return pool.submit(script).get(20, TimeUnit.SECONDS);
  }

  private static Script script(String source, Limits limits) {
    return new Script("id", "tenant", "queue", source, List.of(), limits);
  }

  private WarmPool open(PoolSettings settings) {
    WarmPool pool = WarmPool.open(settings);
    pools.add(pool);
    return pool;
  }

  private PoolSettings settings(int workers) throws IOException {
    List<Path> classPath = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      classPath.add(Path.of(entry));
    }
    return PoolSettings.of(classPath, directory).withWorkers(workers);
  }

  private static void until(BooleanSupplier condition) {
    Until.holds("the pool reaches the expected state", condition);
  }
}
