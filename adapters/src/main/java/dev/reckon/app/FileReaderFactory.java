package dev.reckon.app;

import dev.reckon.sandbox.Sandbox;
import dev.reckon.sandbox.pool.PoolSettings;
import dev.reckon.sandbox.pool.Preparation;
import dev.reckon.sandbox.pool.WarmPool;
import dev.reckon.sandbox.process.StartDirectory;
import dev.reckon.sandbox.remote.RemoteSandbox;
import dev.reckon.sandbox.wire.ToHost;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the pool of child processes that read files. */
final class FileReaderFactory {
  private FileReaderFactory() {}

  /**
   * Uses the configured worker hosts, or starts children here; returns before they are ready.
   *
   * @param children how many to start here
   */
  static Sandbox open(Settings settings, int children) {
    return settings.workers().used().isEmpty()
        ? openHere(settings, children)
        : RemoteSandbox.open(
            settings.workers().remote(ToHost.Service.FILES, settings.sandbox().requireLockdown()));
  }

  /** Starts the children, and returns before they are ready. */
  static Sandbox openHere(Settings settings, int children) {
    SandboxSettings sandbox = settings.sandbox();
    FileReadSettings reading = settings.service().reading();
    FileChildJvm jvm =
        new FileChildJvm(
            reading.heapMib(),
            Installation.in(settings.home()).classPath("files").stream()
                .map(path -> path.toAbsolutePath().normalize())
                .toList(),
            Path.of(System.getProperty("java.home")),
            settings.service().files(),
            reading.bounds(),
            Optional.empty(),
            StartDirectory.in(Preparation.defaultDirectory()));
    return WarmPool.open(
        new PoolSettings(
            children, sandbox.reuse(), sandbox.maxRuns(), sandbox.requireLockdown(), jvm));
  }
}
