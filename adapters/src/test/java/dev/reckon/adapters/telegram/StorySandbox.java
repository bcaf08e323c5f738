package dev.reckon.adapters.telegram;

import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.pool.PoolSettings;
import dev.reckon.sandbox.pool.Preparation;
import dev.reckon.sandbox.pool.WarmPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The real sandbox, where an earlier build has assembled and prepared it. */
final class StorySandbox {
  private StorySandbox() {}

  /** Opens one with a single worker, or is empty where there is no worker to start yet. */
  static Optional<Sandbox> open() throws IOException {
    Path built = Path.of(System.getProperty("reckon.root")).resolve("adapters/target/reckon");
    Path worker = built.resolve("worker");
    if (!Files.isDirectory(worker)) {
      return Optional.empty();
    }
    List<Path> classPath;
    try (Stream<Path> jars = Files.list(worker)) {
      classPath = jars.sorted().toList();
    }
    PoolSettings pool = PoolSettings.of(classPath, built).withWorkers(1);
    Preparation preparation = new Preparation(Preparation.defaultDirectory(), pool);
    if (!preparation.isDone()) {
      return Optional.empty();
    }
    return Optional.of(
        WarmPool.open(pool.withPrepared(preparation.prepareOrMakeDo((step, share) -> {}))));
  }
}
