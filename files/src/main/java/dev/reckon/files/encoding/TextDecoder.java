package dev.reckon.files.encoding;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Turns bytes into text where they are text. Immutable. */
public final class TextDecoder {
  private static final int PROBE = 64 * 1024;
  private static final Charset UTF_32LE = Charset.forName("UTF-32LE");
  private static final Charset UTF_32BE = Charset.forName("UTF-32BE");

  private final CharsetDetector detector = new CharsetDetector();

  /**
   * Text, without a byte order mark and without NUL characters.
   *
   * @param encoding it was stored in, in lower case, such as {@code windows-1252}
   * @param mark whether it began with a byte order mark
   * @param replaced bytes that are no text in that encoding; each became U+FFFD
   * @param nuls NUL characters that were taken out
   */
  public record DecodedText(String text, String encoding, boolean mark, long replaced, long nuls) {}

  /** The text; empty when the bytes are something else. */
  public Optional<DecodedText> decode(byte[] content) {
    if (begins(content, 0xEF, 0xBB, 0xBF)) {
      return Optional.of(decoded(content, 3, StandardCharsets.UTF_8, true));
    }
    if (begins(content, 0xFF, 0xFE, 0, 0) && content.length % 4 == 0) {
      return Optional.of(decoded(content, 4, UTF_32LE, true));
    }
    if (begins(content, 0, 0, 0xFE, 0xFF)) {
      return Optional.of(decoded(content, 4, UTF_32BE, true));
    }
    if (begins(content, 0xFF, 0xFE)) {
      return Optional.of(decoded(content, 2, StandardCharsets.UTF_16LE, true));
    }
    if (begins(content, 0xFE, 0xFF)) {
      return Optional.of(decoded(content, 2, StandardCharsets.UTF_16BE, true));
    }
    if (!BinaryKind.of(content).isEmpty()) {
      return Optional.empty();
    }
    Optional<Charset> wide = wide(content);
    if (wide.isPresent()) {
      DecodedText text = decoded(content, 0, wide.get(), false);
      if (!holdsControls(text.text())) {
        return Optional.of(text);
      }
    }
    return isBinary(content) ? Optional.empty() : Optional.of(narrow(content));
  }

  private DecodedText narrow(byte[] content) {
    if (begins(content, 0x1B, '$') || indexOf(content, 0x1B, '$', 'B') >= 0) {
      return decoded(content, 0, Charset.forName("ISO-2022-JP"), false);
    }
    Utf8 utf8 = Utf8.count(content);
    // A few bad bytes among many good letters are damage, not another encoding.
    if (utf8.bad == 0 || utf8.good > utf8.bad) {
      return decoded(content, 0, StandardCharsets.UTF_8, false);
    }
    return decoded(content, 0, detector.detect(content), false);
  }

  private static DecodedText decoded(byte[] content, int from, Charset charset, boolean mark) {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(content, from, content.length - from);
    CharBuffer out = CharBuffer.allocate(8 * 1024);
    StringBuilder text = new StringBuilder(content.length - from);
    long replaced = 0;
    long nuls = 0;
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      out.flip();
      for (int i = 0; i < out.length(); i++) {
        nuls += out.charAt(i) == 0 ? 1 : 0;
      }
      text.append(out);
      out.clear();
      if (result.isUnderflow()) {
        break;
      }
      if (result.isError()) {
        int length = Math.min(in.remaining(), result.length());
        in.position(in.position() + length);
        text.append('\uFFFD');
        replaced += length;
      }
    }
    String plain = nuls == 0 ? text.toString() : text.toString().replace("\0", "");
    int marks = 0; // programs that put files together leave the marks of both at the beginning
    while (marks < plain.length() && plain.charAt(marks) == '\uFEFF') {
      marks++;
    }
    return new DecodedText(
        plain.substring(marks),
        charset.name().toLowerCase(Locale.ROOT),
        mark || marks > 0,
        replaced,
        nuls);
  }

  /** Whether more than one in ten characters is a control character, which no text has. */
  private static boolean holdsControls(String text) {
    int controls = 0;
    int length = Math.min(text.length(), PROBE);
    for (int i = 0; i < length; i++) {
      controls += text.charAt(i) < ' ' && !Character.isWhitespace(text.charAt(i)) ? 1 : 0;
    }
    return controls * 10 > length;
  }

  /** UTF-16 or UTF-32 without a mark, by where their zeros stand. */
  private static Optional<Charset> wide(byte[] content) {
    int length = Math.min(content.length, PROBE) & ~3;
    if (length < 4) {
      return Optional.empty();
    }
    int[] zeros = new int[4];
    for (int i = 0; i < length; i++) {
      zeros[i & 3] += content[i] == 0 ? 1 : 0;
    }
    int quarter = length / 4;
    if (zeros[3] == quarter
        && zeros[2] >= quarter * 0.9
        && zeros[0] == 0
        && content.length % 4 == 0) {
      return Optional.of(UTF_32LE);
    }
    if (zeros[0] == quarter
        && zeros[1] >= quarter * 0.9
        && zeros[3] == 0
        && content.length % 4 == 0) {
      return Optional.of(UTF_32BE);
    }
    double low = (zeros[0] + zeros[2]) / (2.0 * quarter);
    double high = (zeros[1] + zeros[3]) / (2.0 * quarter);
    if (high > 0.2 && low < 0.02 && content.length % 2 == 0) {
      return Optional.of(StandardCharsets.UTF_16LE);
    }
    if (low > 0.2 && high < 0.02 && content.length % 2 == 0) {
      return Optional.of(StandardCharsets.UTF_16BE);
    }
    return Optional.empty();
  }

  /** Text may hold a few control characters; something else holds many. */
  private static boolean isBinary(byte[] content) {
    int length = Math.min(content.length, PROBE);
    int controls = 0;
    for (int i = 0; i < length; i++) {
      byte b = content[i];
      boolean usual = b == '\n' || b == '\r' || b == '\t' || b == '\f' || b == 0x1B || b == 0x1A;
      controls += b >= 0 && b < 0x20 && b != 1 && !usual ? 1 : 0;
    }
    return controls > 2 + length / 10;
  }

  private static boolean begins(byte[] content, int... magic) {
    return BinaryKind.begins(content, magic);
  }

  private static int indexOf(byte[] content, int... wanted) {
    int length = Math.min(content.length, PROBE) - wanted.length;
    for (int i = 0; i <= length; i++) {
      int k = 0;
      while (k < wanted.length && (content[i + k] & 0xff) == wanted[k]) {
        k++;
      }
      if (k == wanted.length) {
        return i;
      }
    }
    return -1;
  }

  /** How many letters above ASCII are well-formed UTF-8, and how many bytes are not. */
  private record Utf8(long good, long bad) {
    static Utf8 count(byte[] content) {
      long good = 0;
      long bad = 0;
      int i = 0;
      while (i < content.length) {
        int b = content[i] & 0xff;
        int more =
            b < 0x80
                ? 0
                : b >= 0xC2 && b < 0xE0
                    ? 1
                    : b >= 0xE0 && b < 0xF0 ? 2 : b >= 0xF0 && b < 0xF5 ? 3 : -1;
        int k = 1;
        while (k <= more && i + k < content.length && (content[i + k] & 0xC0) == 0x80) {
          k++;
        }
        if (more < 0 || k <= more) {
          bad++;
        } else if (more > 0) {
          good++;
        }
        i += Math.max(1, more < 0 ? 1 : k);
      }
      return new Utf8(good, bad);
    }
  }
}
