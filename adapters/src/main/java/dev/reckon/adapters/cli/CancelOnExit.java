package dev.reckon.adapters.cli;

import dev.reckon.core.delivery.DirectClient;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * While it is open, the end of the process (Ctrl-C, SIGTERM) cancels the running turn first, and
 * waits a moment for what was produced until then to be shown.
 */
final class CancelOnExit implements AutoCloseable {
  private static final long MOST_SECONDS = 3;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;

  private CancelOnExit(DirectClient client, TerminalMessages messages) {
    hook =
        new Thread(
            () -> {
              client.cancel(messages.conversation(), messages.person());
              await();
            },
            "cancel");
  }

  /** Arms it for the turns of a conversation. */
  static CancelOnExit cancels(DirectClient client, TerminalMessages messages) {
    CancelOnExit interruption = new CancelOnExit(client, messages);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void await() {
    try {
      done.await(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already: the hook runs, and has just been told to continue.
    }
  }
}
