package dev.reckon.sandbox.pool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Folders for a language home in the temporary directory. Each is locked by the process that uses
 * it and removed when that ends; the next process removes those whose owner was killed.
 */
final class TemporaryHome {
  private static final String PREFIX = "reckon-home-";
  private static final String LOCK = "lock";

  private TemporaryHome() {}

  /** A new folder, and no more of those that nobody uses. */
  static Path create() throws IOException {
    Path folder = Files.createTempDirectory(PREFIX);
    FileChannel channel =
        FileChannel.open(
            folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    FileLock held = channel.lock();
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("reckon-home-removal")
                .unstarted(
                    () -> {
                      remove(folder);
                      release(held);
                    }));
    sweep(folder);
    return folder;
  }

  /** Removes what killed processes of this user left beside the folder. */
  static void sweep(Path folder) throws IOException {
    List<Path> others;
    try (Stream<Path> found = Files.list(folder.resolveSibling(""))) {
      others =
          found
              .filter(path -> path.getFileName().toString().startsWith(PREFIX))
              .filter(path -> !path.equals(folder))
              .toList();
    }
    for (Path other : others) {
      if (isAbandoned(other, folder)) {
        remove(other);
      }
    }
  }

  private static boolean isAbandoned(Path folder, Path own) {
    try {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
          || !Files.getOwner(folder).equals(Files.getOwner(own))) {
        return false;
      }
      try (FileChannel lock =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
        return lock.tryLock() != null;
      }
    } catch (IOException | OverlappingFileLockException inUse) {
      return false;
    }
  }

  private static void remove(Path folder) {
    try {
      DirectoryDeleter.remove(folder);
    } catch (IOException left) {
      // The next process tries again.
    }
  }

  private static void release(FileLock held) {
    try {
      held.acquiredBy().close();
    } catch (IOException ending) {
      // The process ends, and its locks with it.
    }
  }
}
