package dev.reckon.sandbox.pool;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/**
 * The empty folder that every worker starts in. It is kept beside the language home and shared: a
 * folder for each worker would be left behind by a parent that is killed.
 */
final class StartDirectory {
  private static final String NAME = "start";

  private StartDirectory() {}

  /**
   * Makes the folder where it is missing; nobody may write in it.
   *
   * @param resources the language home, as {@link Prepared#resources} names it
   * @return the folder, or the root of the file system where there is no such empty folder and none
   *     can be made
   */
  static Path in(Path resources) {
    Path folder = resources.resolve(NAME);
    try {
      try {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-x------")));
      } catch (FileAlreadyExistsException made) {
        // By an earlier pool, or by another process at this moment.
      }
      return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && isEmpty(folder)
          ? folder
          : root(folder);
    } catch (IOException unusable) {
      return root(folder);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.findAny().isEmpty();
    }
  }

  private static Path root(Path folder) {
    return folder.toAbsolutePath().getRoot();
  }
}
