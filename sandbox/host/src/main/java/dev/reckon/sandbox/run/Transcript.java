package dev.reckon.sandbox.run;

import dev.reckon.sandbox.Chart;
import dev.reckon.sandbox.Limits;
import dev.reckon.sandbox.Produced;
import dev.reckon.sandbox.SandboxFile;
import dev.reckon.sandbox.Script;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a run has produced so far, never more than its limits, whatever its worker sends.
 * Thread-safe.
 */
public final class Transcript {
  private final Limits limits;
  private final int textBytes;
  private final List<SandboxFile> given;
  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
  private final List<SandboxFile> files = new ArrayList<>();
  private final Set<String> read = new HashSet<>();
  private final List<Chart> charts = new ArrayList<>();
  private long fileBytes;
  private long droppedBytes;
  private int droppedFiles;

  /** Of a run whose worker sends its output as the script wrote it. */
  public Transcript(Script script) {
    this(script, script.limits().outputBytes());
  }

  /**
   * @param textBytes how much output is kept; more than the script's limit where the sender has
   *     replaced bytes that were no UTF-8, each by three
   */
  public Transcript(Script script, int textBytes) {
    this.limits = script.limits();
    this.textBytes = textBytes;
    this.given = script.files();
  }

  /** Adds output, as far as there is room. */
  public synchronized void output(boolean error, byte[] bytes) {
    int room = textBytes - stdout.size() - stderr.size();
    int kept = Math.min(room, bytes.length);
    (error ? stderr : stdout).write(bytes, 0, kept);
    droppedBytes += bytes.length - kept;
  }

  /** Adds a file, unless it exceeds the limits or collides with another. */
  public synchronized void file(SandboxFile file) {
    if (files.size() >= limits.fileCount()
        || files.stream().anyMatch(each -> collide(each.name(), file.name()))
        || fileBytes + file.content().length > limits.fileBytes()) {
      droppedFiles++;
      return;
    }
    files.add(file);
    fileBytes += file.content().length;
  }

  /** Whether no folder can hold both: they are the same, or one is a folder of the other. */
  private static boolean collide(String one, String other) {
    return (one + "/").startsWith(other + "/") || (other + "/").startsWith(one + "/");
  }

  /** Keeps what was said of a figure, if the figure came back. */
  public synchronized void chart(Chart chart) {
    if (charts.size() < limits.fileCount()
        && charts.stream().noneMatch(each -> each.file().equals(chart.file()))
        && files.stream().anyMatch(file -> file.name().equals(chart.file()))) {
      charts.add(chart);
    }
  }

  /** Notes that a file was opened, if it is one that the script was given. */
  public synchronized void read(String name) {
    if (given.stream().anyMatch(file -> file.name().equals(name))) {
      read.add(name);
    }
  }

  /** Adds what the worker counted and did not send. */
  public synchronized void dropped(long bytes, int fileCount) {
    droppedBytes = Math.clamp(bytes, 0, Long.MAX_VALUE - outputBytes()) + droppedBytes;
    droppedFiles = Math.clamp(droppedFiles + (long) fileCount, droppedFiles, Integer.MAX_VALUE);
  }

  /**
   * All of it so far.
   *
   * @param engine what ran the script
   */
  public synchronized Produced produced(String engine) {
    return new Produced(
        stdout.toString(StandardCharsets.UTF_8),
        stderr.toString(StandardCharsets.UTF_8),
        droppedBytes,
        files,
        droppedFiles,
        read,
        charts,
        engine);
  }

  /** All output that arrived, kept or not. */
  public synchronized long outputBytes() {
    return stdout.size() + stderr.size() + droppedBytes;
  }
}
