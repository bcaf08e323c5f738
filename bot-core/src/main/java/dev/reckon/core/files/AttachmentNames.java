package dev.reckon.core.files;

import dev.reckon.sandbox.FileNames;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * Converts an attachment's name into one that scripts may use; accents are one character each, as
 * people type them.
 */
final class AttachmentNames {
  private static final int MOST_CHARACTERS = 100;

  private AttachmentNames() {}

  /** The last part of the name, without what could lead elsewhere or upset a terminal. */
  static String clean(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    StringBuilder kept = new StringBuilder();
    Normalizer.normalize(last, Normalizer.Form.NFC)
        .codePoints()
        .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
        .filter(c -> Character.isDefined(c) && !isSurrogate(c))
        .limit(MOST_CHARACTERS * 2L)
        .forEach(kept::appendCodePoint);
    String plain = shorten(kept.toString().strip());
    return FileNames.problem(plain).isPresent() ? "file" : plain;
  }

  /** The name with a number before its ending. */
  static String numbered(String name, int number) {
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    return shorten(stem) + "-" + number + (dot > 0 ? name.substring(dot) : "");
  }

  private static boolean isSurrogate(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }

  /** Cuts the middle, so that the ending still says what it is. */
  private static String shorten(String name) {
    if (name.length() <= MOST_CHARACTERS
        && name.getBytes(StandardCharsets.UTF_8).length <= FileNames.MAX_PART_BYTES) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    String ending = dot > 0 && name.length() - dot <= 10 ? name.substring(dot) : "";
    String stem = name.substring(0, name.length() - ending.length());
    int[] points = stem.codePoints().limit(MOST_CHARACTERS / 2).toArray();
    return new String(points, 0, points.length) + ending;
  }
}
