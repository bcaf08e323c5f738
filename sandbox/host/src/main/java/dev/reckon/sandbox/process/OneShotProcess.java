package dev.reckon.sandbox.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A child outside the pool that does one task on trusted input and then ends. It starts with an
 * empty environment, and is killed at the latest when this is closed.
 */
public final class OneShotProcess implements AutoCloseable {
  /** How long a child may take to end when its work is done, including writing an AOT cache. */
  private static final long LEAVE_MINUTES = 5;

  private final Process child;
  private final StderrTail tail = new StderrTail();

  private OneShotProcess(Process child) {
    this.child = child;
    Thread.ofVirtual().start(() -> tail.drain(child.getErrorStream()));
  }

  public static OneShotProcess start(List<String> command, Path directory) throws IOException {
    return new OneShotProcess(Spawner.spawn(command, directory));
  }

  public Process child() {
    return child;
  }

  /** Standard output, as text. */
  public BufferedReader output() {
    return child.inputReader();
  }

  /** The end of its standard error, on one line. */
  public String stderrTail() {
    return tail.text();
  }

  /**
   * Waits until it has ended.
   *
   * @param doing the task, for error messages
   * @throws IOException if it fails, does not end, or the thread is interrupted
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
