package dev.reckon.files.archive;

import dev.reckon.files.encoding.CharsetDetector;
import dev.reckon.files.limit.UnreadableFileException;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.jspecify.annotations.Nullable;

/** A ZIP archive in memory. Not thread-safe. */
public final class ZipContent implements Closeable {
  private static final int DIRECTORY_ENTRY = 0x02014b50;
  private static final int DIRECTORY_END = 0x06054b50;
  private static final int ENTRY_HEADER = 46;
  private static final int ZIP64_LOCATOR = 0x07064b50;
  private static final int ZIP64_LOCATOR_BYTES = 20;
  private static final int ZIP64_RECORD_BYTES = 56;
  private static final int END_HEADER = 22;
  private static final int LONGEST_COMMENT = 65_535;
  private static final Charset CP437 = Charset.forName("IBM437");

  private final ZipFile zip;
  private final CharsetDetector detector = new CharsetDetector();

  private ZipContent(ZipFile zip) {
    this.zip = zip;
  }

  /**
   * Opens an archive.
   *
   * @param mostEntries in its directory; they are counted before anything is kept of them
   * @throws UnreadableFileException with a sentence for the sender
   */
  public static ZipContent open(String name, byte[] content, int mostEntries)
      throws UnreadableFileException {
    int entries = entries(content, mostEntries);
    if (entries > mostEntries) {
      throw new UnreadableFileException(
          "%s holds more than %d file%s (files.archive_entries), and none of them was read. Send an archive of those that are needed."
              .formatted(name, mostEntries, mostEntries == 1 ? "" : "s"));
    }
    try {
      return new ZipContent(
          ZipFile.builder()
              .setSeekableByteChannel(new SeekableInMemoryByteChannel(content))
              .setIgnoreLocalFileHeader(true)
              .get());
    } catch (IOException | IllegalArgumentException e) {
      throw new UnreadableFileException(
          name + " is damaged: it cannot be unpacked. Pack it again, and send that.");
    }
  }

  /** Walks the directory at the archive's end; stops counting beyond the bound. */
  static int entries(byte[] content, int most) {
    ByteBuffer bytes = ByteBuffer.wrap(content).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    int least = Math.max(0, content.length - END_HEADER - LONGEST_COMMENT);
    for (int end = content.length - END_HEADER; end >= least; end--) {
      if (bytes.getInt(end) == DIRECTORY_END) {
        long at = Integer.toUnsignedLong(bytes.getInt(end + 16));
        long size = Integer.toUnsignedLong(bytes.getInt(end + 12));
        // What precedes the archive moves its directory; ZIP64 puts records after it.
        int entries = Math.max(walk(bytes, at, most), walk(bytes, end - size, most));
        return Math.max(entries, walk(bytes, zip64Start(bytes, end), most));
      }
    }
    return 0;
  }

  /** Where the directory begins by an archive's ZIP64 records; -1 when there are none. */
  private static long zip64Start(ByteBuffer bytes, int end) {
    int locator = end - ZIP64_LOCATOR_BYTES;
    if (locator < 0 || bytes.getInt(locator) != ZIP64_LOCATOR) {
      return -1;
    }
    long record = bytes.getLong(locator + 8);
    return record < 0 || record > locator - ZIP64_RECORD_BYTES
        ? -1
        : bytes.getLong((int) record + 48);
  }

  private static int walk(ByteBuffer bytes, long start, int most) {
    int entries = 0;
    long at = start;
    while (at >= 0
        && at <= bytes.limit() - ENTRY_HEADER
        && bytes.getInt((int) at) == DIRECTORY_ENTRY
        && entries <= most) {
      entries++;
      int i = (int) at;
      at +=
          ENTRY_HEADER
              + Short.toUnsignedInt(bytes.getShort(i + 28))
              + Short.toUnsignedInt(bytes.getShort(i + 30))
              + Short.toUnsignedInt(bytes.getShort(i + 32));
    }
    return entries;
  }

  /**
   * An entry.
   *
   * @param path as the archive has it, decoded
   */
  public record Entry(String path, boolean folder, boolean encrypted, ZipArchiveEntry raw) {}

  /** The entries in the order in which they are stored. */
  public Iterator<Entry> entries() {
    List<ZipArchiveEntry> all = Collections.list(zip.getEntriesInPhysicalOrder());
    return all.stream()
        .map(
            entry ->
                new Entry(
                    path(entry),
                    entry.isDirectory(),
                    entry.getGeneralPurposeBit().usesEncryption(),
                    entry))
        .iterator();
  }

  public boolean has(String path) {
    return zip.getEntry(path) != null;
  }

  /** Whether any entry's path ends so. */
  public boolean hasEnding(String ending) {
    for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
      if (entry.getName().endsWith(ending)) {
        return true;
      }
    }
    return false;
  }

  /** An entry's bytes, inflated while they are read; null when there is none of that path. */
  public @Nullable InputStream open(String path) throws IOException {
    ZipArchiveEntry entry = zip.getEntry(path);
    return entry == null ? null : zip.getInputStream(entry);
  }

  /** Whether the entry's bytes can be inflated here. */
  public boolean canRead(Entry entry) {
    return !entry.encrypted && zip.canReadEntryData(entry.raw);
  }

  /** The entry's bytes, at most so many and one more, which tells that there are more. */
  public byte[] read(Entry entry, long most) throws IOException {
    try (InputStream in = zip.getInputStream(entry.raw)) {
      return read(in, most);
    }
  }

  /** The stream's bytes, at most so many and one more, which tells that there are more. */
  public static byte[] read(InputStream in, long most) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[16 * 1024];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      long room = most + 1 - bytes.size();
      bytes.write(buffer, 0, (int) Math.min(n, room));
      if (n >= room) {
        break;
      }
    }
    return bytes.toByteArray();
  }

  /** Windows packs names in the old code page of its country without saying so. */
  private String path(ZipArchiveEntry entry) {
    byte[] raw = entry.getRawName();
    if (raw == null || entry.getGeneralPurposeBit().usesUTF8ForNames()) {
      return entry.getName();
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
    } catch (CharacterCodingException _) {
      String western = new String(raw, CP437);
      return isWestern(western) ? western : new String(raw, detector.detect(raw));
    }
  }

  private static boolean isWestern(String name) {
    return name.chars()
        .allMatch(
            c ->
                c < 0x80
                    || (c < 0x250 && Character.isLetter(c))
                    || c == '°'
                    || c == '£'
                    || c == '§'
                    || c == '²');
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
