package dev.reckon.adapters.telegram;

import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.pool.PoolSettings;
import dev.reckon.sandbox.pool.Preparation;
import dev.reckon.sandbox.pool.WarmPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The real sandbox, as the build has assembled it; prepares it where nobody has yet. */
final class StorySandbox {
  private StorySandbox() {}

  /** Opens one with a single worker. */
  static Sandbox open() throws IOException {
    Path built = Path.of(System.getProperty("reckon.root")).resolve("adapters/target/reckon");
    List<Path> classPath;
    try (Stream<Path> jars = Files.list(built.resolve("worker"))) {
      classPath = jars.sorted().toList();
    }
    PoolSettings pool = PoolSettings.of(classPath, built).withWorkers(1);
    Preparation preparation = new Preparation(Preparation.defaultDirectory(), pool);
    return WarmPool.open(pool.withPrepared(preparation.prepareOrMakeDo((step, share) -> {})));
  }
}
