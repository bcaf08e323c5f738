package dev.reckon.files.encoding;

import java.nio.charset.StandardCharsets;

/** Recognizes well-known formats that are no text, by how they begin. */
public final class BinaryKind {
  private BinaryKind() {}

  /** What the bytes are, in words; empty when they are none of the known formats. */
  public static String of(byte[] content) {
    if (begins(content, 'P', 'K', 3, 4) || begins(content, 'P', 'K', 5, 6)) {
      return "ZIP archive; zipfile can read it";
    }
    if (begins(content, 0x1f, 0x8b)) {
      return "gzip; the gzip module can read it";
    }
    if (begins(content, 0x89, 'P', 'N', 'G')) {
      return "PNG image";
    }
    if (begins(content, 0xff, 0xd8, 0xff)) {
      return "JPEG image";
    }
    if (begins(content, 0xd0, 0xcf, 0x11, 0xe0)) {
      return "old Office file";
    }
    if (begins(content, 0x37, 0x7a, 0xbc, 0xaf)) {
      return "7z archive";
    }
    if (begins(content, 0xfd, '7', 'z', 'X', 'Z')) {
      return "xz; the lzma module can read it";
    }
    String start =
        new String(content, 0, Math.min(16, content.length), StandardCharsets.ISO_8859_1);
    if (start.startsWith("SQLite format 3")) {
      return "SQLite database; the sqlite3 module can read it";
    }
    if (start.startsWith("%PDF")) {
      return "PDF";
    }
    if (start.startsWith("GIF8")) {
      return "GIF image";
    }
    if (start.startsWith("Rar!")) {
      return "RAR archive";
    }
    if (start.startsWith("BZh")) {
      return "bzip2; the bz2 module can read it";
    }
    return start.startsWith("PAR1") ? "Parquet" : "";
  }

  /** Whether the content begins with these bytes. */
  public static boolean begins(byte[] content, int... magic) {
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
