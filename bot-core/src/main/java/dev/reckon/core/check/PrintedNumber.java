package dev.reckon.core.check;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A number in a text.
 *
 * @param readings what it may be, one for each way of writing numbers that it fits; empty when it
 *     has too many digits
 * @param percent whether a percent sign or word follows
 * @param signed whether it is written with a plus or minus sign
 */
record PrintedNumber(List<Reading> readings, boolean percent, boolean signed) {
  /**
   * One way to read a number.
   *
   * @param step half of the last place that is written, by which a rounded value may differ
   */
  record Reading(BigDecimal value, BigDecimal step) {}

  private static final int MOST_DIGITS = 30;

  /** Characters of an exponent, from its letter on: {@code e-308}; a larger one costs memory. */
  private static final int LONGEST_EXPONENT = 5;

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final BigDecimal HALF = new BigDecimal("0.5");

  /** Words that multiply the number before them, as powers of ten. */
  private static final Map<String, Integer> MULTIPLIERS =
      Map.ofEntries(
          Map.entry("k", 3),
          Map.entry("thousand", 3),
          Map.entry("tsd", 3),
          Map.entry("tausend", 3),
          Map.entry("mille", 3),
          Map.entry("mil", 3),
          Map.entry("mio", 6),
          Map.entry("mn", 6),
          Map.entry("million", 6),
          Map.entry("millions", 6),
          Map.entry("millionen", 6),
          Map.entry("millones", 6),
          Map.entry("bn", 9),
          Map.entry("billion", 9),
          Map.entry("billions", 9),
          Map.entry("mrd", 9),
          Map.entry("milliarden", 9),
          Map.entry("milliard", 9),
          Map.entry("milliards", 9));

  /** Whether the word multiplies the number before it. */
  static boolean multiplies(String word) {
    return MULTIPLIERS.containsKey(word);
  }

  /**
   * The number with these digits, grouping marks and exponent.
   *
   * @param continental whether a comma may be the decimal mark
   * @param next the word after it, or empty
   */
  static PrintedNumber of(String text, boolean continental, boolean percent, String next) {
    boolean signed = "+-−".indexOf(text.charAt(0)) >= 0;
    List<Reading> readings = new ArrayList<>();
    if (text.length() <= MOST_DIGITS) {
      String bare = text.replace('−', '-');
      int power = MULTIPLIERS.getOrDefault(next, 0);
      BigDecimal english = value(bare, ',', '.');
      if (english != null) {
        readings.add(reading(english, power));
      }
      BigDecimal other = continental || english == null ? value(bare, '.', ',') : null;
      if (other != null && (english == null || other.compareTo(english) != 0)) {
        readings.add(reading(other, power));
      }
    }
    return new PrintedNumber(List.copyOf(readings), percent, signed);
  }

  private static Reading reading(BigDecimal value, int power) {
    BigDecimal step = HALF.movePointLeft(Math.max(0, value.scale())).movePointRight(power);
    return new Reading(value.movePointRight(power), step);
  }

  /** Null when the text is no number with that grouping and decimal mark. */
  private static @Nullable BigDecimal value(String text, char group, char decimal) {
    int exponent = text.toLowerCase(Locale.ROOT).indexOf('e');
    String mantissa = exponent < 0 ? text : text.substring(0, exponent);
    int mark = mantissa.indexOf(decimal);
    String whole = mark < 0 ? mantissa : mantissa.substring(0, mark);
    boolean marksAfterMark =
        mark >= 0
            && (mantissa.indexOf(decimal, mark + 1) >= 0 || mantissa.indexOf(group, mark + 1) >= 0);
    boolean hugeExponent = exponent >= 0 && text.length() - exponent > LONGEST_EXPONENT;
    if (marksAfterMark || hugeExponent || !isGrouped(whole, group)) {
      return null;
    }
    String plain = without(whole) + (mark < 0 ? "" : "." + mantissa.substring(mark + 1));
    try {
      return new BigDecimal(plain + (exponent < 0 ? "" : text.substring(exponent)));
    } catch (NumberFormatException _) {
      return null;
    }
  }

  /** Whether the mark, where there is one, sets groups of three digits apart. */
  private static boolean isGrouped(String whole, char group) {
    int at = whole.indexOf(group);
    if (at < 0) {
      return true;
    }
    int digits = (int) whole.substring(0, at).chars().filter(Character::isDigit).count();
    boolean right = digits >= 1 && digits <= 3;
    while (right && at >= 0) {
      int next = whole.indexOf(group, at + 1);
      right = (next < 0 ? whole.length() : next) - at == 4;
      at = next;
    }
    return right;
  }

  private static String without(String whole) {
    StringBuilder digits = new StringBuilder();
    whole
        .chars()
        .filter(c -> Character.isDigit(c) || c == '-')
        .forEach(c -> digits.append((char) c));
    return digits.toString();
  }

  /** The number as programs print it. */
  BigDecimal value() {
    return readings.isEmpty() ? BigDecimal.ZERO : readings.getFirst().value();
  }

  /**
   * Whether this number, in a sentence, is the printed one, or that one rounded.
   *
   * @param rounded whether the sentence says that it is about so much
   * @param unsigned whether the sentence says the sign in words
   */
  boolean tells(PrintedNumber printed, boolean rounded, boolean unsigned) {
    for (Reading mine : readings) {
      BigDecimal value = unsigned ? mine.value().abs() : mine.value();
      BigDecimal room = rounded ? mine.step().max(roundness(value)) : mine.step();
      for (Reading given : printed.readings()) {
        BigDecimal other = unsigned ? given.value().abs() : given.value();
        if (percent == printed.percent() && near(value, other, room)) {
          return true;
        }
        boolean fraction =
            percent && !printed.percent() && other.abs().compareTo(BigDecimal.ONE) <= 0;
        if (fraction && near(value, other.multiply(HUNDRED), room)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean near(BigDecimal a, BigDecimal b, BigDecimal room) {
    return a.subtract(b).abs().compareTo(room) <= 0;
  }

  /** Half of the last digit that is not zero. */
  private static BigDecimal roundness(BigDecimal value) {
    int zeros = -value.stripTrailingZeros().scale();
    return zeros <= 0 ? BigDecimal.ZERO : HALF.movePointRight(Math.min(zeros, MOST_DIGITS));
  }
}
