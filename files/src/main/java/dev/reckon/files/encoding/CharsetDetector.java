package dev.reckon.files.encoding;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses among the encodings from before Unicode by what the text would be in each: letters that a
 * language uses, in places where letters stand. Works on a few accented letters, where detectors
 * that count byte pairs have nothing to count. Immutable.
 */
public final class CharsetDetector {
  private static final int SAMPLE = 48 * 1024;

  /** Signs that any text may hold. */
  private static final String SIGNS = "“”„‘’‚–—…€£°§«»·©®½¼¾²³µ±×\u00a0•™´ºª¥¢№、。・，：（）";

  private static final double SIGN = Math.log(0.012);
  private static final double OTHER_LETTER = Math.log(0.0004);
  private static final double OTHER_LETTER_OF_MANY = Math.log(0.00008);

  /** Katakana of half width, which come in runs; a byte each, so two of them for other letters. */
  private static final double HALF_KANA = Math.log(0.02);

  private static final double OTHER_SIGN = Math.log(0.0001);
  private static final double UNDEFINED = Math.log(0.0000001);
  private static final double CAPITAL = Math.log(0.25);
  private static final double IN_A_WRONG_PLACE = Math.log(0.02);

  /**
   * How much less usual an encoding is than its language's first one, and Western European is
   * usual.
   */
  private static final double SECOND_CHOICE = -2.5;

  private static final double WESTERN = 1.5;

  private final List<Language> languages = Language.all();

  /** The encoding that fits best; windows-1252 where nothing else does. */
  public Charset detect(byte[] content) {
    byte[] sample = sample(content);
    Charset best = Charset.forName("windows-1252");
    double most = Double.NEGATIVE_INFINITY;
    Map<Charset, String> decoded = new LinkedHashMap<>();
    for (Language language : languages) {
      for (int i = 0; i < language.charsets().size(); i++) {
        Charset charset = language.charsets().get(i);
        String text = decoded.computeIfAbsent(charset, key -> decode(sample, key));
        if (text.isEmpty()) {
          continue;
        }
        double score = score(text, language);
        score += i == 0 ? 0 : SECOND_CHOICE;
        score += charset.name().equals("windows-1252") ? WESTERN : 0;
        if (score > most) {
          most = score;
          best = charset;
        }
      }
    }
    return best;
  }

  /** Lines with bytes above ASCII, up to a bound: the others say nothing. */
  private static byte[] sample(byte[] content) {
    byte[] kept = new byte[Math.min(content.length, SAMPLE)];
    int size = 0;
    int start = 0;
    boolean high = false;
    for (int i = 0; i <= content.length && size < kept.length; i++) {
      if (i == content.length || content[i] == '\n') {
        int length = Math.min(i - start + (i < content.length ? 1 : 0), kept.length - size);
        if (high) {
          System.arraycopy(content, start, kept, size, length);
          size += length;
        }
        start = i + 1;
        high = false;
      } else {
        high |= content[i] < 0;
      }
    }
    return Arrays.copyOf(kept, size);
  }

  /** The text, or nothing where more than a few bytes are none in this encoding. */
  private static String decode(byte[] sample, Charset charset) {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(sample);
    CharBuffer out = CharBuffer.allocate(sample.length + 16);
    int wrong = 0;
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      if (!result.isError()) {
        return out.flip().toString();
      }
      boolean cutOff = in.remaining() < 4 && sample.length >= SAMPLE - 4;
      wrong += cutOff ? 0 : 1;
      if (wrong > 1 + sample.length / 2000) {
        return "";
      }
      in.position(in.position() + Math.min(in.remaining(), result.length()));
      out.put('\uFFFD');
    }
  }

  private static double score(String text, Language language) {
    double score = 0;
    boolean many = language.letters().size() > 120;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        continue;
      }
      char before = i == 0 ? ' ' : text.charAt(i - 1);
      char after = i + 1 == text.length() ? ' ' : text.charAt(i + 1);
      // Where a letter takes two bytes, another encoding has two to answer for.
      score += of(c, before, after, language, many);
    }
    return score;
  }

  private static double of(char c, char before, char after, Language language, boolean many) {
    Double letter = language.letters().get((int) c);
    if (letter != null) {
      return place(c, before, letter, many);
    }
    Double small = language.letters().get((int) Character.toLowerCase(c));
    if (small != null) {
      boolean inside = Character.isLowerCase(before);
      return small + CAPITAL + (inside ? IN_A_WRONG_PLACE : 0) + place(c, before, 0, many);
    }
    if (SIGNS.indexOf(c) >= 0) {
      boolean inWord = Character.isLetter(before) && Character.isLetter(after) && c != '’';
      return SIGN + (inWord ? IN_A_WRONG_PLACE : 0);
    }
    if (Character.isISOControl(c)
        || !Character.isDefined(c)
        || c == '\uFFFD'
        || (c >= '\uE000' && c < '\uF900')) {
      return UNDEFINED;
    }
    if (isHalfKana(c)) {
      return many && (isHalfKana(before) || isHalfKana(after)) ? HALF_KANA : OTHER_LETTER;
    }
    if (Character.isLetter(c)) {
      // Scripts with thousands of letters know more than the usual ones.
      boolean cjk =
          many
              && (Character.isIdeographic(c)
                  || (c >= 0x3041 && c < 0x3100)
                  || (c >= 0xAC00 && c < 0xD7A4));
      return cjk ? OTHER_LETTER_OF_MANY + 1.5 : OTHER_LETTER;
    }
    return OTHER_SIGN;
  }

  private static boolean isHalfKana(char c) {
    return c >= 0xFF66 && c < 0xFFA0;
  }

  /** Words of one script do not hold letters of another. */
  private static double place(char c, char before, double likely, boolean many) {
    boolean latin = c < 0x250;
    boolean ascii = before < 0x80 && Character.isLetter(before);
    boolean foreign =
        (!latin && !many && ascii) || (latin && before >= 0x370 && Character.isLetter(before));
    return likely + (foreign ? IN_A_WRONG_PLACE : 0);
  }
}
