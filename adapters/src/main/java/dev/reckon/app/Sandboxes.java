package dev.reckon.app;

import dev.reckon.adapters.cli.Console;
import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.pool.PoolSettings;
import dev.reckon.sandbox.pool.WarmPool;
import dev.reckon.sandbox.wire.WorkerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
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
    Path resources = built.resolve("prepared");
    if (!Files.exists(resources)) {
      console.err().println("Preparing the sandbox (once)…");
      try {
        Process process =
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin/java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    String.join(":", classPath.stream().map(Path::toString).toList()),
                    "dev.reckon.sandbox.worker.prepare.LanguageHome",
                    resources.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.waitFor();
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
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
            WorkerSettings.withResources(resources),
            sandbox.requireLockdown(),
            List.of());
    return WarmPool.open(pool);
  }
}
