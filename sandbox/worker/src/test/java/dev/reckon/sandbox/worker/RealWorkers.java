package dev.reckon.sandbox.worker;

import dev.reckon.sandbox.pool.PoolSettings;
import dev.reckon.sandbox.pool.Prepared;
import dev.reckon.sandbox.pool.WorkerJvm;
import dev.reckon.sandbox.wire.WorkerSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a pool is opened on the workers that this build makes, with all layers. */
public final class RealWorkers {
  private RealWorkers() {}

  /**
   * Settings of a pool.
   *
   * @param scratch an existing folder for a list of modules: nothing here asks for it, and finding
   *     it out takes long
   */
  public static PoolSettings settings(Path scratch) throws IOException {
    return PoolSettings.of(jvm(scratch));
  }

  /** What each of their workers is. */
  public static WorkerJvm jvm(Path scratch) throws IOException {
    Path modules = Files.write(scratch.resolve("modules.txt"), List.of("json", "math", "os"));
    Path home = TestHome.prepared();
    return WorkerJvm.of(classPath(), WorkerSettings.withResources(home))
        .withPrepared(new Prepared(home, Optional.of(modules), Optional.empty(), List.of()));
  }

  /** The worker's class path, without the tests and what only they need. */
  private static List<Path> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of)
        .filter(path -> !path.endsWith("test-classes"))
        .filter(path -> !path.toString().contains("junit"))
        .toList();
  }
}
