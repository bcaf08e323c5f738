package dev.reckon.app;

import dev.reckon.adapters.cli.Console;
import dev.reckon.app.SandboxSettings.Engine;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.cpython.CombinedSandbox;
import dev.reckon.sandbox.cpython.ForkServer;
import dev.reckon.sandbox.cpython.PythonInstallation;
import dev.reckon.sandbox.pool.PoolSettings;
import dev.reckon.sandbox.pool.Preparation;
import dev.reckon.sandbox.pool.Prepared;
import dev.reckon.sandbox.pool.WarmPool;
import dev.reckon.sandbox.pool.WorkerJvm;
import dev.reckon.sandbox.pool.WorkerKind;
import dev.reckon.sandbox.remote.RemoteSandbox;
import dev.reckon.sandbox.wire.ToHost;
import dev.reckon.sandbox.wire.WorkerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the pool of workers on what the build assembled and what was prepared for it. */
final class SandboxFactory {
  private static final Logger LOG = LoggerFactory.getLogger(SandboxFactory.class);

  /** Each runs one program after another; the other takes over when one is lost. */
  private static final int FORK_SERVERS = 2;

  private final Settings settings;
  private final Console console;

  SandboxFactory(Settings settings, Console console) {
    this.settings = settings;
    this.console = console;
  }

  /**
   * Uses the configured worker hosts, or starts workers here; returns before they are ready.
   *
   * @param workers how many to start here
   */
  Sandbox open(OptionalInt workers) {
    return settings.workers().used().isEmpty()
        ? openHere(workers)
        : RemoteSandbox.open(
            settings
                .workers()
                .remote(ToHost.Service.SCRIPTS, settings.sandbox().requireLockdown()));
  }

  /** Prepares what is missing, starts the workers, and returns before they are ready. */
  Sandbox openHere(OptionalInt workers) {
    Engine engine = settings.sandbox().engine();
    if (engine == Engine.CPYTHON) {
      return WarmPool.open(pool(workers, server(python().orElseThrow())));
    }
    WorkerJvm jvm = jvm();
    Sandbox first = WarmPool.open(pool(workers, jvm.withPrepared(prepare(jvm))));
    if (engine == Engine.GRAALPY) {
      return first;
    }
    OptionalInt servers = OptionalInt.of(Math.min(FORK_SERVERS, workers.orElse(FORK_SERVERS)));
    // Looking for an interpreter starts processes, so it waits until a program asks for one.
    return new CombinedSandbox(
        first,
        () -> python().map(found -> WarmPool.open(pool(servers, server(found)))),
        ForkServer.WALLS);
  }

  /** The interpreter of the second engine, if there is one that is new enough and has packages. */
  private Optional<Path> python() {
    SandboxSettings sandbox = settings.sandbox();
    return sandbox.python().isPresent()
        ? sandbox.python()
        : PythonInstallation.find().map(PythonInstallation::path);
  }

  private ForkServer server(Path python) {
    SandboxSettings sandbox = settings.sandbox();
    return new ForkServer(
        python,
        sandbox.packages(),
        sandbox.imports(),
        sandbox.heapMib(),
        settings.turn().limits(),
        true);
  }

  /** Prepares what is missing, and says where it takes time. */
  Prepared prepare() {
    return prepare(jvm());
  }

  private Prepared prepare(WorkerJvm jvm) {
    Preparation preparation = new Preparation(Preparation.defaultDirectory(), jvm);
    try (PreparationBar bar = new PreparationBar(console)) {
      Prepared prepared = preparation.prepareOrMakeDo(bar::at);
      prepared.notes().forEach(note -> LOG.warn("sandbox: {}", note));
      return prepared;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The sandbox cannot be prepared: "
              + e.getMessage()
              + ". Free some disk space, or point XDG_CACHE_HOME at a folder that can be written.",
          e);
    }
  }

  private PoolSettings pool(OptionalInt workers, WorkerKind kind) {
    SandboxSettings sandbox = settings.sandbox();
    int usual = sandbox.workers() > 0 ? sandbox.workers() : PoolSettings.defaultWorkers();
    return new PoolSettings(
        workers.orElse(usual), sandbox.reuse(), sandbox.maxRuns(), sandbox.requireLockdown(), kind);
  }

  private WorkerJvm jvm() {
    SandboxSettings sandbox = settings.sandbox();
    return new WorkerJvm(
        sandbox.heapMib(),
        Installation.in(settings.home()).classPath("worker"),
        sandbox.workerJdk().home(),
        WorkerSettings.withResources(Path.of("/")).withPackages(sandbox.packages()),
        Optional.empty());
  }
}
