package dev.reckon.app;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jline.utils.ScreenTerminal;

/**
 * A program in a window of a given size: it runs behind a pseudo-terminal of the system, by the
 * command {@code script}, and what it draws is seen as a person sees it.
 */
final class PtyTerminal implements AutoCloseable {
  /** Rows of the window; what is drawn is seen beyond them, as one scrolls back. */
  static final int ROWS = 30;

  private static final int SEEN_ROWS = 400;
  private static final String PROMPT = "› ";

  /** The line editor sends it each time it begins to read a line. */
  private static final String READS = "\u001b[?2004h";

  private static final String HAS_READ = "\u001b[?2004l";

  /** Control sequences, and those that set a title, a link or the clipboard. */
  private static final Pattern CONTROL =
      Pattern.compile("\u001b(\\[[0-?]*[ -/]*[@-~]|][^\u0007\u001b]*(\u0007|\u001b\\\\)|[=>78])");

  /** How the line editor finds out what some emoji measure: drawn, measured and erased. */
  private static final Pattern PROBE =
      Pattern.compile("\u001b7.*?\u001b8 *\u001b8", Pattern.DOTALL);

  private static final Pattern UNBROKEN = Pattern.compile("  │|[A-Z]\\w+Error: ");

  private static final long PATIENCE_SECONDS = 300;

  private final int columns;
  private final Process process;
  private final OutputStream keys;
  private final StringBuilder raw = new StringBuilder();
  private ScreenTerminal screen;
  private int lines;

  private PtyTerminal(int columns, Process process) {
    this.columns = columns;
    this.process = process;
    this.keys = process.getOutputStream();
    this.screen = new ScreenTerminal(columns, SEEN_ROWS);
  }

  /** Whether this system has what it takes. */
  static boolean isPossible() {
    try {
      Process version = new ProcessBuilder("script", "--version").start();
      String said = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return version.waitFor() == 0 && said.contains("util-linux");
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Starts the launcher.
   *
   * @param folder its working directory
   * @param environment added to that of this process, which holds no keys
   */
  static PtyTerminal start(
      Path folder, int columns, Map<String, String> environment, List<String> words)
      throws IOException {
    List<String> command =
        new ArrayList<>(List.of(StartedReckon.HOME.resolve("reckon").toString()));
    command.addAll(words);
    String quoted =
        command.stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    ProcessBuilder builder =
        new ProcessBuilder(
                "script",
                "-qfec",
                "stty rows " + ROWS + " cols " + columns + "; exec " + quoted,
                "/dev/null")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(StartedReckon::isSecret);
    builder.environment().put("TERM", "xterm-256color");
    builder.environment().put("SHELL", "/bin/sh");
    builder.environment().putAll(environment);
    PtyTerminal started = new PtyTerminal(columns, builder.start());
    Thread.ofVirtual().name("screen").start(started::draw);
    return started;
  }

  private void draw() {
    try (Reader reader = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
      char[] buffer = new char[4096];
      for (int count = reader.read(buffer); count >= 0; count = reader.read(buffer)) {
        String text = new String(buffer, 0, count);
        String reply;
        synchronized (raw) {
          raw.append(text);
          screen.write(text);
          reply = screen.read();
        }
        if (!reply.isEmpty()) {
          press(reply);
        }
      }
    } catch (IOException e) {
      synchronized (raw) {
        raw.append(e);
      }
    }
  }

  /** Waits until it reads the next line; returns what the person sees by then. */
  String awaitPrompt() throws InterruptedException {
    lines++;
    until(() -> reads() >= lines);
    return seen();
  }

  /** Types a line and waits for the next prompt; returns the line and everything below it. */
  String type(String line) throws InterruptedException {
    clear();
    press(line + "\r");
    return awaitPrompt();
  }

  /** Types something and waits until that text is seen; returns everything that is. */
  String press(String typed, String awaited) throws InterruptedException {
    clear();
    press(typed);
    until(() -> seen().contains(awaited));
    return seen();
  }

  /** Presses keys. */
  void press(String typed) {
    try {
      keys.write(typed.getBytes(StandardCharsets.UTF_8));
      keys.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the program's end; returns everything that is seen. */
  String awaitEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end: " + seen());
    }
    return seen();
  }

  private String raw() {
    synchronized (raw) {
      return raw.toString();
    }
  }

  /**
   * Sentences that are longer than the window is wide, so that the terminal breaks them within a
   * word. Lines of code, of a traceback, and those without a space cannot be broken.
   */
  List<String> overlong() {
    List<String> found = new ArrayList<>();
    for (String written : raw().split(Pattern.quote(READS), -1)) {
      int typed = written.indexOf(HAS_READ);
      String shown = typed < 0 ? written : written.substring(typed + HAS_READ.length());
      String kept = PROBE.matcher(shown).replaceAll("");
      for (String line : CONTROL.matcher(kept).replaceAll("").split("[\\r\\n]+", -1)) {
        boolean breaks = line.strip().contains(" ") && !UNBROKEN.matcher(line).lookingAt();
        if (breaks && line.codePointCount(0, line.length()) > columns) {
          found.add(line);
        }
      }
    }
    return found;
  }

  /** An empty window with the prompt in it. */
  private void clear() {
    synchronized (raw) {
      screen = new ScreenTerminal(columns, SEEN_ROWS);
      screen.write(PROMPT);
    }
  }

  private String seen() {
    synchronized (raw) {
      List<String> rows =
          new ArrayList<>(screen.toString().lines().map(String::stripTrailing).toList());
      while (!rows.isEmpty()
          && (rows.getLast().isEmpty() || rows.getLast().equals(PROMPT.strip()))) {
        rows.removeLast();
      }
      return String.join("\n", rows) + "\n";
    }
  }

  private int reads() {
    return raw().split(Pattern.quote(READS), -1).length - 1;
  }

  private void until(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new AssertionError((process.isAlive() ? "waited in vain: " : "it ended: ") + seen());
      }
      Thread.sleep(20);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
