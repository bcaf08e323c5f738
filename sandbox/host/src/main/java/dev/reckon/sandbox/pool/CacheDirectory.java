package dev.reckon.sandbox.pool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A directory whose content is run: only its owner may write in it, and the owner must be the user
 * who runs this.
 */
final class CacheDirectory {
  private static final Set<PosixFilePermission> OTHERS_WRITE =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  /** What the name of something unfinished goes on with. */
  private static final String PART = ".part-";

  private static final Duration LOCK_LOOK = Duration.ofMillis(200);

  private final Path path;

  private CacheDirectory(Path path) {
    this.path = path;
  }

  /**
   * Makes the directory if it is not there.
   *
   * @throws IOException if it cannot be made or written, or if others could have written in it
   */
  static CacheDirectory open(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    return owned(path, Files.createTempFile(path, "owner", null));
  }

  /**
   * A directory that is there and cannot be written, as in a container's image.
   *
   * @throws IOException if others could have written in it
   */
  static CacheDirectory sealed(Path path) throws IOException {
    return owned(path, Files.createTempFile("owner", null));
  }

  /** Looks at the owner by way of a new file of this process's, which is removed. */
  private static CacheDirectory owned(Path path, Path mine) throws IOException {
    try {
      if (!Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(mine))) {
        throw new IOException(
            path + " belongs to another user; choose another directory for the prepared sandbox");
      }
    } finally {
      Files.delete(mine);
    }
    Set<PosixFilePermission> others =
        EnumSet.copyOf(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    others.retainAll(OTHERS_WRITE);
    if (!others.isEmpty()) {
      throw new IOException(
          "other users can write to "
              + path
              + "; remove that permission (chmod go-w) or choose another directory");
    }
    return new CacheDirectory(path.toAbsolutePath().normalize());
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  /** A new folder in which something is made, to be moved to its name when it is whole. */
  static Path begin(Path target) throws IOException {
    return Files.createTempDirectory(target.getParent(), target.getFileName() + PART);
  }

  /** Removes what killed processes had begun. The lock must be held, so that none is at work. */
  void removeUnfinished() throws IOException {
    List<Path> begun;
    try (Stream<Path> found = Files.list(path)) {
      begun = found.filter(each -> each.getFileName().toString().contains(PART)).toList();
    }
    for (Path part : begun) {
      DirectoryDeleter.remove(part);
    }
  }

  /** Waits until no other process prepares here. */
  FileLock lock() throws IOException {
    FileChannel channel =
        FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      while (true) {
        try {
          return channel.lock();
        } catch (OverlappingFileLockException anotherThread) {
          TimeUnit.NANOSECONDS.sleep(LOCK_LOOK.toNanos());
        }
      }
    } catch (InterruptedException e) {
      channel.close();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while another process prepares", e);
    }
  }
}
