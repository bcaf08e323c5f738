package dev.reckon.core.schedule;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what stands behind "every": {@code monday 9:00}, {@code weekday at 8}, {@code 15th}, {@code
 * 2 hours}, {@code last friday of the month at 5 pm Europe/Berlin}. For use by one thread.
 */
public final class RecurrenceParser {
  /** What may be said, for whoever said something else. */
  public static final String FORMS =
      "Say, for example: every hour, every 30 minutes, every day at 18:00, every weekday at 8,"
          + " every monday and thursday 9:00, every 15th 9:00, every last day of the month, every"
          + " first monday of the month, every quarter.";

  private static final LocalTime MORNING = LocalTime.of(9, 0);
  private static final int MOST_TOKENS = 60;
  private static final Pattern TOKEN = Pattern.compile("\\S+");
  private static final Pattern CLOCK =
      Pattern.compile("(\\d{1,2})(?:[:.](\\d{2}))?\\s?(am|pm|a\\.m\\.|p\\.m\\.|h|uhr)?");
  private static final Pattern ORDINAL = Pattern.compile("(\\d{1,2})(?:st|nd|rd|th|\\.)");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");
  private static final Map<String, Integer> PLACES =
      Map.of("first", 1, "second", 2, "third", 3, "fourth", 4, "last", -1);
  private static final Map<String, LocalTime> PARTS_OF_DAY =
      Map.of(
          "morning", MORNING,
          "noon", LocalTime.NOON,
          "afternoon", LocalTime.of(14, 0),
          "evening", LocalTime.of(18, 0),
          "night", LocalTime.of(21, 0));

  /**
   * What was read.
   *
   * @param zone where the times are meant, if that was said
   * @param rest what follows
   */
  public record Spoken(Recurrence recurrence, Optional<ZoneId> zone, String rest) {}

  /** A word, lower case and without a comma or colon at its end, and where it ends in the text. */
  private record Token(String word, int end, boolean comma) {}

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private RecurrenceParser(String text) {
    this.text = text;
    Matcher matcher = TOKEN.matcher(text);
    while (tokens.size() < MOST_TOKENS && matcher.find()) {
      String word = matcher.group().toLowerCase(Locale.ROOT);
      boolean comma = word.endsWith(",");
      boolean ends = comma || (word.endsWith(":") && word.length() > 1);
      tokens.add(
          new Token(ends ? word.substring(0, word.length() - 1) : word, matcher.end(), comma));
    }
  }

  /**
   * Reads as much of the text's beginning as says when; empty when its beginning says no such
   * thing.
   *
   * @param text without the word "every"
   */
  public static Optional<Spoken> read(String text) {
    RecurrenceParser parser = new RecurrenceParser(text);
    try {
      return Optional.ofNullable(parser.recurrence())
          .map(found -> new Spoken(found, parser.zone(), parser.rest()));
    } catch (DateTimeException | IllegalArgumentException _) {
      return Optional.empty(); // 25:00, the 45th
    }
  }

  /**
   * Reads what {@link Recurrence#words} wrote.
   *
   * @throws IllegalArgumentException if it is nothing of the kind
   */
  public static Recurrence stored(String words) {
    return read(words)
        .filter(spoken -> spoken.rest().isEmpty())
        .map(Spoken::recurrence)
        .orElseThrow(() -> new IllegalArgumentException("no recurrence: " + words));
  }

  /** The time zone of that name, in capitals or not. */
  public static Optional<ZoneId> zone(String name) {
    if (name.equalsIgnoreCase("utc") || name.equalsIgnoreCase("gmt")) {
      return Optional.of(ZoneId.of("UTC"));
    }
    return name.indexOf('/') < 0
        ? Optional.empty()
        : ZoneId.getAvailableZoneIds().stream()
            .filter(id -> id.equalsIgnoreCase(name))
            .findFirst()
            .map(ZoneId::of);
  }

  private @Nullable Recurrence recurrence() {
    Recurrence interval = interval();
    if (interval != null) {
      return interval;
    }
    LocalTime usual = PARTS_OF_DAY.getOrDefault(word(0), MORNING);
    Days days = days();
    if (days == null) {
      return null;
    }
    List<LocalTime> times = times();
    return new Recurrence.OnDays(days, times.isEmpty() ? List.of(usual) : times);
  }

  private @Nullable Recurrence interval() {
    int start = at;
    int count = 1;
    if (word(0).equals("half") && isHour(word(1))) {
      at += 2;
      return new Recurrence.Interval(30);
    }
    if (NUMBER.matcher(word(0)).matches()) {
      count = Integer.parseInt(word(0));
      at++;
    }
    if (isHour(word(0)) || isMinute(word(0))) {
      int minutes = isHour(word(0)) ? count * 60 : count;
      at++;
      return new Recurrence.Interval(minutes);
    }
    at = start;
    return null;
  }

  private static boolean isHour(String word) {
    return Set.of("hour", "hours", "h").contains(word);
  }

  private static boolean isMinute(String word) {
    return Set.of("minute", "minutes", "min", "mins").contains(word);
  }

  private @Nullable Days days() {
    String first = word(0);
    if (PARTS_OF_DAY.containsKey(first) || first.equals("day")) {
      at++;
      return new Days.Daily();
    }
    if (Set.of("working", "business", "work", "week").contains(first) && isDay(word(1))) {
      at += 2;
      return Days.OfWeek.WORKDAYS;
    }
    if (Set.of("weekday", "weekdays", "workday", "workdays").contains(first)) {
      at++;
      return Days.OfWeek.WORKDAYS;
    }
    if (Set.of("weekend", "weekends").contains(first)) {
      at++;
      return Days.OfWeek.WEEKEND;
    }
    if (first.equals("week")) {
      at++;
      skip("on");
      Days chosen = weekdays();
      return chosen == null ? new Days.OfWeek(EnumSet.of(DayOfWeek.MONDAY)) : chosen;
    }
    if (first.equals("quarter")) {
      at++;
      return new Days.Quarterly();
    }
    if (first.equals("month")) {
      at++;
      skip("on");
      skip("the");
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
      boolean comma = tokens.get(at - 1).comma();
      boolean and = isAnd(word(0)) && isWeekday(word(1));
      at += and ? 1 : 0;
      more = and || (comma && (isWeekday(word(0)) || skipAnd()));
    }
    return days.isEmpty() ? null : new Days.OfWeek(days);
  }

  private boolean skipAnd() {
    boolean and = isAnd(word(0)) && isWeekday(word(1));
    at += and ? 1 : 0;
    return and;
  }

  private boolean addWeekday(EnumSet<DayOfWeek> days) {
    String[] ends = word(0).split("[-\u2013]", 2);
    DayOfWeek from = weekday(ends[0]);
    if (from == null) {
      return false;
    }
    DayOfWeek to = ends.length > 1 ? weekday(ends[1]) : from;
    if (to == null) {
      return false;
    }
    at++;
    DayOfWeek last = weekday(word(1));
    if (last != null && Set.of("to", "through", "until", "till", "-").contains(word(0))) {
      to = last;
      at += 2;
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
    Integer place = PLACES.get(word(0));
    DayOfWeek day = weekday(word(1));
    if (place != null && day != null) {
      at += 2;
      ofTheMonth();
      return new Days.WeekdayOfMonth(place, day);
    }
    Set<Integer> days = new TreeSet<>();
    while (addMonthDay(days)) {
      if (isAnd(word(0)) && (isMonthDay(0) || isMonthDay(1))) {
        at++;
      }
    }
    if (days.isEmpty()) {
      return null;
    }
    ofTheMonth();
    return new Days.OfMonth(days);
  }

  private boolean isMonthDay(int ahead) {
    return ORDINAL.matcher(word(ahead)).matches() || word(ahead).equals("last");
  }

  private boolean addMonthDay(Set<Integer> days) {
    Matcher ordinal = ORDINAL.matcher(word(0));
    if (ordinal.matches()) {
      at++;
      days.add(Integer.parseInt(ordinal.group(1)));
      skip("day");
      return true;
    }
    Integer place = PLACES.get(word(0));
    boolean ofMonth = word(1).equals("of");
    if (place == null || !(isDay(word(1)) || ofMonth)) {
      return false;
    }
    at += ofMonth ? 1 : 2;
    days.add(place < 0 ? Days.OfMonth.LAST : place);
    return true;
  }

  private void ofTheMonth() {
    int start = at;
    if (skip("of") || skip("in")) {
      boolean article = skip("the") || skip("each") || skip("every") || skip("a");
      if (!skip("month") && (article || at > start)) {
        at = start;
      }
    }
  }

  private List<LocalTime> times() {
    int start = at;
    boolean announced = skip("at") || skip("@") || skip("um");
    List<LocalTime> times = new ArrayList<>();
    LocalTime time = time();
    while (time != null) {
      times.add(time);
      boolean comma = tokens.get(at - 1).comma();
      int before = at;
      boolean and = isAnd(word(0));
      at += and ? 1 : 0;
      time = and || comma ? time() : null;
      if (time == null) {
        at = before;
      }
    }
    if (times.isEmpty() && announced) {
      at = start;
    }
    return times;
  }

  private @Nullable LocalTime time() {
    String word = word(0);
    LocalTime named =
        word.equals("midnight") ? LocalTime.MIDNIGHT : word.equals("noon") ? LocalTime.NOON : null;
    if (named != null) {
      at++;
      return named;
    }
    String half = word(1).replace(".", "");
    boolean apart = half.equals("am") || half.equals("pm");
    Matcher clock = CLOCK.matcher(apart ? word + half : word);
    if (!clock.matches()) {
      return null;
    }
    at += apart ? 2 : 1;
    skip("o'clock");
    skip("uhr");
    int hour = Integer.parseInt(clock.group(1));
    String mark = clock.group(3) == null ? "" : clock.group(3).replace(".", "");
    if (mark.equals("am") || mark.equals("pm")) {
      if (hour < 1 || hour > 12) {
        throw new DateTimeException("12 hours have no " + hour);
      }
      hour = hour % 12 + (mark.equals("pm") ? 12 : 0);
    }
    return LocalTime.of(
        hour == 24 ? 0 : hour, clock.group(2) == null ? 0 : Integer.parseInt(clock.group(2)));
  }

  private Optional<ZoneId> zone() {
    int start = at;
    skip("in");
    Optional<ZoneId> zone = zone(word(0));
    at = zone.isPresent() ? at + 1 : start;
    return zone;
  }

  private String rest() {
    String rest = at == 0 ? text : text.substring(tokens.get(at - 1).end());
    return rest.strip();
  }

  private static boolean isAnd(String word) {
    return word.equals("and") || word.equals("&") || word.equals("+");
  }

  private boolean skip(String word) {
    boolean is = word(0).equals(word);
    at += is ? 1 : 0;
    return is;
  }

  private String word(int ahead) {
    return at + ahead < tokens.size() ? tokens.get(at + ahead).word() : "";
  }
}
