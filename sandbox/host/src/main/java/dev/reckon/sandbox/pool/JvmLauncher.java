package dev.reckon.sandbox.pool;

import dev.reckon.sandbox.Environment.Layer;
import dev.reckon.sandbox.process.Confinement;
import dev.reckon.sandbox.process.Spawner;
import dev.reckon.sandbox.process.StartDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Starts worker JVMs, all of them confined by the thread that starts them. */
final class JvmLauncher implements WorkerLauncher {
  private final WorkerJvm jvm;
  private final Path startDirectory;
  private final Spawner spawner;

  JvmLauncher(WorkerJvm jvm) {
    this.jvm = jvm;
    this.startDirectory = StartDirectory.in(jvm.told().resources());
    this.spawner = new Spawner(() -> Confinement.ofChildren(jvm.readable()));
  }

  @Override
  public CompletableFuture<Process> start() {
    return spawner.start(WorkerCommand.of(jvm), startDirectory);
  }

  @Override
  public List<Layer> layers() {
    return spawner.layers();
  }

  @Override
  public void close() {
    spawner.close();
  }
}
