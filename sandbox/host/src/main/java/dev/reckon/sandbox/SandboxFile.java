package dev.reckon.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A file on its way into or out of a script's working directory.
 *
 * @param name a relative path with {@code /} between its parts; see {@link FileNames#problem}
 * @param content the bytes; the array is shared, not copied, and must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // files are large, and compared by nobody
public record SandboxFile(String name, byte[] content) {
  /**
   * @throws IllegalArgumentException if the name could lead out of the working directory
   */
  public SandboxFile {
    Objects.requireNonNull(content);
    FileNames.problem(name)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem);
            });
  }

  /** A file of UTF-8 text. */
  public static SandboxFile text(String name, String content) {
    return new SandboxFile(name, content.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "SandboxFile[" + name + ", " + content.length + " bytes]";
  }
}
