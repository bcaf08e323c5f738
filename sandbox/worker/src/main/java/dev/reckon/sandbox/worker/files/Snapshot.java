package dev.reckon.sandbox.worker.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which files lay in a folder at one moment, to tell later what has come or changed.
 *
 * @param files by path, with their time of change
 */
public record Snapshot(Map<Path, FileTime> files) {
  public Snapshot {
    files = Map.copyOf(files);
  }

  static Snapshot of(Path folder) throws IOException {
    return new Snapshot(visible(folder));
  }

  /** Whether a file is as it was. */
  boolean unchanged(Path file, FileTime time) {
    return time.equals(files.get(file));
  }

  /** All files below a folder, in order, without hidden ones and {@code __pycache__}. */
  static Map<Path, FileTime> visible(Path folder) throws IOException {
    Map<Path, FileTime> found = new TreeMap<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            return !path.equals(folder) && hidden(path)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            if (!hidden(path)) {
              found.put(path, attributes.lastModifiedTime());
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  private static boolean hidden(Path path) {
    String name = path.getFileName().toString();
    return name.startsWith(".") || name.equals("__pycache__");
  }
}
