package dev.reckon.sandbox.worker.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The time zones as files, made from the JDK's own rules when they are opened, so that {@code
 * zoneinfo} finds what it expects on any host.
 */
final class ZoneFolder implements Mount {
  private static final Set<String> ZONES =
      ZoneRulesProvider.getAvailableZoneIds().stream()
          .filter(id -> !id.startsWith("SystemV"))
          .collect(Collectors.toUnmodifiableSet());

  @Override
  public BasicFileAttributes attributes(Path relative) throws IOException {
    String name = relative.toString();
    if (ZONES.contains(name)) {
      return new ZoneAttributes(name, false, file(name).length);
    }
    if (isFolder(name)) {
      return new ZoneAttributes(name, true, 0);
    }
    throw new NoSuchFileException(name);
  }

  @Override
  public SeekableByteChannel open(Path relative) throws IOException {
    String name = relative.toString();
    if (!ZONES.contains(name)) {
      throw new NoSuchFileException(name);
    }
    return new BytesChannel(file(name));
  }

  @Override
  public List<String> list(Path relative) throws IOException {
    String name = relative.toString();
    if (!isFolder(name)) {
      throw new NotDirectoryException(name);
    }
    String prefix = name.isEmpty() ? "" : name + "/";
    Set<String> entries = new TreeSet<>();
    for (String zone : ZONES) {
      if (zone.startsWith(prefix)) {
        String rest = zone.substring(prefix.length());
        int slash = rest.indexOf('/');
        entries.add(slash < 0 ? rest : rest.substring(0, slash));
      }
    }
    return List.copyOf(entries);
  }

  private static boolean isFolder(String name) {
    return name.isEmpty() || ZONES.stream().anyMatch(zone -> zone.startsWith(name + "/"));
  }

  private static byte[] file(String zone) {
    return ZoneFile.of(ZoneId.of(zone));
  }

  private record ZoneAttributes(String name, boolean isDirectory, long size)
      implements BasicFileAttributes {
    private static final FileTime MADE = FileTime.from(Instant.EPOCH);

    @Override
    public FileTime lastModifiedTime() {
      return MADE;
    }

    @Override
    public FileTime lastAccessTime() {
      return MADE;
    }

    @Override
    public FileTime creationTime() {
      return MADE;
    }

    @Override
    public boolean isRegularFile() {
      return !isDirectory;
    }

    @Override
    public boolean isSymbolicLink() {
      return false;
    }

    @Override
    public boolean isOther() {
      return false;
    }

    @Override
    public Object fileKey() {
      return name;
    }
  }

  /** Bytes to read from. */
  private static final class BytesChannel implements SeekableByteChannel {
    private final byte[] bytes;
    private int position;
    private boolean open = true;

    private BytesChannel(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read(ByteBuffer target) {
      int length = Math.min(target.remaining(), bytes.length - position);
      if (length <= 0) {
        return -1;
      }
      target.put(bytes, position, length);
      position += length;
      return length;
    }

    @Override
    public int write(ByteBuffer source) {
      throw new NonWritableChannelException();
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
      position = Math.clamp(newPosition, 0, bytes.length);
      return this;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() {
      open = false;
    }
  }
}
