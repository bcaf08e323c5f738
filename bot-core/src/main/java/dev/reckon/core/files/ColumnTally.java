package dev.reckon.core.files;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Sees the values of one column go by, and says what they are. Not for use by several threads. */
final class ColumnTally {
  private static final Set<String> NOTHING =
      Set.of("", "na", "n/a", "nan", "null", "none", "nil", "#n/a", "-", "--", "?");
  private static final Set<String> TRUTHS = Set.of("true", "false", "yes", "no");
  private static final int LONGEST_SAMPLE = 40;

  private enum Kind {
    INTEGER,
    NUMBER,
    DRESSED_NUMBER,
    DATE,
    BOOLEAN,
    TEXT
  }

  private final String name;
  private final int most;
  private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
  private final List<String> samples = new ArrayList<>();
  private long nulls;

  /**
   * A tally that has seen nothing.
   *
   * @param most how many different values to remember as samples
   */
  ColumnTally(String name, int most) {
    this.name = name;
    this.most = most;
  }

  void see(String raw) {
    String value = raw.strip();
    if (NOTHING.contains(value.toLowerCase(Locale.ROOT))) {
      nulls++;
      return;
    }
    kinds.add(kind(value));
    if (samples.size() < most) {
      String sample =
          value.length() <= LONGEST_SAMPLE ? value : value.substring(0, LONGEST_SAMPLE) + "…";
      if (!samples.contains(sample)) {
        samples.add(sample);
      }
    }
  }

  void seeNothing() {
    nulls++;
  }

  FileProfile.Column column() {
    return new FileProfile.Column(name, type(), nulls, samples);
  }

  private String type() {
    if (kinds.isEmpty()) {
      return "empty";
    }
    if (kinds.size() == 1) {
      return words(kinds.iterator().next());
    }
    if (kinds.equals(EnumSet.of(Kind.INTEGER, Kind.NUMBER))) {
      return "number";
    }
    boolean someNumbers = kinds.contains(Kind.INTEGER) || kinds.contains(Kind.NUMBER);
    boolean allNumbers = !kinds.contains(Kind.TEXT) && !kinds.contains(Kind.BOOLEAN);
    if (kinds.contains(Kind.DRESSED_NUMBER) && allNumbers && !kinds.contains(Kind.DATE)) {
      return words(Kind.DRESSED_NUMBER);
    }
    return someNumbers ? "text, some of it numbers" : "text";
  }

  private static String words(Kind kind) {
    return switch (kind) {
      case INTEGER -> "integer";
      case NUMBER -> "number";
      case DRESSED_NUMBER -> "number written with signs, such as a currency, % or thousands mark";
      case DATE -> "date";
      case BOOLEAN -> "boolean";
      case TEXT -> "text";
    };
  }

  private static Kind kind(String value) {
    if (isNumber(value)) {
      return value.chars().allMatch(c -> Character.isDigit(c) || c == '-' || c == '+')
          ? Kind.INTEGER
          : Kind.NUMBER;
    }
    if (TRUTHS.contains(value.toLowerCase(Locale.ROOT))) {
      return Kind.BOOLEAN;
    }
    if (isDate(value)) {
      return Kind.DATE;
    }
    StringBuilder bare = new StringBuilder();
    value.codePoints().filter(c -> "$€£¥%, '".indexOf(c) < 0).forEach(bare::appendCodePoint);
    return bare.length() < value.length() && isNumber(bare.toString())
        ? Kind.DRESSED_NUMBER
        : Kind.TEXT;
  }

  static boolean isNumber(String value) {
    if (value.isEmpty() || Character.isLetter(value.charAt(value.length() - 1))) {
      return false; // Java would read 1d and 1f
    }
    try {
      Double.parseDouble(value);
      return value.chars().noneMatch(Character::isWhitespace);
    } catch (NumberFormatException _) {
      return false;
    }
  }

  /** Digits in groups with {@code - / .} between them, perhaps with a time after it. */
  private static boolean isDate(String value) {
    int end = 0;
    int groups = 0;
    int digits = 0;
    while (end < value.length() && end <= "2026-11-24".length()) {
      char c = value.charAt(end);
      if (Character.isDigit(c)) {
        groups += digits == 0 ? 1 : 0;
        digits++;
      } else if ("-/.".indexOf(c) >= 0 && digits > 0) {
        digits = 0;
      } else {
        break;
      }
      end++;
    }
    boolean whole = end == value.length() || " T".indexOf(value.charAt(end)) >= 0;
    return groups == 3 && whole && end >= "1/1/20".length();
  }
}
