package dev.reckon.sandbox.process;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/**
 * The empty folder that every child starts in. It is kept beside what was prepared and shared: a
 * folder for each child would be left behind by a parent that is killed.
 */
public final class StartDirectory {
  private static final String NAME = "start";

  private StartDirectory() {}

  /**
   * Makes the folder where it is missing; nobody may write in it.
   *
   * @param resources the folder to keep it in, such as the language home
   * @return the folder, or the root of the file system where there is no such empty folder and none
   *     can be made
   */
  public static Path in(Path resources) {
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
