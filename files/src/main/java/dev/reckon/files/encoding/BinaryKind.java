package dev.reckon.files.encoding;

import java.nio.charset.StandardCharsets;

/** Recognizes well-known formats that are no text, by how they begin. */
public final class BinaryKind {
  /** Where a tar archive's first header has its magic word. */
  private static final int TAR_MAGIC = 257;

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
    if (begins(content, 0x28, 0xb5, 0x2f, 0xfd)) {
      return "Zstandard; nothing here can read it: unpack it first";
    }
    if (begins(content, 0x89, 'H', 'D', 'F')) {
      return "HDF5";
    }
    if (begins(content, 0x93, 'N', 'U', 'M', 'P', 'Y')) {
      return "NumPy array";
    }
    if (content.length > TAR_MAGIC + 5
        && new String(content, TAR_MAGIC, 5, StandardCharsets.ISO_8859_1).equals("ustar")) {
      return "tar archive; the tarfile module can read it";
    }
    return ofLetters(
        new String(content, 0, Math.min(16, content.length), StandardCharsets.ISO_8859_1), content);
  }

  /** Signatures of letters: a table's header may begin with some of them, so they are whole. */
  private static String ofLetters(String start, byte[] content) {
    if (start.startsWith("SQLite format 3\0")) {
      return "SQLite database; the sqlite3 module can read it";
    }
    if (start.startsWith("%PDF-")) {
      return "PDF";
    }
    if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
      return "GIF image";
    }
    if (start.startsWith("Rar!\u001a")) {
      return "RAR archive";
    }
    if (start.startsWith("BZh")
        && (start.startsWith("1AY&SY", 4) || start.startsWith("\u0017rE8P", 4))) {
      return "bzip2; the bz2 module can read it";
    }
    boolean parquet = start.startsWith("PAR1") && content.length > 8 && endsWith(content, "PAR1");
    return parquet ? "Parquet" : "";
  }

  private static boolean endsWith(byte[] content, String signature) {
    int from = content.length - signature.length();
    return new String(content, from, signature.length(), StandardCharsets.ISO_8859_1)
        .equals(signature);
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
