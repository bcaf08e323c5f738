package dev.reckon.core.store.jdbi;

import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.StoreException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second {@code start} off a SQLite store. The operating system gives the lock up when the
 * process dies, however it dies.
 */
final class InstanceLock implements AutoCloseable {
  private final FileChannel channel;

  private InstanceLock(FileChannel channel) {
    this.channel = channel;
  }

  static InstanceLock acquire(Path database) {
    Path file = database.resolveSibling(database.getFileName() + ".lock");
    try {
      OwnerOnly.create(file);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new StoreException(
            Kind.IN_USE,
            "Another `reckon start` already uses the database "
                + database
                + " (process "
                + Files.readString(file).strip()
                + "). Stop that one first, or give this one a store.url of its own.");
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
      return new InstanceLock(channel);
    } catch (IOException e) {
      throw new StoreException(
          Kind.CANNOT_OPEN, "The lock file " + file + " cannot be written.", e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StoreException(Kind.FAULT, "The lock could not be released.", e);
    }
  }
}
