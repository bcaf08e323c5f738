package dev.reckon.sandbox.worker.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;

/** Asks the quota before a file grows. */
final class QuotaChannel implements SeekableByteChannel {
  private final SeekableByteChannel channel;
  private final Quota quota;
  private final Path path;
  private final boolean append;

  QuotaChannel(SeekableByteChannel channel, Quota quota, Path path, boolean append) {
    this.channel = channel;
    this.quota = quota;
    this.path = path;
    this.append = append;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    long size = channel.size();
    // A position far behind the end would be filled with zeros, at the heap's expense.
    long end = (append ? size : channel.position()) + source.remaining();
    if (source.hasRemaining()) {
      quota.checkGrowth(path, size, end);
    }
    return channel.write(source);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return channel.read(target);
  }

  @Override
  public long position() throws IOException {
    return channel.position();
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    channel.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  /**
   * As Python has it, unlike Java: a file can become longer too, filled with zeros, and the
   * position stays where it is.
   */
  @Override
  public SeekableByteChannel truncate(long size) throws IOException {
    long now = channel.size();
    long position = channel.position();
    if (size <= now) {
      channel.truncate(size);
    } else {
      quota.checkGrowth(path, now, size);
      channel.position(now);
      ByteBuffer zeros = ByteBuffer.allocate(Math.toIntExact(size - now));
      while (zeros.hasRemaining()) {
        channel.write(zeros);
      }
    }
    channel.position(position);
    return this;
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
