package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.wire.WorkerSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a worker is started with.
 *
 * @param heapMib its heap ({@code -Xmx}); a script that fills it ends its worker
 * @param classPath nothing but what it needs: its own classes, the wire's, GraalPy
 * @param home the JDK that runs it
 * @param told the language home, packages, imports ahead
 * @param aotCache the JDK's AOT cache of the worker, see {@link Preparation}
 */
public record WorkerJvm(
    int heapMib, List<Path> classPath, Path home, WorkerSettings told, Optional<Path> aotCache)
    implements WorkerKind {
  /** What a worker's process may hold besides its heap: classes, code, stacks, mapped files. */
  private static final long NATIVE_BYTES = 384L * 1024 * 1024;

  private static final Set<String> WALLS =
      Set.of(
          "landlock",
          "parent-hidden",
          "capabilities",
          "not-dumpable",
          "rlimits",
          "no-new-privs",
          "seccomp");

  public WorkerJvm {
    classPath = classPath.stream().map(path -> path.toAbsolutePath().normalize()).toList();
    home = home.toAbsolutePath().normalize();
    Objects.requireNonNull(told);
    if (heapMib < 64) {
      throw new IllegalArgumentException("a worker needs a heap of 64 MiB at least");
    }
    if (classPath.isEmpty()) {
      throw new IllegalArgumentException("the worker's class path is empty");
    }
  }

  /** A heap of 256 MiB, the caller's JDK, nothing prepared. */
  public static WorkerJvm of(List<Path> classPath, WorkerSettings told) {
    return new WorkerJvm(
        256, classPath, Path.of(System.getProperty("java.home")), told, Optional.empty());
  }

  /** On another JDK than the caller's. */
  public WorkerJvm withHome(Path jdk) {
    return new WorkerJvm(heapMib, classPath, jdk, told, aotCache);
  }

  /** Told something else. */
  public WorkerJvm withTold(WorkerSettings other) {
    return new WorkerJvm(heapMib, classPath, home, other, aotCache);
  }

  /** With the language home, module list and AOT cache that were made ahead. */
  public WorkerJvm withPrepared(Prepared prepared) {
    return new WorkerJvm(
        heapMib,
        classPath,
        home,
        told.withPrepared(prepared.resources(), prepared.modules()),
        prepared.aotCache());
  }

  /** What the worker reads: its runtime, its classes, the language home and what goes with it. */
  List<Path> readable() {
    List<Path> paths = new ArrayList<>(classPath);
    paths.add(home);
    paths.add(told.resources());
    told.packages().ifPresent(paths::add);
    told.modules().ifPresent(paths::add);
    aotCache.ifPresent(paths::add);
    return paths;
  }

  @Override
  public String engine() {
    return "GraalPy";
  }

  @Override
  public long memoryBytes() {
    return heapMib * 1024L * 1024;
  }

  @Override
  public long mostResidentBytes() {
    return memoryBytes() + NATIVE_BYTES;
  }

  @Override
  public Set<String> requiredLayers() {
    return WALLS;
  }

  @Override
  public WorkerLauncher launcher() {
    return new JvmLauncher(this);
  }
}
