package dev.reckon.adapters.telegram;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code reckon start} as a process of its own, from what the build has assembled. */
final class StartedProgram implements AutoCloseable {
  private static final Path ROOT = Path.of(System.getProperty("reckon.root"));

  private final Process process;

  private StartedProgram(Process process) {
    this.process = process;
  }

  /**
   * Starts it; returns at once.
   *
   * @param folder where it runs and logs
   * @param secrets its environment's, beside what every process has
   * @param set what {@code --set} gives it
   */
  static StartedProgram start(Path folder, Map<String, String> secrets, List<String> set)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dreckon.home=" + ROOT,
                "-jar",
                ROOT.resolve("adapters/target/reckon/lib/reckon.jar").toString(),
                "start"));
    set.forEach(one -> command.addAll(List.of("--set", one)));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(OPENAI|TELEGRAM|SLACK|RECKON)_.*"));
    builder.environment().putAll(secrets);
    return new StartedProgram(
        builder
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
            .start());
  }

  boolean runs() {
    return process.isAlive();
  }

  /** SIGKILL: nothing of it can say good-bye. */
  int kill() throws InterruptedException {
    return process.destroyForcibly().waitFor();
  }

  /** SIGTERM, as an operator or the machine's end would; whether it ended by itself in time. */
  boolean stop() throws InterruptedException {
    process.destroy();
    return process.waitFor(60, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
