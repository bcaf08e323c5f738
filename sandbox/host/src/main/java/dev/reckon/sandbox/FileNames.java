package dev.reckon.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Which names a file in a script's working directory may have. */
public final class FileNames {
  /** The most bytes of UTF-8 in one part of a name, as on Linux file systems (NAME_MAX). */
  public static final int MAX_PART_BYTES = 255;

  /** The deepest nesting of folders. */
  public static final int MAX_DEPTH = 16;

  private FileNames() {}

  /** Why the name cannot be used, in words for the person who gave it; empty when it can. */
  public static Optional<String> problem(String name) {
    if (name.isBlank()) {
      return Optional.of("a file needs a name");
    }
    if (name.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      return Optional.of("a file name may not contain control characters");
    }
    if (name.startsWith("/") || name.indexOf('\\') >= 0) {
      return Optional.of("a file name must be relative, without backslashes: " + name);
    }
    String[] parts = name.split("/", -1);
    if (parts.length > MAX_DEPTH) {
      return Optional.of("the file is in more than " + MAX_DEPTH + " nested folders");
    }
    for (String part : parts) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return Optional.of("a file name may not have empty, \".\" or \"..\" parts: " + name);
      }
      if (part.getBytes(StandardCharsets.UTF_8).length > MAX_PART_BYTES) {
        return Optional.of("a file name may be at most " + MAX_PART_BYTES + " bytes long");
      }
    }
    return Optional.empty();
  }
}
