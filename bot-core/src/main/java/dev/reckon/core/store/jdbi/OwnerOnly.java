package dev.reckon.core.store.jdbi;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Files that only their owner may read and write: they hold what people said. On file systems
 * without such rights nothing is changed.
 */
final class OwnerOnly {
  private static final Set<PosixFilePermission> RIGHTS =
      PosixFilePermissions.fromString("rw-------");

  private OwnerOnly() {}

  /** Makes an empty file, closed to others from its first moment; one that is there stays. */
  static void create(Path file) throws IOException {
    try {
      if (posix(file)) {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(RIGHTS));
      } else {
        Files.createFile(file);
      }
    } catch (FileAlreadyExistsException e) {
      close(file);
    }
  }

  /**
   * Closes a file to others.
   *
   * @return whether it was open to them
   */
  static boolean close(Path file) throws IOException {
    if (!isOpenToOthers(file)) {
      return false;
    }
    Files.setPosixFilePermissions(file, RIGHTS);
    return true;
  }

  /** Whether a file is its owner's alone; never where the file system has no such rights. */
  static boolean isClosed(Path file) throws IOException {
    return posix(file) && !isOpenToOthers(file);
  }

  /** Whether others than the owner may do anything with a file that is there. */
  private static boolean isOpenToOthers(Path file) throws IOException {
    if (!posix(file) || !Files.exists(file)) {
      return false;
    }
    Set<PosixFilePermission> others = EnumSet.noneOf(PosixFilePermission.class);
    others.addAll(Files.getPosixFilePermissions(file));
    others.removeAll(
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE));
    return !others.isEmpty();
  }

  private static boolean posix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
