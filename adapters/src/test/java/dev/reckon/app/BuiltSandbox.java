package dev.reckon.app;

import dev.reckon.sandbox.pool.PoolSettings;
import dev.reckon.sandbox.pool.Preparation;
import dev.reckon.sandbox.pool.WarmPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The real sandbox, as the build has assembled it; prepares it where nobody has yet. */
public final class BuiltSandbox {
  private BuiltSandbox() {}

  /** Opens one with that many workers; they become ready in the background. */
  public static WarmPool open(int workers) throws IOException {
    List<Path> classPath;
    try (Stream<Path> jars =
        Files.list(StartedReckon.HOME.resolve("adapters/target/reckon/worker"))) {
      classPath = jars.sorted().toList();
    }
    PoolSettings pool =
        PoolSettings.of(classPath, Preparation.defaultDirectory()).withWorkers(workers);
    Preparation preparation = new Preparation(Preparation.defaultDirectory(), pool.jvm());
    return WarmPool.open(pool.withPrepared(preparation.prepareOrMakeDo((step, share) -> {})));
  }
}
