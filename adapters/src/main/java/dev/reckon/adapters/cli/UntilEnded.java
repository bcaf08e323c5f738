package dev.reckon.adapters.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs the service until the process is told to end. */
final class UntilEnded {
  private static final long CLOSING_SECONDS = 90;

  private UntilEnded() {}

  /** Starts what is to run. */
  @FunctionalInterface
  interface Start {
    RunningService start() throws UsageException;
  }

  /**
   * Serves; the end of the process waits until everything is closed.
   *
   * @param start starts the service
   * @param closed counted down by the caller when everything is
   * @param running hears of the service once it runs
   */
  static void serve(
      Start start, CountDownLatch closed, Consumer<String> say, Consumer<RunningService> running)
      throws UsageException, InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  ended.countDown();
                  await(closed);
                },
                "closing"));
    try (RunningService service = start.start()) {
      running.accept(service);
      ended.await();
      say.accept("Shutting down; no new work is accepted.");
    }
  }

  private static void await(CountDownLatch closed) {
    try {
      closed.await(CLOSING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
