package dev.reckon.sandbox.pool;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The one thread that starts workers. It lives as long as the pool: a child is confined by what its
 * starting thread is confined by, and dies when that thread ends.
 */
final class Spawner implements AutoCloseable {
  /** A process that has just started, and where. */
  record Child(Process process, StartDirectory directory) {}

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("reckon-spawner").daemon(true).factory());

  /** Starts a process with an empty environment in an empty directory. */
  CompletableFuture<Child> start(List<String> command) {
    CompletableFuture<Child> started = new CompletableFuture<>();
    thread.execute(
        () -> {
          try {
            started.complete(spawn(command));
          } catch (Throwable fault) {
            started.completeExceptionally(fault);
          }
        });
    return started;
  }

  private static Child spawn(List<String> command) throws IOException {
    StartDirectory directory = StartDirectory.create();
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(directory.path.toFile());
      builder.environment().clear();
      return new Child(builder.start(), directory);
    } catch (IOException fault) {
      directory.remove();
      throw fault;
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
