package dev.reckon.adapters.cli;

import dev.reckon.core.surface.ReplySurface.FileContents;
import dev.reckon.core.surface.render.Upload;
import dev.reckon.sandbox.SandboxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a person at the terminal finds the charts of replies, as files. */
final class ChartFiles {
  private final FileContents contents;
  private final boolean written;
  private @Nullable Path folder;

  private ChartFiles(FileContents contents, boolean written, @Nullable Path folder) {
    this.contents = contents;
    this.written = written;
    this.folder = folder;
  }

  /** In a folder where a command has written them already. */
  static ChartFiles in(Path folder, FileContents contents) {
    return new ChartFiles(contents, true, folder);
  }

  /** In a new temporary folder, made when it is needed and left; only this user can read it. */
  static ChartFiles temporary(FileContents contents) {
    return new ChartFiles(contents, false, null);
  }

  /** A chart and its file. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record ChartFile(Path path, byte[] content) {}

  /**
   * Finds a chart, and writes it if need be.
   *
   * @return empty when its content is no longer kept
   * @throws UsageException when the folder cannot be written
   */
  Optional<ChartFile> of(Upload.Picture picture) throws UsageException {
    Optional<byte[]> content = picture.content(contents);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    String name = picture.file().file().name();
    Path into = folder();
    if (!written) {
      CommandLineFiles.write(into, List.of(new SandboxFile(name, content.get())));
    }
    return Optional.of(new ChartFile(into.resolve(name), content.get()));
  }

  private Path folder() throws UsageException {
    Path known = folder;
    if (known == null) {
      try {
        known = Files.createTempDirectory("reckon-charts-");
      } catch (IOException e) {
        throw new UsageException(
            "The chart cannot be written to a temporary folder: " + e.getMessage() + ".");
      }
      folder = known;
    }
    return known;
  }
}
