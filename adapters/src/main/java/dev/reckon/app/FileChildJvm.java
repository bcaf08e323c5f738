package dev.reckon.app;

import dev.reckon.core.files.FileLimits;
import dev.reckon.sandbox.Environment.Layer;
import dev.reckon.sandbox.pool.WorkerKind;
import dev.reckon.sandbox.pool.WorkerLauncher;
import dev.reckon.sandbox.process.ChildJvm;
import dev.reckon.sandbox.process.Confinement;
import dev.reckon.sandbox.process.Spawner;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * A child JVM that reads files, as a kind of worker.
 *
 * @param heapMib its heap; a file that fills it ends the child
 * @param classPath the parsers and what they need, nothing of the bot's
 * @param java the JDK that runs it
 * @param limits what may come of one file
 * @param bounds of what is read of one file
 * @param aotCache the JDK's AOT cache of the child
 * @param startDirectory an empty folder that nobody may write in
 */
record FileChildJvm(
    int heapMib,
    List<Path> classPath,
    Path java,
    FileLimits limits,
    FileReadSettings.Bounds bounds,
    Optional<Path> aotCache,
    Path startDirectory)
    implements WorkerKind {
  private static final String MAIN_CLASS = "dev.reckon.files.child.FilesMain";

  /** What the process may hold besides its heap: classes, code, stacks, direct buffers. */
  private static final long NATIVE_BYTES = 256L << 20;

  private static final int FIRST_HEAP_MIB = 24;

  @Override
  public String engine() {
    return "file reader";
  }

  @Override
  public long memoryBytes() {
    return (long) heapMib << 20;
  }

  @Override
  public long mostResidentBytes() {
    return memoryBytes() + NATIVE_BYTES;
  }

  @Override
  public Set<String> requiredLayers() {
    return Set.of(
        "landlock",
        "parent-hidden",
        "capabilities",
        "not-dumpable",
        "rlimits",
        "no-new-privs",
        "seccomp");
  }

  /** What it reads besides the system's libraries. */
  private List<Path> readable() {
    List<Path> paths = new ArrayList<>(classPath);
    paths.add(java);
    aotCache.ifPresent(paths::add);
    return paths;
  }

  /** The flags that an AOT cache holds for. */
  List<String> flags() {
    List<String> flags = new ArrayList<>();
    flags.add("-Xmx" + heapMib + "m");
    flags.add("-Xms" + FIRST_HEAP_MIB + "m");
    flags.add("-Xss1m");
    flags.add("-XX:+UseSerialGC");
    flags.add("-XX:+UseCompactObjectHeaders");
    flags.add("-XX:MaxHeapFreeRatio=30");
    flags.add("-XX:MinHeapFreeRatio=10");
    flags.add("-XX:-ShrinkHeapInSteps");
    flags.add("-XX:TrimNativeHeapInterval=2000");
    flags.addAll(ChildJvm.flags());
    return flags;
  }

  /** The whole command line. */
  List<String> command(List<String> more) {
    List<String> command = new ArrayList<>();
    command.add(java.resolve("bin").resolve("java").toString());
    aotCache.ifPresent(cache -> command.add("-XX:AOTCache=" + cache));
    command.addAll(more);
    command.addAll(flags());
    command.add("-Dreckon.files.fileBytes=" + limits.fileBytes());
    command.add("-Dreckon.files.totalBytes=" + limits.conversationBytes());
    command.add("-Dreckon.files.files=" + limits.unpackedFiles());
    command.add("-Dreckon.files.entries=" + bounds.entries());
    command.add("-Dreckon.files.columns=" + bounds.columns());
    command.add("-Dreckon.files.cells=" + bounds.cells());
    command.add("-Dreckon.files.nesting=" + bounds.nesting());
    command.add("-cp");
    command.add(
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.add(MAIN_CLASS);
    return command;
  }

  @Override
  public WorkerLauncher launcher() {
    return new Launcher();
  }

  private final class Launcher implements WorkerLauncher {
    private final Spawner spawner = new Spawner(() -> Confinement.ofChildren(readable()));

    @Override
    public CompletableFuture<Process> start() {
      return spawner.start(command(List.of()), startDirectory);
    }

    @Override
    public List<Layer> layers() {
      return spawner.layers();
    }

    @Override
    public void close() {
      spawner.close();
    }
  }
}
