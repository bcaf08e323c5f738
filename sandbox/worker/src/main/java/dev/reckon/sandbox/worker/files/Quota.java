package dev.reckon.sandbox.worker.files;

import dev.reckon.sandbox.FileNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Path;

/**
 * How much may lie in the workspace. Bytes are read from the in-memory disk itself, so that a file
 * that is deleted while open still counts; they are rounded up to blocks, one file's last block
 * being free. Used by one thread at a time.
 */
final class Quota {
  static final int BLOCK_BYTES = 4096;

  private final FileStore disk;
  private long maxBytes = Long.MAX_VALUE;
  private int maxFiles = Integer.MAX_VALUE;
  private int files;

  Quota(FileStore disk) {
    this.disk = disk;
  }

  /** Counts from here on against these limits. */
  void limit(long bytes, int count) {
    maxBytes = bytes;
    maxFiles = count;
  }

  /** Refuses names that are too long and folders that are too deep. */
  void checkName(Path path) throws IOException {
    for (Path part : path) {
      if (part.toString().getBytes(StandardCharsets.UTF_8).length > FileNames.MAX_PART_BYTES) {
        throw FileErrors.nameTooLong(path);
      }
    }
    if (path.getNameCount() > Workspace.HOME_DEPTH + FileNames.MAX_DEPTH) {
      throw FileErrors.nameTooLong(path);
    }
  }

  /** Refuses one more file or folder. */
  void checkCount(Path path) throws IOException {
    if (files >= maxFiles) {
      throw FileErrors.noSpace(path);
    }
  }

  void created() {
    files++;
  }

  void deleted() {
    files--;
  }

  /** Refuses a file's growth from one size to another. */
  void checkGrowth(Path path, long size, long end) throws IOException {
    if (end <= size) {
      return;
    }
    if (end > maxBytes || blocks(end) - blocks(size) > freeBlocks()) {
      throw FileErrors.noSpace(path);
    }
  }

  long freeBytes() throws IOException {
    return freeBlocks() * BLOCK_BYTES;
  }

  long totalBytes() {
    return maxBytes;
  }

  private long freeBlocks() throws IOException {
    long used = blocks(disk.getTotalSpace() - disk.getUnallocatedSpace());
    return Math.max(0, blocks(maxBytes) + files - used);
  }

  private static long blocks(long bytes) {
    return bytes / BLOCK_BYTES + (bytes % BLOCK_BYTES == 0 ? 0 : 1);
  }
}
