package dev.reckon.core.schedule;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the days on which something happens. For use by one thread. */
final class DaysParser {
  private static final Pattern ORDINAL = Pattern.compile("(\\d{1,2})(?:st|nd|rd|th|\\.)");
  private static final Map<String, Integer> PLACES =
      Map.of("first", 1, "second", 2, "third", 3, "fourth", 4, "last", -1);

  private final WordCursor words;

  DaysParser(WordCursor words) {
    this.words = words;
  }

  /** The days that the next words say; null, with nothing read, where they say none. */
  @Nullable Days read() {
    String first = words.word(0);
    if (TimesParser.isPartOfDay(first) || first.equals("day")) {
      words.advance(1);
      return new Days.Daily();
    }
    if (Set.of("working", "business", "work", "week").contains(first) && isDay(words.word(1))) {
      words.advance(2);
      return Days.OfWeek.WORKDAYS;
    }
    if (Set.of("weekday", "weekdays", "workday", "workdays").contains(first)) {
      words.advance(1);
      return Days.OfWeek.WORKDAYS;
    }
    if (Set.of("weekend", "weekends").contains(first)) {
      words.advance(1);
      return Days.OfWeek.WEEKEND;
    }
    if (first.equals("week")) {
      words.advance(1);
      words.skip("on");
      Days chosen = weekdays();
      return chosen == null ? new Days.OfWeek(EnumSet.of(DayOfWeek.MONDAY)) : chosen;
    }
    if (first.equals("quarter")) {
      words.advance(1);
      return new Days.Quarterly();
    }
    if (first.equals("month")) {
      words.advance(1);
      words.skip("on");
      words.skip("the");
      Days chosen = monthDays();
      return chosen == null ? new Days.OfMonth(Set.of(1)) : chosen;
    }
    Days ofWeek = weekdays();
    return ofWeek == null ? monthDays() : ofWeek;
  }

  private static boolean isDay(String word) {
    return word.equals("day") || word.equals("days");
  }

  /** {@code monday}, {@code mon, wed and fri}, {@code monday-friday}, {@code mon to thu}. */
  private @Nullable Days weekdays() {
    EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    boolean more = true;
    while (more && addWeekday(days)) {
      boolean comma = words.afterComma();
      boolean and = words.isAnd() && isWeekday(words.word(1));
      words.advance(and ? 1 : 0);
      more = and || (comma && (isWeekday(words.word(0)) || skipAnd()));
    }
    return days.isEmpty() ? null : new Days.OfWeek(days);
  }

  private boolean skipAnd() {
    boolean and = words.isAnd() && isWeekday(words.word(1));
    words.advance(and ? 1 : 0);
    return and;
  }

  private boolean addWeekday(EnumSet<DayOfWeek> days) {
    String[] ends = words.word(0).split("[-\u2013]", 2);
    DayOfWeek from = weekday(ends[0]);
    if (from == null) {
      return false;
    }
    DayOfWeek to = ends.length > 1 ? weekday(ends[1]) : from;
    if (to == null) {
      return false;
    }
    words.advance(1);
    DayOfWeek last = weekday(words.word(1));
    if (last != null && Set.of("to", "through", "until", "till", "-").contains(words.word(0))) {
      to = last;
      words.advance(2);
    }
    for (DayOfWeek day = from; ; day = day.plus(1)) {
      days.add(day);
      if (day == to) {
        return true;
      }
    }
  }

  private static boolean isWeekday(String word) {
    return weekday(word.split("[-\u2013]", 2)[0]) != null;
  }

  private static @Nullable DayOfWeek weekday(String word) {
    String plain = word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
    if (plain.length() < 3) {
      return null;
    }
    for (DayOfWeek day : DayOfWeek.values()) {
      String name = day.name().toLowerCase(Locale.ROOT);
      boolean shortened =
          (plain.length() <= 5 && name.startsWith(plain))
              || plain.equals(name.substring(0, 3) + "s");
      if (plain.equals(name) || plain.equals(name + "s") || shortened) {
        return day;
      }
    }
    return null;
  }

  /** {@code 15th}, {@code 1st and 15th}, {@code last day}, {@code first monday of the month}. */
  private @Nullable Days monthDays() {
    Integer place = PLACES.get(words.word(0));
    DayOfWeek day = weekday(words.word(1));
    if (place != null && day != null) {
      words.advance(2);
      ofTheMonth();
      return new Days.WeekdayOfMonth(place, day);
    }
    Set<Integer> days = new TreeSet<>();
    while (addMonthDay(days)) {
      if (words.isAnd() && (isMonthDay(0) || isMonthDay(1))) {
        words.advance(1);
      }
    }
    if (days.isEmpty()) {
      return null;
    }
    ofTheMonth();
    return new Days.OfMonth(days);
  }

  private boolean isMonthDay(int ahead) {
    return ORDINAL.matcher(words.word(ahead)).matches() || words.word(ahead).equals("last");
  }

  private boolean addMonthDay(Set<Integer> days) {
    Matcher ordinal = ORDINAL.matcher(words.word(0));
    if (ordinal.matches()) {
      words.advance(1);
      days.add(Integer.parseInt(ordinal.group(1)));
      words.skip("day");
      return true;
    }
    Integer place = PLACES.get(words.word(0));
    boolean ofMonth = words.word(1).equals("of");
    if (place == null || !(isDay(words.word(1)) || ofMonth)) {
      return false;
    }
    words.advance(ofMonth ? 1 : 2);
    days.add(place < 0 ? Days.OfMonth.LAST : place);
    return true;
  }

  private void ofTheMonth() {
    int start = words.position();
    if (words.skip("of") || words.skip("in")) {
      boolean article =
          words.skip("the") || words.skip("each") || words.skip("every") || words.skip("a");
      if (!words.skip("month") && (article || words.position() > start)) {
        words.back(start);
      }
    }
  }
}
