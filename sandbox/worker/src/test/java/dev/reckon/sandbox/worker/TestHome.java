package dev.reckon.sandbox.worker;

import dev.reckon.sandbox.pool.Preparation;
import dev.reckon.sandbox.pool.WorkerJvm;
import dev.reckon.sandbox.wire.WorkerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * GraalPy's language home, compiled to bytecode. It is the one that the started program keeps in
 * the user's cache under a name made from GraalPy's jars: compiling it takes most of a minute, and
 * is done once for the tests of all modules and for later builds. Several JVMs may ask at once.
 */
public final class TestHome {
  private static final Path SANDBOX = Path.of(System.getProperty("reckon.root"), "sandbox");

  private TestHome() {}

  private static final class Once {
    static final Path HOME = prepare();

    private static Path prepare() {
      Path cache = Preparation.defaultDirectory();
      try {
        WorkerJvm jvm = WorkerJvm.of(classPath(), WorkerSettings.withResources(cache));
        return new Preparation(cache, jvm).prepare((step, share) -> {}).resources();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public static Path prepared() {
    return Once.HOME;
  }

  /** The class path of a worker, of this build's classes. */
  public static List<Path> classPath() throws IOException {
    List<Path> classPath = new ArrayList<>();
    classPath.add(SANDBOX.resolve("worker/target/classes"));
    classPath.add(SANDBOX.resolve("host/target/classes"));
    try (Stream<Path> jars = Files.list(SANDBOX.resolve("worker/target/lib"))) {
      classPath.addAll(jars.sorted().toList());
    }
    return classPath;
  }
}
