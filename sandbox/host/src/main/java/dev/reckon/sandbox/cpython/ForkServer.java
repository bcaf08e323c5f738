package dev.reckon.sandbox.cpython;

import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.pool.WorkerKind;
import dev.reckon.sandbox.pool.WorkerLauncher;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Workers that are CPython fork servers.
 *
 * @param python the interpreter, version 3.10 or newer
 * @param packages a folder of packages besides its own, or nothing
 * @param imports what is imported ahead, as far as it is there
 * @param memoryMib how much a program may hold besides what the server holds already
 * @param limits those of most programs: a child is locked ahead of need with room for such files
 * @param namespaces whether children are given namespaces of their own where the system allows it;
 *     without them the other layers stand alone
 */
public record ForkServer(
    Path python,
    Optional<Path> packages,
    List<String> imports,
    int memoryMib,
    Limits limits,
    boolean namespaces)
    implements WorkerKind {
  /** What is imported ahead unless told otherwise. */
  public static final List<String> DEFAULT_IMPORTS = List.of("numpy", "pandas", "matplotlib");

  /**
   * All layers that there are; where one is missing, {@code sandbox.engine = "auto"} does not use
   * it.
   */
  public static final Set<String> WALLS =
      Set.of(
          "parent-hidden",
          "user",
          "namespaces",
          "quota",
          "rlimits",
          "capabilities",
          "not-dumpable",
          "no-new-privs",
          "landlock",
          "seccomp");

  private static final long SERVER_BYTES = 512L * 1024 * 1024;

  public ForkServer {
    python = python.toAbsolutePath().normalize();
    Objects.requireNonNull(packages);
    imports = List.copyOf(imports);
    Objects.requireNonNull(limits);
    if (memoryMib < 16) {
      throw new IllegalArgumentException("a program needs 16 MiB of memory at least");
    }
  }

  /** With the default imports and limits, 256 MiB for a program, all layers. */
  public static ForkServer of(Path python) {
    return new ForkServer(python, Optional.empty(), DEFAULT_IMPORTS, 256, Limits.DEFAULT, true);
  }

  @Override
  public String engine() {
    return "CPython";
  }

  @Override
  public long memoryBytes() {
    return memoryMib * 1024L * 1024;
  }

  @Override
  public long mostResidentBytes() {
    return SERVER_BYTES;
  }

  @Override
  public Set<String> requiredLayers() {
    return WALLS;
  }

  @Override
  public WorkerLauncher launcher() {
    return new ForkServerLauncher(this);
  }
}
