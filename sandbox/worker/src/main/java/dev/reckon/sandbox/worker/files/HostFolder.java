package dev.reckon.sandbox.worker.files;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** A folder of the host. Symbolic links that lead out of it are as if they were not there. */
final class HostFolder implements Mount {
  private final Path root;

  /** Resolves the folder once. */
  HostFolder(Path folder) throws IOException {
    root = folder.toRealPath();
  }

  @Override
  public BasicFileAttributes attributes(Path relative) throws IOException {
    try {
      return Files.readAttributes(resolve(relative), BasicFileAttributes.class);
    } catch (IOException e) {
      throw hidden(relative, e);
    }
  }

  @Override
  public SeekableByteChannel open(Path relative) throws IOException {
    try {
      return Files.newByteChannel(resolve(relative), StandardOpenOption.READ);
    } catch (IOException e) {
      throw hidden(relative, e);
    }
  }

  @Override
  public List<String> list(Path relative) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(resolve(relative))) {
      List<String> names = new ArrayList<>();
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
      return names;
    } catch (IOException e) {
      throw hidden(relative, e);
    }
  }

  private Path resolve(Path relative) throws IOException {
    Path real = root.resolve(relative.toString()).toRealPath();
    if (!real.startsWith(root)) {
      throw new NoSuchFileException(relative.toString());
    }
    return real;
  }

  /** The same failure without the host's path in it. */
  private static IOException hidden(Path relative, IOException e) {
    IOException hidden =
        e instanceof NotDirectoryException
            ? new NotDirectoryException(relative.toString())
            : new NoSuchFileException(relative.toString());
    hidden.setStackTrace(e.getStackTrace());
    return hidden;
  }
}
