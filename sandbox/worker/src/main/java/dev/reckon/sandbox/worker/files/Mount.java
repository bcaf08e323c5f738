package dev.reckon.sandbox.worker.files;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * A read-only tree laid into the workspace. Paths are relative to the tree's root, normalized, and
 * empty for the root itself. Implementations are stateless or safe for any thread.
 */
interface Mount {
  /**
   * The attributes of a file or folder.
   *
   * @throws java.nio.file.NoSuchFileException when there is none
   */
  BasicFileAttributes attributes(Path relative) throws IOException;

  /** Opens a file for reading. */
  SeekableByteChannel open(Path relative) throws IOException;

  /** The names in a folder. */
  List<String> list(Path relative) throws IOException;
}
