package dev.reckon.app;

import dev.reckon.adapters.cli.Console;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.pool.PoolSettings;
import dev.reckon.sandbox.pool.Preparation;
import dev.reckon.sandbox.pool.Prepared;
import dev.reckon.sandbox.pool.WarmPool;
import dev.reckon.sandbox.pool.WorkerJvm;
import dev.reckon.sandbox.wire.WorkerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the pool of workers on what the build assembled and what was prepared for it. */
final class Sandboxes {
  private static final Logger log = LoggerFactory.getLogger(Sandboxes.class);

  private final Settings settings;
  private final Console console;

  Sandboxes(Settings settings, Console console) {
    this.settings = settings;
    this.console = console;
  }

  /** Prepares what is missing, starts the workers, and returns before they are ready. */
  Sandbox open(OptionalInt workers) {
    WorkerJvm jvm = jvm();
    return WarmPool.open(pool(workers, jvm.withPrepared(prepare(jvm))));
  }

  /** Prepares what is missing, and says where it takes time. */
  Prepared prepare() {
    return prepare(jvm());
  }

  private Prepared prepare(WorkerJvm jvm) {
    Preparation preparation = new Preparation(Preparation.defaultDirectory(), jvm);
    try (PreparationBar bar = new PreparationBar(console)) {
      Prepared prepared = preparation.prepareOrMakeDo(bar::at);
      prepared.notes().forEach(note -> log.warn("sandbox: {}", note));
      return prepared;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The sandbox cannot be prepared: "
              + e.getMessage()
              + ". Free some disk space, or point XDG_CACHE_HOME at a folder that can be written.",
          e);
    }
  }

  private PoolSettings pool(OptionalInt workers, WorkerJvm jvm) {
    SandboxSettings sandbox = settings.sandbox();
    int usual = sandbox.workers() > 0 ? sandbox.workers() : PoolSettings.defaultWorkers();
    return new PoolSettings(
        workers.orElse(usual),
        sandbox.reuse(),
        sandbox.queue(),
        sandbox.maxRuns(),
        sandbox.requireLockdown(),
        jvm);
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
