package dev.reckon.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The program as people start it: the launcher at the root, in a process of its own. */
public final class StartedReckon implements AutoCloseable {
  public static final Path HOME = Path.of(System.getProperty("reckon.root"));
  private static final long PATIENCE_SECONDS = 600;

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
    return start(folder, Map.of(), input, words);
  }

  /**
   * Starts it with secrets.
   *
   * @param secrets added to its environment, which holds none of this process's
   */
  public static StartedReckon start(
      Path folder, Map<String, String> secrets, String input, String... words) throws IOException {
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
    builder.environment().keySet().removeIf(StartedReckon::isSecret);
    builder.environment().put("NO_COLOR", "1");
    builder.environment().putAll(secrets);
    return new StartedReckon(builder.start(), out, err);
  }

  /** Whether a variable of the environment would configure Reckon. */
  static boolean isSecret(String name) {
    return name.matches("(OPENAI|TELEGRAM|SLACK|RECKON)_.*");
  }

  /**
   * Starts the service.
   *
   * @param set keys and values of its configuration
   */
  public static StartedReckon service(Path folder, Map<String, String> secrets, List<String> set)
      throws IOException {
    List<String> words = new ArrayList<>(List.of("start"));
    set.forEach(one -> words.addAll(List.of("--set", one)));
    return start(folder, secrets, "", words.toArray(String[]::new));
  }

  /**
   * A port of this machine that nobody listens on, for its HTTP server. The system gives ports
   * above 32768 to outgoing connections, so none of these takes it before the program listens.
   */
  public static int freePort() throws IOException {
    for (int tries = 1; ; tries++) {
      int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        if (tries == 100) {
          throw taken;
        }
      }
    }
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

  /** All that it has printed on standard output so far. */
  public String out() {
    try {
      return Files.readString(out, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String err() throws IOException {
    return Files.readString(err, StandardCharsets.UTF_8);
  }

  /** Waits until it has said that, on standard error. */
  public void awaitWords(String words) throws IOException, InterruptedException {
    until("the words \"" + words + "\"", () -> said().contains(words), () -> "");
  }

  /**
   * Waits for something that it brings about.
   *
   * @param seen shown, beside what the program said, when that does not come
   */
  public void until(String what, BooleanSupplier condition, Supplier<?> seen)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        String how = process.isAlive() ? "in vain waited for " : "it ended before: ";
        throw new AssertionError(how + what + "\n" + seen.get() + "\n" + said());
      }
      Thread.sleep(20);
    }
  }

  /** All that it has said on standard error so far. */
  public String said() {
    try {
      return err();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it has not ended. */
  public boolean runs() {
    return process.isAlive();
  }

  /** The number of its process. */
  public long pid() {
    return process.pid();
  }

  /** SIGKILL: nothing of it can say good-bye. Waits for its end. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGSTOP or SIGCONT: it stands still, or continues. */
  public void signal(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (code != 0) {
      throw new IOException("no " + name + " for process " + process.pid());
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
