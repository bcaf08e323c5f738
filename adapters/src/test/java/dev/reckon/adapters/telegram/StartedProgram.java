package dev.reckon.adapters.telegram;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
   * @param options what is typed behind the command
   */
  static StartedProgram start(Path folder, Map<String, String> secrets, List<String> options)
      throws IOException {
    return new StartedProgram(
        builder(folder, secrets, List.of("start"), options)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
            .start());
  }

  /**
   * Runs another command to its end, and returns what it said.
   *
   * @throws IllegalStateException when it does not end well
   */
  static String run(
      Path folder, Map<String, String> secrets, List<String> words, List<String> options)
      throws IOException, InterruptedException {
    Process process = builder(folder, secrets, words, options).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    if (code != 0) {
      throw new IllegalStateException(words + " ended with " + code + ": " + said);
    }
    return said;
  }

  private static ProcessBuilder builder(
      Path folder, Map<String, String> secrets, List<String> words, List<String> options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dreckon.home=" + ROOT,
                "-jar",
                ROOT.resolve("adapters/target/reckon/lib/reckon.jar").toString()));
    command.addAll(words);
    command.addAll(options);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(OPENAI|TELEGRAM|SLACK|RECKON)_.*"));
    builder.environment().putAll(secrets);
    return builder;
  }

  boolean runs() {
    return process.isAlive();
  }

  /** The most memory that its JVM has held, in MiB. */
  long peakMib() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        / 1024;
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
