package dev.reckon.app;

import dev.reckon.adapters.files.ChildFileImporter;
import dev.reckon.core.files.FileLimits;
import dev.reckon.sandbox.pool.PoolSettings;
import dev.reckon.sandbox.pool.Preparation;
import dev.reckon.sandbox.pool.WarmPool;
import dev.reckon.sandbox.process.StartDirectory;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Real children that read files, as the build has assembled them. */
public final class BuiltFileReaders {
  private BuiltFileReaders() {}

  /** Children with these bounds; they become ready in the background. */
  public static WarmPool open(int children, int heapMib) {
    String given = System.getProperty("reckon.files.classpath", "");
    List<Path> classPath =
        given.isEmpty()
            ? new Installation(StartedReckon.HOME.resolve("adapters/target/reckon"))
                .classPath("files")
            : Stream.of(given.split(File.pathSeparator)).map(Path::of).toList();
    FileChildJvm jvm =
        new FileChildJvm(
            heapMib,
            classPath,
            Path.of(System.getProperty("java.home")),
            FileLimits.DEFAULT,
            FileReadSettings.Bounds.DEFAULT,
            Optional.empty(),
            StartDirectory.in(Preparation.defaultDirectory()));
    return WarmPool.open(PoolSettings.of(jvm).withWorkers(children));
  }

  /** Reads with a pool's children. */
  public static ChildFileImporter importer(WarmPool pool, Duration deadline) {
    return new ChildFileImporter(pool, FileLimits.DEFAULT, deadline);
  }
}
