package dev.reckon.sandbox.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.RunResult;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.SandboxFile;
import dev.reckon.sandbox.Script;
import dev.reckon.sandbox.attacks.Attack.Layer;
import dev.reckon.sandbox.cpython.ForkServer;
import dev.reckon.sandbox.cpython.PythonInstallation;
import dev.reckon.sandbox.pool.PoolSettings;
import dev.reckon.sandbox.pool.WarmPool;
import dev.reckon.sandbox.pool.WorkerJvm;
import dev.reckon.sandbox.wire.WorkerSettings;
import dev.reckon.sandbox.worker.HostedPool;
import dev.reckon.sandbox.worker.TestHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A pool of real workers for attacks, and what must be true of it after each of them. */
final class AttackedPool implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 240;

  private final Sandbox pool;
  private final Runnable closing;

  private AttackedPool(Sandbox pool, Runnable closing) {
    this.pool = pool;
    this.closing = closing;
  }

  private AttackedPool(WarmPool pool) {
    this(pool, pool::close);
  }

  /**
   * Starts one.
   *
   * @param before class path entries that win over the worker's own
   * @param folder for the list of modules, which saves each worker its own survey
   */
  static AttackedPool open(int workers, List<Path> before, Path folder) throws Exception {
    // Nothing here asks what imports, and finding it out takes most of a minute.
    Path modules = Files.write(folder.resolve("modules.txt"), List.of("json", "math", "os"));
    WorkerSettings surveying = WorkerSettings.withResources(TestHome.prepared());
    WorkerSettings told =
        new WorkerSettings(
            surveying.resources(),
            Optional.empty(),
            Optional.of(modules),
            1,
            surveying.preload(),
            true);
    AttackedPool opened = new AttackedPool(WarmPool.open(settings(workers, before, told)));
    opened.pool.environment().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return opened;
  }

  /** The same, on a worker host; closing it closes both. */
  AttackedPool hosted() throws IOException {
    HostedPool host = HostedPool.open(pool);
    return new AttackedPool(host.sandbox(), host::close);
  }

  /** Starts one of the second engine, or nothing where there is no Python with packages. */
  static Optional<AttackedPool> ofCPython(boolean namespaces) {
    return PythonInstallation.find()
        .filter(python -> python.packages().contains("numpy"))
        .map(python -> ForkServer.of(python.path()))
        .map(
            server ->
                new ForkServer(
                    server.python(),
                    server.packages(),
                    server.imports(),
                    server.memoryMib(),
                    server.limits(),
                    namespaces))
        .map(server -> new AttackedPool(WarmPool.open(PoolSettings.of(server).withWorkers(1))));
  }

  private static PoolSettings settings(int workers, List<Path> before, WorkerSettings told)
      throws IOException {
    List<Path> classPath = new ArrayList<>(before);
    classPath.addAll(TestHome.classPath());
    return PoolSettings.of(WorkerJvm.of(classPath, told)).withWorkers(workers);
  }

  /** Attacks it; the layer is the one that stands alone, or null for all of them. */
  Seen attack(Attack attack, @Nullable Layer alone) throws Exception {
    return Seen.of(
        run(attack.code(), List.of(), Limits.DEFAULT.withWallTime(attack.wallTime(alone))));
  }

  /** The next honest script runs correctly. */
  void runsOn() throws Exception {
    RunResult honest =
        run(
            "print(open('in.txt').read(), sum(range(10)), round(2 ** 0.5, 3))",
            List.of(SandboxFile.text("in.txt", "hi")),
            Limits.DEFAULT);
    assertEquals("hi 45 1.414\n", honest.produced().stdout(), honest::toString);
  }

  /** The same, and no worker has started anything. */
  void isUnharmed() throws Exception {
    runsOn();
    assertEquals(
        List.of(),
        ProcessHandle.current()
            .children()
            .flatMap(ProcessHandle::children)
            .filter(ProcessHandle::isAlive)
            .toList(),
        "workers have no children");
    assertEquals(List.of(), sockets(), "workers have no sockets");
  }

  /** Scripts on this pool hold the host's own classes, as only open contexts let them. */
  void reachesTheHost() throws Exception {
    String code = "import java\nprint(java.type('java.lang.ProcessHandle').current().pid())\n";
    RunResult result = run(code, List.of(), Limits.DEFAULT);
    long pid = Long.parseLong(result.produced().stdout().strip());
    assertEquals(
        List.of(pid),
        ProcessHandle.current()
            .children()
            .map(ProcessHandle::pid)
            .filter(child -> child == pid)
            .toList());
  }

  /** What workers hold open of sockets, as far as the kernel lets this user see it. */
  private static List<String> sockets() throws IOException {
    List<String> found = new ArrayList<>();
    for (ProcessHandle worker : ProcessHandle.current().children().toList()) {
      Path open = Path.of("/proc", Long.toString(worker.pid()), "fd");
      if (!Files.isReadable(open)) {
        continue;
      }
      try (Stream<Path> links = Files.list(open)) {
        for (Path link : links.toList()) {
          String target = Files.readSymbolicLink(link).toString();
          if (target.startsWith("socket:")) {
            found.add(worker.pid() + " " + target);
          }
        }
      } catch (IOException gone) {
        // The worker, or what it had open, went in the meantime.
      }
    }
    return found;
  }

  private RunResult run(String code, List<SandboxFile> files, Limits limits) throws Exception {
    return pool.submit(new Script("attack", "tenant", "queue", code, files, limits))
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    closing.run();
  }
}
