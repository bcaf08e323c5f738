package dev.reckon.sandbox.pool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A short name for things that belong together: it changes when any of them does. */
final class Fingerprint {
  private static final int LENGTH = 16;

  private final MessageDigest digest;

  Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  Fingerprint text(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    return this;
  }

  /**
   * A file's size and time of its last change, or those of all files in a directory: the JVM
   * refuses an AOT cache for a jar of another size or time, whatever is in it.
   */
  Fingerprint path(Path path) throws IOException {
    List<Path> files;
    try (var found = Files.walk(path)) {
      files = found.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      text(path.relativize(file).toString());
      text(Files.size(file) + " " + Files.getLastModifiedTime(file).to(TimeUnit.SECONDS));
    }
    return this;
  }

  String value() {
    return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
  }
}
