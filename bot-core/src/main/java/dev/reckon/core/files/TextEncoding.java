package dev.reckon.core.files;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.mozilla.universalchardet.UniversalDetector;

/** Brings text into UTF-8 without a mark, which is what Python's {@code open} expects. */
final class TextEncoding {
  private static final int PROBE = 8192;

  private TextEncoding() {}

  /** The same text in UTF-8; bytes that are no text stay as they are. */
  static byte[] toUtf8(byte[] content) {
    if (content.length >= 3
        && content[0] == (byte) 0xef
        && content[1] == (byte) 0xbb
        && content[2] == (byte) 0xbf) {
      return Arrays.copyOfRange(content, 3, content.length);
    }
    if (isUtf16(content)) {
      return new String(content, StandardCharsets.UTF_16).getBytes(StandardCharsets.UTF_8);
    }
    if (isBinary(content) || isUtf8(content)) {
      return content;
    }
    return new String(content, detected(content)).getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isUtf16(byte[] content) {
    return content.length >= 2
        && ((content[0] == (byte) 0xfe && content[1] == (byte) 0xff)
            || (content[0] == (byte) 0xff && content[1] == (byte) 0xfe));
  }

  private static boolean isBinary(byte[] content) {
    for (int i = 0; i < Math.min(content.length, PROBE); i++) {
      if (content[i] == 0) {
        return true;
      }
    }
    return startsLike(content, 0x89, 'P', 'N', 'G') || startsLike(content, 0xff, 0xd8, 0xff);
  }

  private static boolean startsLike(byte[] content, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (content.length <= i || (content[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUtf8(byte[] content) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Western European where nothing else is recognised: it is the usual one, and never fails. */
  private static Charset detected(byte[] content) {
    UniversalDetector detector = new UniversalDetector();
    detector.handleData(content, 0, content.length);
    detector.dataEnd();
    String name = detector.getDetectedCharset();
    return name != null && Charset.isSupported(name)
        ? Charset.forName(name)
        : Charset.forName("windows-1252");
  }
}
