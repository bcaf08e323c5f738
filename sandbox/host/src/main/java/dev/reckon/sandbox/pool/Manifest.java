package dev.reckon.sandbox.pool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The note that a prepared directory is whole: how many files lie in it, of which sizes and
 * content. Written last.
 */
final class Manifest {
  private static final String NAME = "manifest";

  private Manifest() {}

  static void write(Path directory) throws IOException {
    Files.writeString(directory.resolve(NAME), describe(directory));
  }

  /** Whether the directory is there and still what was noted down. */
  static boolean holds(Path directory) {
    try {
      return Files.isRegularFile(directory.resolve(NAME))
          && Files.readString(directory.resolve(NAME)).equals(describe(directory));
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static String describe(Path directory) throws IOException {
    List<Path> files;
    try (var found = Files.walk(directory)) {
      files = found.filter(Files::isRegularFile).sorted().toList();
    }
    CRC32C checksum = new CRC32C();
    byte[] buffer = new byte[64 * 1024];
    int count = 0;
    for (Path file : files) {
      if (file.equals(directory.resolve(NAME))) {
        continue;
      }
      count++;
      try (InputStream in = Files.newInputStream(file)) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          checksum.update(buffer, 0, n);
        }
      }
    }
    return count + " files, checksum " + checksum.getValue() + "\n";
  }
}
