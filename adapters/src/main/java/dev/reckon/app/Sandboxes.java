package dev.reckon.app;

import dev.reckon.adapters.cli.Console;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.pool.PoolSettings;
import dev.reckon.sandbox.pool.Preparation;
import dev.reckon.sandbox.pool.Prepared;
import dev.reckon.sandbox.pool.WarmPool;
import dev.reckon.sandbox.wire.WorkerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Opens the pool of workers on what the build assembled. */
final class Sandboxes {
  private Sandboxes() {}

  static Sandbox open(Settings settings, OptionalInt workers, Console console) {
    Path built = settings.home().resolve("adapters/target/reckon");
    List<Path> classPath;
    try (Stream<Path> jars = Files.list(built.resolve("worker"))) {
      classPath = jars.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SandboxSettings sandbox = settings.sandbox();
    PoolSettings pool =
        new PoolSettings(
            workers.orElse(
                sandbox.workers() > 0 ? sandbox.workers() : PoolSettings.defaultWorkers()),
            sandbox.heapMib(),
            classPath,
            Path.of(System.getProperty("java.home")),
            sandbox.reuse(),
            sandbox.queue(),
            sandbox.maxRuns(),
            WorkerSettings.withResources(built),
            Optional.empty(),
            sandbox.requireLockdown(),
            List.of());
    return WarmPool.open(pool.withPrepared(prepare(pool, console)));
  }

  private static Prepared prepare(PoolSettings pool, Console console) {
    Preparation preparation = new Preparation(Preparation.defaultDirectory(), pool);
    try {
      if (!preparation.isDone()) {
        console.err().println("Preparing the sandbox (once, one to two minutes)");
      }
      AtomicReference<String> shown = new AtomicReference<>("");
      Prepared prepared =
          preparation.prepareOrMakeDo(
              (step, share) -> {
                if (!shown.getAndSet(step).equals(step) && share < 1) {
                  console.err().printf("  %3.0f%% %s%n", 100 * share, step);
                }
              });
      prepared.notes().forEach(console.err()::println);
      return prepared;
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox cannot be prepared", e);
    }
  }
}
