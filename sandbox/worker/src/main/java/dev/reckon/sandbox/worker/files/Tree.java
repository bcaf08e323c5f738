package dev.reckon.sandbox.worker.files;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The in-memory disk with the mounts laid over it, for reading. Paths are absolute and normalized.
 */
final class Tree {
  private final List<Place> places = new ArrayList<>();

  /** Where a mount lies. */
  private record Place(Path at, Mount mount) {}

  Tree(FileSystem disk, Map<String, Mount> mounts) throws IOException {
    for (Map.Entry<String, Mount> mount : mounts.entrySet()) {
      Path at = disk.getPath(mount.getKey());
      Files.createDirectories(at);
      places.add(new Place(at, mount.getValue()));
    }
  }

  BasicFileAttributes attributes(Path path) throws IOException {
    Place place = place(path);
    try {
      return place == null
          ? Files.readAttributes(path, BasicFileAttributes.class)
          : place.mount().attributes(place.at().relativize(path));
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException(path.toString());
    }
  }

  boolean exists(Path path) {
    try {
      attributes(path);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  SeekableByteChannel open(Path path) throws IOException {
    if (attributes(path).isDirectory()) {
      throw FileErrors.isDirectory(path);
    }
    Place place = place(path);
    return place == null
        ? Files.newByteChannel(path, StandardOpenOption.READ)
        : place.mount().open(place.at().relativize(path));
  }

  List<String> list(Path path) throws IOException {
    Place place = place(path);
    if (place != null) {
      return place.mount().list(place.at().relativize(path));
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      List<String> names = new ArrayList<>();
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
      return names;
    }
  }

  /** The parent folder of a path; the root is its own parent. */
  static Path folder(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }

  private @Nullable Place place(Path path) {
    for (Place place : places) {
      if (path.startsWith(place.at())) {
        return place;
      }
    }
    return null;
  }
}
