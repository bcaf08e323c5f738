package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.wire.WorkerSettings;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The command line of a worker's JVM. */
final class WorkerCommand {
  private WorkerCommand() {}

  static List<String> of(PoolSettings settings) {
    List<String> command = new ArrayList<>();
    command.add(java(settings));
    settings.aotCache().ifPresent(cache -> command.add("-XX:AOTCache=" + cache));
    command.addAll(jvmFlags(settings));
    command.addAll(settings.worker().arguments());
    command.add("-cp");
    command.add(
        settings.classPath().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(WorkerSettings.MAIN_CLASS);
    return List.copyOf(command);
  }

  static String java(PoolSettings settings) {
    return settings.javaHome().resolve("bin").resolve("java").toString();
  }

  /** What every worker's JVM is started with; an AOT cache holds for these alone. */
  static List<String> jvmFlags(PoolSettings settings) {
    List<String> flags = new ArrayList<>();
    flags.add("-Xmx" + settings.heapMib() + "m");
    flags.add("-XX:+UseSerialGC");
    flags.add("-XX:+ExitOnOutOfMemoryError");
    // The JVM's own log would go to standard output, which carries the protocol.
    flags.add("-Xlog:disable");
    flags.add("-Xlog:all=error:stderr");
    flags.add("-XX:+ErrorFileToStderr");
    flags.add("-XX:-CreateCoredumpOnCrash");
    flags.add("-XX:-UsePerfData");
    flags.add("-XX:+DisableAttachMechanism");
    flags.addAll(settings.jvmFlags());
    return flags;
  }
}
