package dev.reckon.files;

import dev.reckon.files.limit.ReadLimits;
import dev.reckon.files.profile.FileProfile;
import dev.reckon.files.profile.FileProfile.Encoding;
import dev.reckon.files.profile.FileProfile.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads one attachment into files that programs can open.
 *
 * <p>Nothing that is in an attachment makes {@link #read} throw: what cannot be read is a notice in
 * the result, running out of memory included. Not thread-safe beyond what its immutable parts are;
 * one instance may be used by several threads.
 */
public final class FileReading {
  private final ReadLimits limits;

  public FileReading(ReadLimits limits) {
    this.limits = limits;
  }

  /**
   * Reads an attachment.
   *
   * @param name as the person attached it, whatever it holds
   * @param content its bytes
   */
  public ReadResult read(String name, byte[] content) {
    String clean = FileNaming.clean(name);
    if (content.length > limits.fileBytes()) {
      return new ReadResult(
          List.of(),
          List.of(
              "%s is too large: a file may have %d MiB. Send a part of it."
                  .formatted(clean, limits.fileBytes() >> 20)));
    }
    String text = new String(content, StandardCharsets.UTF_8);
    FileProfile profile =
        new FileProfile(
            content.length == 0 ? Kind.EMPTY : Kind.TEXT,
            content.length == 0 ? "empty file" : "text",
            content.length,
            new Encoding("utf-8", 0, 0),
            text.lines().count(),
            null,
            List.of(),
            List.of(),
            List.of());
    return new ReadResult(
        List.of(new ReadFile(clean, name, "", text.getBytes(StandardCharsets.UTF_8), profile)),
        List.of());
  }
}
