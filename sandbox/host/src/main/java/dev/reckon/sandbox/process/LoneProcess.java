package dev.reckon.sandbox.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A child outside the pool that does one piece of work on trusted input and goes by itself. It
 * starts with an empty environment, and is ended at the latest when this is closed.
 */
public final class LoneProcess implements AutoCloseable {
  /** How long a child may take to go when its work is done, writing an AOT cache included. */
  private static final long LEAVE_MINUTES = 5;

  private final Process child;
  private final StderrTail tail = new StderrTail();

  private LoneProcess(Process child) {
    this.child = child;
    Thread.ofVirtual().start(() -> tail.drain(child.getErrorStream()));
  }

  public static LoneProcess start(List<String> command, Path directory) throws IOException {
    return new LoneProcess(Spawner.spawn(command, directory));
  }

  public Process child() {
    return child;
  }

  /** What it prints, as text. */
  public BufferedReader output() {
    return child.inputReader();
  }

  /** The last of what it wrote to standard error, on one line. */
  public String stderrTail() {
    return tail.text();
  }

  /**
   * Waits until it has gone.
   *
   * @param doing what it does, for the message of a failure
   * @throws IOException if it fails, stays or the waiting is interrupted
   */
  public void leave(String doing) throws IOException {
    try {
      if (!child.waitFor(LEAVE_MINUTES, TimeUnit.MINUTES)) {
        throw new IOException(doing + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(doing + " was interrupted", e);
    }
    if (child.exitValue() != 0) {
      throw new IOException(
          doing + " failed (exit code " + child.exitValue() + "): " + tail.text());
    }
  }

  @Override
  public void close() {
    child.destroyForcibly();
  }
}
