package dev.reckon.core.files;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * Makes of an attached file what programs can open: archives unpacked, workbooks as tables, text in
 * UTF-8. What is in a file is hostile: sizes are counted while reading, names are cleaned, and
 * nothing ever touches a disk.
 */
final class Unpacking {
  /** A workbook's XML may be this much larger than the tables in it are allowed to be. */
  private static final int XML_FACTOR = 10;

  private final FileLimits limits;

  Unpacking(FileLimits limits) {
    this.limits = limits;
  }

  /**
   * Files as programs find them.
   *
   * @param files the names are clean and differ
   * @param notices a sentence for each that was left out
   */
  record Unpacked(List<Part> files, List<String> notices) {}

  /** One file. */
  @SuppressWarnings("ArrayRecordComponent") // on its way to the store, compared by nobody
  record Part(String name, byte[] content) {}

  /**
   * Unpacks it.
   *
   * @throws IOException if it cannot be used; the message is for the sender
   */
  Unpacked unpack(String name, byte[] content) throws IOException {
    if (begins(content, 0x1f, 0x8b)) {
      return single(withoutEnding(name, ".gz"), inflate(content, name));
    }
    if (begins(content, 0xd0, 0xcf, 0x11, 0xe0)) {
      throw new IOException(
          name + " is in Excel's old format. Save it as .xlsx or as CSV, and send that.");
    }
    if (begins(content, 'P', 'K', 3, 4) || begins(content, 'P', 'K', 5, 6)) {
      return isWorkbook(content) ? workbook(name, content) : archive(name, content);
    }
    return single(name, content);
  }

  private Unpacked single(String name, byte[] content) throws IOException {
    if (content.length > limits.fileBytes()) {
      throw tooLarge(name);
    }
    return new Unpacked(List.of(new Part(name, TextEncoding.toUtf8(content))), List.of());
  }

  private byte[] inflate(byte[] content, String name) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
      return read(in, limits.fileBytes(), name);
    } catch (ZipException | EOFException e) {
      throw damaged(name, e);
    }
  }

  private Unpacked workbook(String name, byte[] content) throws IOException {
    long xml = 0;
    try (ZipFile zip = open(content)) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        xml += read(zip, entry, limits.fileBytes() * XML_FACTOR - xml, name).length;
      }
    } catch (ZipException | IllegalArgumentException e) {
      throw damaged(name, e);
    }
    List<Part> sheets = new ArrayList<>();
    List<String> notices = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Part sheet : new Workbooks(limits).tables(withoutEnding(name, ".xlsx"), content)) {
      sheets.add(new Part(unique(FileNaming.clean(sheet.name()), taken), sheet.content()));
    }
    if (sheets.isEmpty()) {
      throw new IOException(name + " has no sheet with anything in it.");
    }
    return new Unpacked(sheets, notices);
  }

  private Unpacked archive(String name, byte[] content) throws IOException {
    List<Part> files = new ArrayList<>();
    List<String> notices = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    long left = limits.conversationBytes();
    try (ZipFile zip = open(content)) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
        if (entry.isDirectory() || isHidden(entry.getName())) {
          continue;
        }
        if (leadsElsewhere(entry.getName())) {
          notices.add("A file in " + name + " was left out: its name leads out of the archive.");
          continue;
        }
        if (files.size() == limits.unpackedFiles()) {
          notices.add(
              "%s holds more than %d files; the rest were left out."
                  .formatted(name, limits.unpackedFiles()));
          break;
        }
        byte[] bytes = read(zip, entry, Math.min(limits.fileBytes(), left), name);
        left -= bytes.length;
        String clean = FileNaming.clean(entry.getName());
        if (begins(bytes, 'P', 'K', 3, 4) || begins(bytes, 0x1f, 0x8b)) {
          notices.add(clean + " was left out: an archive inside an archive.");
        } else {
          files.add(new Part(unique(clean, taken), TextEncoding.toUtf8(bytes)));
        }
      }
    } catch (ZipException | IllegalArgumentException e) {
      throw damaged(name, e);
    }
    if (files.isEmpty() && notices.isEmpty()) {
      throw new IOException(name + " is an empty archive.");
    }
    return new Unpacked(files, notices);
  }

  private byte[] read(InputStream in, long most, String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[16 * 1024];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      bytes.write(buffer, 0, n);
      if (bytes.size() > most) {
        throw tooLarge(name);
      }
    }
    return bytes.toByteArray();
  }

  private IOException tooLarge(String name) {
    return new IOException(
        "%s is too large: a file may have %d MiB when it is unpacked. Send a part of it."
            .formatted(name, limits.fileBytes() >> 20));
  }

  private static boolean isWorkbook(byte[] content) throws IOException {
    try (ZipFile zip = open(content)) {
      return zip.getEntry("xl/workbook.xml") != null;
    } catch (ZipException | IllegalArgumentException e) {
      return false;
    }
  }

  private static ZipFile open(byte[] content) throws IOException {
    return ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(content)).get();
  }

  private byte[] read(ZipFile zip, ZipArchiveEntry entry, long most, String name)
      throws IOException {
    if (!zip.canReadEntryData(entry)) {
      throw new IOException(name + " is encrypted or packed in a way that cannot be read here.");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return read(in, most, name);
    }
  }

  private static IOException damaged(String name, Exception cause) {
    return new IOException(name + " is damaged: it cannot be unpacked.", cause);
  }

  private static boolean leadsElsewhere(String path) {
    String plain = path.replace('\\', '/');
    return plain.startsWith("/") || plain.contains(":") || List.of(plain.split("/")).contains("..");
  }

  private static boolean isHidden(String path) {
    return path.startsWith("__MACOSX/")
        || List.of(path.split("/")).stream()
            .anyMatch(part -> part.startsWith(".") && !part.equals("..") && !part.equals("."));
  }

  private static String unique(String name, Set<String> taken) {
    String free = name;
    for (int i = 2; !taken.add(free); i++) {
      int dot = name.lastIndexOf('.');
      free = dot > 0 ? name.substring(0, dot) + "-" + i + name.substring(dot) : name + "-" + i;
    }
    return free;
  }

  private static String withoutEnding(String name, String ending) {
    return name.length() > ending.length() && name.toLowerCase(Locale.ROOT).endsWith(ending)
        ? name.substring(0, name.length() - ending.length())
        : name;
  }

  private static boolean begins(byte[] content, int... magic) {
    if (content.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((content[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
