package dev.reckon.sandbox.pool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The empty directory that a worker starts in. Only its owner can enter, and it is removed as soon
 * as the worker is ready: a process keeps a removed working directory, and nobody can put anything
 * into it.
 */
final class StartDirectory {
  final Path path;

  private StartDirectory(Path path) {
    this.path = path;
  }

  static StartDirectory create() {
    try {
      return new StartDirectory(Files.createTempDirectory("reckon-worker-"));
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary directory for a worker to start in", e);
    }
  }

  /** May be called again. */
  void remove() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException notEmpty) {
      // Somebody else put something there; it is theirs to remove.
    }
  }
}
