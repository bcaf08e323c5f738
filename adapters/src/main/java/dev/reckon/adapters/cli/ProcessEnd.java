package dev.reckon.adapters.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The end of the process (Ctrl-C, SIGTERM), while this is open: a service runs until then, and the
 * end waits until everything is closed. Opened before all that it waits for.
 */
final class ProcessEnd implements AutoCloseable {
  private static final long CLOSING_SECONDS = 90;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  private ProcessEnd() {}

  /** Makes the process wait from now on. */
  static ProcessEnd awaited() {
    ProcessEnd end = new ProcessEnd();
    Runtime.getRuntime().addShutdownHook(new Thread(end::atTheEnd, "closing"));
    return end;
  }

  private void atTheEnd() {
    ended.countDown();
    try {
      closed.await(CLOSING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when the process is told to end, after saying so. */
  void await(Consumer<String> say) throws InterruptedException {
    ended.await();
    say.accept("Shutting down; no new work is accepted.");
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
