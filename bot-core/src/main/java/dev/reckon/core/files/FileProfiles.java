package dev.reckon.core.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mozilla.universalchardet.UniversalDetector;

/** Finds out what an attached file is, from its bytes and not from what its name says. */
public final class FileProfiles {
  private static final int LINE = 200;
  private static final int PROBE = 8_192;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private FileProfiles() {}

  private record Decoded(String text, String encoding) {}

  /**
   * The profile of a file.
   *
   * @param name as programs open it
   * @param rows how many sample values and lines to show; 0 shows no value at all
   */
  public static FileProfile of(String name, byte[] content, int rows) {
    Optional<Decoded> decoded = decoded(content);
    if (content.length == 0 || decoded.isEmpty()) {
      String kind = content.length == 0 ? "empty file" : "binary (" + binaryKind(content) + ")";
      return new FileProfile(name, content.length, kind, List.of(), List.of(), List.of());
    }
    String text = decoded.get().text();
    String encoding = decoded.get().encoding();
    String lower = name.toLowerCase(Locale.ROOT);
    boolean table = lower.endsWith(".csv") || lower.endsWith(".tsv");
    return JsonProfile.of(name, content.length, text, encoding, rows)
        .or(() -> TableProfile.of(name, content.length, text, encoding, table, rows))
        .orElseGet(() -> plain(name, content.length, text, encoding, rows));
  }

  private static FileProfile plain(
      String name, long bytes, String text, String encoding, int rows) {
    return new FileProfile(
        name,
        bytes,
        "text",
        List.of("encoding " + encoding, text.lines().count() + " lines"),
        List.of(),
        rows == 0 ? List.of() : lines(text, rows, LINE));
  }

  /** The first lines, each cut to a length. */
  static List<String> lines(String text, int most, int length) {
    return text.lines()
        .limit(most)
        .map(line -> line.length() <= length ? line : line.substring(0, length) + "…")
        .toList();
  }

  /** The first lines of a file for a prompt, or what it is when it is no text. */
  public static List<String> head(byte[] content, int most) {
    return decoded(content)
        .map(decoded -> lines(decoded.text(), most, LINE))
        .orElseGet(() -> List.of("(binary: " + binaryKind(content) + ")"));
  }

  private static Optional<Decoded> decoded(byte[] content) {
    boolean wide = content.length > 1 && isWideMark(content[0], content[1]);
    for (int i = 0; i < Math.min(content.length, PROBE) && !wide; i++) {
      if (content[i] == 0) {
        return Optional.empty();
      }
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(content))
              .toString();
      return Optional.of(
          text.startsWith(BYTE_ORDER_MARK)
              ? new Decoded(text.substring(1), "utf-8-sig (it begins with a byte order mark)")
              : new Decoded(text, "utf-8"));
    } catch (CharacterCodingException _) {
      Charset charset = detected(content);
      String text = new String(content, charset);
      String name = charset.name().toLowerCase(Locale.ROOT);
      return Optional.of(
          new Decoded(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text, name));
    }
  }

  private static boolean isWideMark(byte first, byte second) {
    return (first == (byte) 0xFF && second == (byte) 0xFE)
        || (first == (byte) 0xFE && second == (byte) 0xFF);
  }

  private static Charset detected(byte[] content) {
    try {
      String name = UniversalDetector.detectCharset(new ByteArrayInputStream(content));
      if (name != null && Charset.isSupported(name)) {
        return Charset.forName(name);
      }
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
    return Charset.forName("windows-1252");
  }

  private static String binaryKind(byte[] content) {
    String start =
        new String(content, 0, Math.min(16, content.length), StandardCharsets.ISO_8859_1);
    if (start.startsWith("PK")) {
      return "ZIP archive or Office file; zipfile and xml.etree can read it";
    }
    if (start.startsWith("SQLite format 3")) {
      return "SQLite database";
    }
    if (start.startsWith("%PDF")) {
      return "PDF";
    }
    if (start.startsWith("\u0089PNG")) {
      return "PNG image";
    }
    if (start.startsWith("\u001f\u008b")) {
      return "gzip; the gzip module can read it";
    }
    return start.startsWith("PAR1") ? "Parquet" : "unknown";
  }
}
