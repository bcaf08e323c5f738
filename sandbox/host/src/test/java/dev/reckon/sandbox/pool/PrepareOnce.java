package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.wire.WorkerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Prepares in a process of its own and prints what it got. */
public final class PrepareOnce {
  private PrepareOnce() {}

  /** Takes the cache directory and the workers' jar. */
  public static void main(String[] arguments) throws IOException {
    Path cache = Path.of(arguments[0]);
    System.out.println(
        new Preparation(cache, jvm(Path.of(arguments[1]), cache)).prepare((step, share) -> {}));
  }

  static WorkerJvm jvm(Path jar, Path anywhere) {
    return WorkerJvm.of(List.of(jar), WorkerSettings.withResources(anywhere));
  }
}
