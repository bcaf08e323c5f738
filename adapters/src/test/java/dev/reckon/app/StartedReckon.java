package dev.reckon.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program as people start it: the launcher at the root, in a process of its own. */
public final class StartedReckon implements AutoCloseable {
  public static final Path HOME = Path.of(System.getProperty("reckon.root"));
  private static final long PATIENCE_SECONDS = 180;

  private final Process process;
  private final Path out;
  private final Path err;

  /** How it ended, and what it said. */
  public record Ended(int code, String out, String err) {}

  private StartedReckon(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts it.
   *
   * @param folder its working directory, where it also keeps what it says
   * @param input what it reads from standard input
   */
  public static StartedReckon start(Path folder, String input, String... words) throws IOException {
    Path in = Files.createTempFile(folder, "in", ".txt");
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Files.writeString(in, input);
    List<String> command = new ArrayList<>(List.of(HOME.resolve("reckon").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeAll(List.of("OPENAI_API_KEY", "OPENAI_BASE_URL"));
    builder.environment().putAll(Map.of("NO_COLOR", "1"));
    return new StartedReckon(builder.start(), out, err);
  }

  /** Runs one command to its end. */
  public static Ended run(Path folder, String input, String... words)
      throws IOException, InterruptedException {
    try (StartedReckon started = start(folder, input, words)) {
      return started.ended();
    }
  }

  public Ended ended() throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("it does not end; it said: " + err());
    }
    return new Ended(process.exitValue(), Files.readString(out), err());
  }

  public String err() throws IOException {
    return Files.readString(err, StandardCharsets.UTF_8);
  }

  /** Waits until it has said that, on standard error. */
  public void awaitWords(String words) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!err().contains(words)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException("it never said \"" + words + "\" but: " + err());
      }
      Thread.sleep(20);
    }
  }

  /** Asks it to end, as a service manager does. */
  public void terminate() {
    process.destroy();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
