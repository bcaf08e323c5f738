package dev.reckon.files.table;

import dev.reckon.files.limit.Excerpts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Sees the values of one column go by and says what they are. Its size does not grow with the
 * number of values. Not thread-safe.
 */
public final class ColumnTally {
  private static final int LONGEST_SAMPLE = 40;
  private static final int MOST_FORMATS = 4;

  /** Digits that a binary double keeps. */
  private static final int EXACT_DIGITS = 15;

  /** What the values have in common. */
  public enum Type {
    EMPTY,
    INTEGER,
    NUMBER,
    FORMATTED_NUMBER,
    CODE,
    DATE,
    TIME,
    BOOLEAN,
    TEXT,
    MIXED
  }

  private final int mostSamples;
  private final List<String> samples = new ArrayList<>();
  private final KindCounts kinds = new KindCounts();
  private final Map<String, Long> dateFormats = new LinkedHashMap<>();
  private final DistinctCount distinct = new DistinctCount();
  private long decimals;
  private long leadingZeros;
  private long longNumbers;
  private long decimalCommas;
  private long decimalPoints;
  private long ambiguousMarks;
  private long percents;
  private long currencies;
  private long parentheses;
  private long minusAfter;
  private long days;
  private long grouped;
  private char group;
  private String currency = "";
  private long dayFirst;
  private long monthFirst;

  /**
   * A tally that has seen nothing.
   *
   * @param mostSamples how many different values to remember
   */
  public ColumnTally(int mostSamples) {
    this.mostSamples = mostSamples;
  }

  /** Takes the next value. */
  public void see(String raw) {
    String value = raw.strip();
    ValueKind kind = kind(value);
    kinds.add(kind);
    if (kind == ValueKind.NOTHING) {
      return;
    }
    distinct.see(value);
    if (samples.size() < mostSamples) {
      String sample = Excerpts.cut(value, LONGEST_SAMPLE);
      if (!samples.contains(sample)) {
        samples.add(sample);
      }
    }
  }

  /** Takes a value that its row is too short for. */
  public void seeNothing() {
    kinds.add(ValueKind.NOTHING);
  }

  /** The value's kind; numbers and dates are read once, for how they are written too. */
  private ValueKind kind(String value) {
    if (ValueKind.isNothing(value)) {
      return ValueKind.NOTHING;
    }
    NumberNotation number = NumberNotation.of(value);
    if (number != null) {
      seeNumber(number);
      parentheses += value.startsWith("(") ? 1 : 0;
      minusAfter += value.endsWith("-") ? 1 : 0;
      days += isDay(value) ? 1 : 0;
      return ValueKind.NUMBER;
    }
    DateNotation date = DateNotation.of(value);
    if (date != null) {
      seeDate(date);
      return date.hasDate() ? ValueKind.DATE : ValueKind.TIME;
    }
    return ValueKind.isTruth(value) ? ValueKind.BOOLEAN : ValueKind.TEXT;
  }

  /** Eight digits that are a day between 1900 and 2099. */
  private static boolean isDay(String value) {
    if (value.length() != 8 || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return false;
    }
    int month = Integer.parseInt(value, 4, 6, 10);
    int day = Integer.parseInt(value, 6, 8, 10);
    boolean century = value.startsWith("19") || value.startsWith("20");
    return century && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  }

  private void seeNumber(NumberNotation form) {
    decimals += form.whole() ? 0 : 1;
    leadingZeros += form.leadingZero() ? 1 : 0;
    longNumbers += form.whole() && form.digits() > EXACT_DIGITS ? 1 : 0;
    decimalCommas += form.decimal() == ',' ? 1 : 0;
    decimalPoints += form.decimal() == '.' ? 1 : 0;
    ambiguousMarks += form.ambiguous() ? 1 : 0;
    percents += form.percent() ? 1 : 0;
    if (form.group() != 0 && !form.ambiguous()) {
      grouped++;
      group = form.group();
    }
    if (!form.currency().isEmpty()) {
      currencies++;
      currency = form.currency();
    }
  }

  private void seeDate(DateNotation form) {
    if (form.first() > 0) {
      dayFirst += form.first() > 12 ? 1 : 0;
      monthFirst += form.second() > 12 ? 1 : 0;
    }
    if (dateFormats.size() < MOST_FORMATS || dateFormats.containsKey(form.format())) {
      dateFormats.merge(form.format(), 1L, Long::sum);
    }
  }

  /** How many values are empty or stand for nothing. */
  public long nulls() {
    return count(ValueKind.NOTHING);
  }

  /** About how many different values there are; 1,000 for that many and more. */
  public int distinct() {
    return distinct.estimate();
  }

  /** A few different values, as they are written. */
  public List<String> samples() {
    return List.copyOf(samples);
  }

  /** What the values have in common. */
  public Type type() {
    long all = values();
    if (all == 0) {
      return Type.EMPTY;
    }
    if (count(ValueKind.NUMBER) == all) {
      if ((leadingZeros > 0 && decimals == 0) || (longNumbers > 0 && decimals == 0)) {
        return Type.CODE;
      }
      if (isFormatted()) {
        return Type.FORMATTED_NUMBER;
      }
      return decimals == 0 ? Type.INTEGER : Type.NUMBER;
    }
    if (count(ValueKind.DATE) == all) {
      return Type.DATE;
    }
    if (count(ValueKind.TIME) == all) {
      return Type.TIME;
    }
    if (count(ValueKind.BOOLEAN) == all) {
      return Type.BOOLEAN;
    }
    if (count(ValueKind.TEXT) + count(ValueKind.BOOLEAN) == all) {
      return Type.TEXT;
    }
    return Type.MIXED;
  }

  /** The type and what matters for reading it, without any value of the column. */
  public String words() {
    return switch (type()) {
      case EMPTY -> "empty";
      case INTEGER ->
          days == count(ValueKind.NUMBER) ? "integer; each may be a date, YYYYMMDD" : "integer";
      case NUMBER -> "number";
      case FORMATTED_NUMBER -> numberWords();
      case CODE ->
          leadingZeros > 0
              ? "code: digits with leading zeros that carry meaning, read it as text"
              : "code: more digits than a float keeps, read it as text or int";
      case DATE, TIME -> dateWords();
      case BOOLEAN -> "boolean";
      case TEXT -> "text";
      case MIXED -> mixedWords();
    };
  }

  private boolean isFormatted() {
    return percents
            + currencies
            + grouped
            + decimalCommas
            + ambiguousMarks
            + parentheses
            + minusAfter
        > 0;
  }

  private String numberWords() {
    List<String> words = new ArrayList<>();
    if (currencies > 0) {
      words.add("currency " + currency + share(currencies));
    }
    if (percents > 0) {
      words.add("percent sign" + share(percents));
    }
    if (parentheses > 0) {
      words.add("parentheses for minus");
    }
    if (minusAfter > 0) {
      words.add("the minus sign after the digits");
    }
    boolean comma = decimalCommas > 0 || (group == '.' && grouped > 0);
    if (decimalCommas > 0 && decimalPoints > 0) {
      words.add("decimal commas in some values and decimal points in others");
    } else if (comma) {
      words.add("decimal comma");
    }
    if (grouped > 0) {
      words.add(name(group) + " as thousands mark");
    } else if (ambiguousMarks > 0) {
      words.add(
          decimalCommas > 0
              ? "some values with three digits after the comma"
              : decimalPoints > 0 || currencies > 0 || ambiguousMarks < count(ValueKind.NUMBER)
                  ? "comma as thousands mark"
                  : "a comma before three digits: thousands mark, or decimal comma");
    }
    return (decimals == 0 && !comma ? "integer" : "number") + " with " + String.join(", ", words);
  }

  private String dateWords() {
    List<String> formats =
        dateFormats.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .map(entry -> order(entry.getKey()))
            .toList();
    String kind = type() == Type.TIME ? "time" : "date";
    if (formats.size() > 1) {
      return kind + " in several formats: " + String.join(" and ", formats);
    }
    return kind + ", " + (formats.isEmpty() ? "" : formats.getFirst());
  }

  private String order(String format) {
    if (format.indexOf('?') < 0) {
      return format;
    }
    if (dayFirst > 0 && monthFirst > 0) {
      return blanks(format, "??", "??") + ", some with the day first and some with the month first";
    }
    if (dayFirst > 0) {
      return blanks(format, "DD", "MM");
    }
    return monthFirst > 0
        ? blanks(format, "MM", "DD")
        : "%s or %s: no value shows which"
            .formatted(blanks(format, "DD", "MM"), blanks(format, "MM", "DD"));
  }

  private static String blanks(String format, String first, String second) {
    int mark = format.indexOf('?');
    return format.substring(0, mark)
        + first
        + format.charAt(mark + 1)
        + second
        + format.substring(mark + 3);
  }

  private String mixedWords() {
    List<String> shares = new ArrayList<>();
    List.of(ValueKind.NUMBER, ValueKind.DATE, ValueKind.TIME, ValueKind.BOOLEAN, ValueKind.TEXT)
        .stream()
        .filter(kind -> count(kind) > 0)
        .sorted(Comparator.comparingLong((ValueKind kind) -> count(kind)).reversed())
        .forEach(
            kind -> shares.add(percent(count(kind)) + " " + kind.name().toLowerCase(Locale.ROOT)));
    String words = "mixed: " + String.join(", ", shares);
    if (count(ValueKind.NUMBER) * 2 > values()) {
      words += leadingZeros > 0 ? "; leading zeros carry meaning" : "";
      words +=
          isFormatted() ? "; numbers with " + numberWords().replaceFirst("^\\w+ with ", "") : "";
    }
    return words;
  }

  private String share(long some) {
    return some == count(ValueKind.NUMBER) ? "" : " in " + percent(some) + " of the values";
  }

  private String percent(long some) {
    long all = values();
    double share = 100.0 * some / all;
    return share < 1
        ? "under 1 %"
        : share > 99 && some < all ? "over 99 %" : Math.round(share) + " %";
  }

  private long values() {
    return kinds.values();
  }

  private long count(ValueKind kind) {
    return kinds.of(kind);
  }

  private static String name(char mark) {
    return switch (mark) {
      case ',' -> "comma";
      case '.' -> "point";
      case ' ' -> "blank";
      default -> "apostrophe";
    };
  }
}
