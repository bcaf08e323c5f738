package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.process.ChildJvm;
import dev.reckon.sandbox.wire.WorkerSettings;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The command line of a worker's JVM. */
final class WorkerCommand {
  private static final int START_SHARE = 3;
  private static final int NURSERY_SHARE = 6;
  private static final int SURVIVOR_RATIO = 2;
  private static final int TRIM_MILLIS = 2_000;
  private static final int FREE_AT_LEAST = 10;
  private static final int FREE_AT_MOST = 30;

  private WorkerCommand() {}

  static List<String> of(WorkerJvm jvm) {
    List<String> command = new ArrayList<>();
    command.add(java(jvm));
    jvm.aotCache().ifPresent(cache -> command.add("-XX:AOTCache=" + cache));
    command.addAll(jvmFlags(jvm));
    command.addAll(jvm.told().arguments());
    command.addAll(List.of("-cp", classPath(jvm), WorkerSettings.MAIN_CLASS));
    return List.copyOf(command);
  }

  static String java(WorkerJvm jvm) {
    return jvm.home().resolve("bin").resolve("java").toString();
  }

  static String classPath(WorkerJvm jvm) {
    return jvm.classPath().stream()
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** What every worker's JVM is started with; an AOT cache holds for these alone. */
  static List<String> jvmFlags(WorkerJvm jvm) {
    List<String> flags = new ArrayList<>();
    flags.add("-Xmx" + jvm.heapMib() + "m");
    flags.add("-Xms" + jvm.heapMib() / START_SHARE + "m");
    flags.add("-XX:+UseSerialGC");
    // What a run leaves behind dies young: a small nursery keeps it from spreading over the heap,
    // and survivor spaces that hold a whole context keep it from growing old in it.
    flags.add("-Xmn" + jvm.heapMib() / NURSERY_SHARE + "m");
    flags.add("-XX:SurvivorRatio=" + SURVIVOR_RATIO);
    flags.add("-XX:+UseCompactObjectHeaders");
    // What a large script made the heap grow to is given back when it is collected as a whole.
    flags.add("-XX:-ShrinkHeapInSteps");
    flags.add("-XX:MinHeapFreeRatio=" + FREE_AT_LEAST);
    flags.add("-XX:MaxHeapFreeRatio=" + FREE_AT_MOST);
    // And so is what native memory the JVM has freed.
    flags.add("-XX:TrimNativeHeapInterval=" + TRIM_MILLIS);
    // The loop of a Python interpreter is one huge method, which a JVM by itself never compiles.
    flags.add("-XX:-DontCompileHugeMethods");
    flags.add("--sun-misc-unsafe-memory-access=allow");
    flags.addAll(ChildJvm.flags());
    return flags;
  }
}
