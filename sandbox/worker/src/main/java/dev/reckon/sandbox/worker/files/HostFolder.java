package dev.reckon.sandbox.worker.files;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder of the host, as it was when it was mounted. Its content is listed once, because every
 * context asks for it again. Symbolic links to files outside, and to any folder, are as if they
 * were not there.
 */
final class HostFolder implements Mount {
  private final Map<String, Entry> entries = new HashMap<>();

  /** A file, or a folder with the names in it. */
  private record Entry(Path real, BasicFileAttributes attributes, List<String> names) {}

  /** Reads the whole tree once. */
  HostFolder(Path folder) throws IOException {
    Path root = folder.toRealPath();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            put(root, path, path, attributes);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              put(root, path, path, attributes);
            } else if (attributes.isSymbolicLink() && Files.isRegularFile(path)) {
              Path real = path.toRealPath();
              if (real.startsWith(root)) {
                put(root, path, real, Files.readAttributes(real, BasicFileAttributes.class));
              }
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void put(Path root, Path path, Path real, BasicFileAttributes attributes) {
    String name = root.relativize(path).toString();
    entries.put(name, new Entry(real, attributes, new ArrayList<>()));
    if (!name.isEmpty()) {
      String folder = root.relativize(Tree.folder(path)).toString();
      entry(folder).names().add(path.getFileName().toString());
    }
  }

  @Override
  public BasicFileAttributes attributes(Path relative) throws IOException {
    return known(relative).attributes();
  }

  @Override
  public SeekableByteChannel open(Path relative) throws IOException {
    try {
      return Files.newByteChannel(known(relative).real(), StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      // Its message names the file on the host.
      throw new NoSuchFileException(relative.toString());
    }
  }

  @Override
  public List<String> list(Path relative) throws IOException {
    Entry entry = known(relative);
    if (!entry.attributes().isDirectory()) {
      throw new NotDirectoryException(relative.toString());
    }
    return List.copyOf(entry.names());
  }

  private Entry known(Path relative) throws IOException {
    Entry entry = entries.get(relative.toString());
    if (entry == null) {
      throw new NoSuchFileException(relative.toString());
    }
    return entry;
  }

  private Entry entry(String folder) {
    Entry entry = entries.get(folder);
    if (entry == null) {
      throw new IllegalStateException("a file was found before its folder");
    }
    return entry;
  }
}
