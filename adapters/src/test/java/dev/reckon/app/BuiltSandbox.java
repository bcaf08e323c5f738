package dev.reckon.app;

import dev.reckon.sandbox.pool.PoolSettings;
import dev.reckon.sandbox.pool.Preparation;
import dev.reckon.sandbox.pool.WarmPool;
import dev.reckon.sandbox.pool.WorkerJvm;
import dev.reckon.sandbox.wire.WorkerSettings;
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
    WorkerJvm jvm =
        WorkerJvm.of(classPath, WorkerSettings.withResources(Preparation.defaultDirectory()));
    Preparation preparation = new Preparation(Preparation.defaultDirectory(), jvm);
    return WarmPool.open(
        PoolSettings.of(jvm.withPrepared(preparation.prepareOrMakeDo((step, share) -> {})))
            .withWorkers(workers));
  }
}
