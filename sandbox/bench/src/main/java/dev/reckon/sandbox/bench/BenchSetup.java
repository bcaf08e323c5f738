package dev.reckon.sandbox.bench;

import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.pool.PoolSettings;
import dev.reckon.sandbox.pool.Preparation;
import dev.reckon.sandbox.pool.Prepared;
import dev.reckon.sandbox.pool.WarmPool;
import dev.reckon.sandbox.pool.WorkerJvm;
import dev.reckon.sandbox.wire.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What measurements work with: the built worker, what was prepared for it, and CPython. */
final class BenchSetup {
  static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final Limits LIMITS =
      new Limits(
          Duration.ofMinutes(4),
          Duration.ofMinutes(4),
          Limits.DEFAULT.outputBytes(),
          Limits.DEFAULT.outputFloodBytes(),
          Limits.DEFAULT.sourceBytes(),
          Limits.DEFAULT.fileBytes(),
          Limits.DEFAULT.fileCount());

  private final Path root;
  private final WorkerJvm bare;
  private final Prepared prepared;
  private final CPython cpython = CPython.quickest();

  BenchSetup(Path root) throws IOException, InterruptedException {
    this.root = root;
    this.bare = WorkerJvm.of(classPath(root), WorkerSettings.withResources(root));
    say("preparing the sandbox");
    this.prepared =
        new Preparation(root.resolve("sandbox/bench/target/prepared"), bare)
            .prepare((step, share) -> say("  " + step));
  }

  private static List<Path> classPath(Path root) throws IOException {
    try (Stream<Path> own = Files.list(root.resolve("sandbox/worker/target"));
        Stream<Path> host = Files.list(root.resolve("sandbox/host/target"));
        Stream<Path> lib = Files.list(root.resolve("sandbox/worker/target/lib"))) {
      return Stream.of(own, host, lib)
          .flatMap(paths -> paths)
          .filter(path -> path.toString().endsWith(".jar"))
          .sorted()
          .toList();
    }
  }

  Path root() {
    return root;
  }

  CPython cpython() {
    return cpython;
  }

  /** A worker on what was prepared. */
  WorkerJvm jvm() {
    return bare.withPrepared(prepared);
  }

  /** Settings of a pool of them. */
  PoolSettings settings(int workers) {
    return PoolSettings.of(jvm()).withWorkers(workers);
  }

  /** The same with nothing imported ahead. */
  PoolSettings bare(int workers) {
    WorkerJvm usual = jvm();
    return PoolSettings.of(usual.withTold(usual.told().withPreload(List.of())))
        .withWorkers(workers);
  }

  /** The same without anything prepared but the unpacked language home. */
  PoolSettings unprepared(Path home) {
    return PoolSettings.of(bare.classPath(), home).withWorkers(1);
  }

  /** A pool all of whose workers are ready. */
  WarmPool open(PoolSettings settings) throws Exception {
    WarmPool pool = WarmPool.open(settings);
    awaitReady(pool, settings.workers());
    return pool;
  }

  static void awaitReady(Sandbox pool, int workers) throws InterruptedException {
    while (pool.status().ready() < workers) {
      Thread.sleep(2);
    }
  }

  static Script script(String code) {
    return new Script("bench", "team", "queue", code, List.of(), LIMITS);
  }

  /** From handing a script over to having its result, in nanoseconds. */
  static long run(Sandbox pool, String code) throws Exception {
    long begun = System.nanoTime();
    RunResult result = pool.submit(script(code)).get();
    long took = System.nanoTime() - begun;
    if (!(result instanceof RunResult.Completed)) {
      throw new IOException(result + " of:\n" + code);
    }
    return took;
  }

  /** Memory that a process holds, in MiB, as the kernel counts it. */
  static long residentMib(long pid) throws IOException {
    return statusMib(pid, "VmRSS:");
  }

  /** The most that it ever held. */
  static long highestMib(long pid) throws IOException {
    return statusMib(pid, "VmHWM:");
  }

  private static long statusMib(long pid, String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
            .filter(line -> line.startsWith(field))
            .map(line -> line.replaceAll("\\D", ""))
            .mapToLong(Long::parseLong)
            .findFirst()
            .orElse(0)
        / 1024;
  }

  static void say(String words) {
    System.err.println(words);
  }
}
