package dev.reckon.sandbox.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Deletes a directory tree. Links are deleted, not followed. */
final class DirectoryDeleter {
  private DirectoryDeleter() {}

  static void remove(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> found;
    try (var paths = Files.walk(path)) {
      found = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : found) {
      Files.deleteIfExists(each);
    }
  }
}
