package dev.reckon.sandbox.worker.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What a script may change: below its working directory and below the temporary folder, within the
 * quota. Paths are absolute and normalized.
 *
 * @param home the working directory
 */
record WriteRules(Path home, Path temporary, Tree tree, Quota quota) {
  boolean writable(Path path) {
    return path.startsWith(home) || path.startsWith(temporary);
  }

  void checkWritable(Path path) throws IOException {
    if (!writable(path)) {
      throw FileErrors.readOnly(path);
    }
  }

  void checkRemovable(Path path) throws IOException {
    checkWritable(path);
    if (path.equals(home) || path.equals(temporary)) {
      throw FileErrors.readOnly(path);
    }
  }

  /** Refuses a new file or folder where there is no room for it. */
  void checkCreation(Path path) throws IOException {
    if (!tree.attributes(Tree.folder(path)).isDirectory()) {
      throw new NotDirectoryException(path.toString());
    }
    checkWritable(path);
    quota.checkName(path);
    quota.checkCount(path);
  }

  /** Refuses a move into itself, and one that would make anything in it too deep. */
  void checkMove(Path from, Path to) throws IOException {
    checkRemovable(from);
    checkWritable(to);
    if (to.startsWith(from) && !to.equals(from)) {
      throw new IOException("Invalid argument");
    }
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            return visitFile(path, attributes);
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            quota.checkName(to.resolve(from.relativize(path)));
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
