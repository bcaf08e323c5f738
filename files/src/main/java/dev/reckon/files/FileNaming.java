package dev.reckon.files;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Turns whatever a sender or an archive calls a file into a name that programs can open: letters of
 * any script, blanks and accents stay; control characters, path separators and what upsets a
 * terminal go. Not thread-safe.
 */
final class FileNaming {
  private static final int MOST_CHARACTERS = 100;
  private static final int MOST_BYTES = 255;
  private static final int SHOWN_NAME = 120;

  /** What a path may be long before only its last parts are looked at. */
  private static final int LONGEST_PATH = 4_096;

  private final Set<String> taken = new HashSet<>();

  /** The last part of the name, cleaned. */
  static String clean(String name) {
    String path = tail(name);
    return part(path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1));
  }

  /** A path in an archive as one name: its folders stay visible before a hyphen each. */
  static String flat(String path) {
    List<String> parts = new ArrayList<>();
    for (String part : tail(path).replace('\\', '/').split("/", -1)) {
      if (!part.isBlank() && !part.equals(".")) {
        parts.add(part(part));
      }
    }
    return parts.isEmpty() ? "file" : shorten(String.join("-", parts));
  }

  /** The name itself, or with a number where another file has it; upper and lower case are one. */
  String unique(String name) {
    String free = name;
    for (int i = 2; !taken.add(free.toLowerCase(Locale.ROOT)); i++) {
      int dot = name.lastIndexOf('.');
      free = dot > 0 ? name.substring(0, dot) + "-" + i + name.substring(dot) : name + "-" + i;
    }
    return free;
  }

  private static String tail(String path) {
    return path.length() <= LONGEST_PATH ? path : path.substring(path.length() - LONGEST_PATH);
  }

  /** Accents as one character each, as people type them: macOS stores them as two. */
  private static String part(String name) {
    StringBuilder kept = new StringBuilder();
    Normalizer.normalize(name, Normalizer.Form.NFC)
        .codePoints()
        .map(c -> Character.isSpaceChar(c) ? ' ' : c)
        .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
        .filter(c -> Character.isDefined(c) && Character.getType(c) != Character.SURROGATE)
        .map(c -> c == '/' || c == '\\' || c == ':' ? '-' : c)
        .forEach(kept::appendCodePoint);
    String plain = shorten(kept.toString().strip());
    return plain.isEmpty() || plain.equals(".") || plain.equals("..") ? "file" : plain;
  }

  /** Cuts the middle, so that the ending still says what it is. */
  static String shorten(String name) {
    if (name.length() <= MOST_CHARACTERS
        && name.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    String ending = dot > 0 && name.length() - dot <= 10 ? name.substring(dot) : "";
    String stem = name.substring(0, name.length() - ending.length());
    int[] points = stem.codePoints().limit(MOST_CHARACTERS / 2).toArray();
    return new String(points, 0, points.length) + ending;
  }

  /** A path as notices show it: its end, without control characters. */
  static String shown(String path) {
    String plain = path.replaceAll("\\p{Cntrl}", "");
    return plain.length() <= SHOWN_NAME
        ? plain
        : "…" + plain.substring(plain.length() - SHOWN_NAME);
  }

  /** Whether a path would leave the folder that it is unpacked in. */
  static boolean leadsOut(String path) {
    String plain = path.replace('\\', '/');
    return plain.startsWith("/")
        || isDrive(plain)
        || plain.equals("..")
        || plain.startsWith("../")
        || plain.endsWith("/..")
        || plain.contains("/../");
  }

  /** {@code C:} or {@code C:/...}; a colon may be part of a name elsewhere. */
  private static boolean isDrive(String path) {
    return path.length() > 1
        && path.charAt(1) == ':'
        && Character.isLetter(path.charAt(0))
        && (path.length() == 2 || path.charAt(2) == '/');
  }

  /** What operating systems add to archives by themselves. */
  static boolean isHidden(String path) {
    String last = path.substring(path.lastIndexOf('/') + 1);
    return path.startsWith("__MACOSX/")
        || last.startsWith(".")
        || last.equals("Thumbs.db")
        || last.equals("desktop.ini");
  }

  /** The name without the first of these endings that it has. */
  static String without(String name, List<String> endings) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String ending : endings) {
      if (lower.endsWith(ending) && name.length() > ending.length()) {
        return name.substring(0, name.length() - ending.length());
      }
    }
    return name;
  }
}
