package dev.reckon.sandbox.process;

import dev.reckon.sandbox.Environment.Layer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The one thread that starts children. It lives as long as its owner: a child is confined by what
 * its starting thread is confined by, and dies when that thread ends. Threads that it starts are
 * confined too, so what hangs on its futures has to run on threads that are there already.
 */
public final class Spawner implements AutoCloseable {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("reckon-spawner").daemon(true).factory());
  private final CompletableFuture<List<Layer>> layers = new CompletableFuture<>();

  /**
   * @param confinement run once on the thread that will start the children; tells what it put up
   */
  public Spawner(Supplier<List<Layer>> confinement) {
    thread.execute(
        () -> {
          try {
            layers.complete(confinement.get());
          } catch (Throwable fault) {
            layers.complete(List.of(new Layer("confinement", false, "it failed: " + fault)));
          }
        });
  }

  /** What stands around every child started here; there before the first one is. */
  public List<Layer> layers() {
    return layers.join();
  }

  /** Starts a process with an empty environment. */
  public CompletableFuture<Process> start(List<String> command, Path directory) {
    CompletableFuture<Process> started = new CompletableFuture<>();
    thread.execute(
        () -> {
          try {
            started.complete(spawn(command, directory));
          } catch (Throwable fault) {
            started.completeExceptionally(fault);
          }
        });
    return started;
  }

  /** The same on the calling thread, for a child that nothing confines. */
  public static Process spawn(List<String> command, Path directory) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    return builder.start();
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
