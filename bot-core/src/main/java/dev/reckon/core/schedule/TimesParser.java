package dev.reckon.core.schedule;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads times of the day. For use by one thread. */
final class TimesParser {
  private static final LocalTime MORNING = LocalTime.of(9, 0);
  private static final Pattern CLOCK =
      Pattern.compile("(\\d{1,2})(?:[:.](\\d{2}))?\\s?(am|pm|a\\.m\\.|p\\.m\\.|h|uhr)?");
  private static final Map<String, LocalTime> PARTS_OF_DAY =
      Map.of(
          "morning", MORNING,
          "noon", LocalTime.NOON,
          "afternoon", LocalTime.of(14, 0),
          "evening", LocalTime.of(18, 0),
          "night", LocalTime.of(21, 0));

  private final WordCursor words;

  TimesParser(WordCursor words) {
    this.words = words;
  }

  /** Whether a word names a part of the day, such as "evening". */
  static boolean isPartOfDay(String word) {
    return PARTS_OF_DAY.containsKey(word);
  }

  /** When something happens on a day that is called by that word, if no time is said. */
  static LocalTime usual(String word) {
    return PARTS_OF_DAY.getOrDefault(word, MORNING);
  }

  /** The times that the next words say; none, with nothing read, where they say none. */
  List<LocalTime> read() {
    int start = words.position();
    boolean announced = words.skip("at") || words.skip("@") || words.skip("um");
    List<LocalTime> times = new ArrayList<>();
    LocalTime time = time();
    while (time != null) {
      times.add(time);
      boolean comma = words.afterComma();
      int before = words.position();
      boolean and = words.isAnd();
      words.advance(and ? 1 : 0);
      time = and || comma ? time() : null;
      if (time == null) {
        words.back(before);
      }
    }
    if (times.isEmpty() && announced) {
      words.back(start);
    }
    return times;
  }

  private @Nullable LocalTime time() {
    String word = words.word(0);
    LocalTime named =
        word.equals("midnight") ? LocalTime.MIDNIGHT : word.equals("noon") ? LocalTime.NOON : null;
    if (named != null) {
      words.advance(1);
      return named;
    }
    String half = words.word(1).replace(".", "");
    boolean apart = half.equals("am") || half.equals("pm");
    Matcher clock = CLOCK.matcher(apart ? word + half : word);
    if (!clock.matches()) {
      return null;
    }
    words.advance(apart ? 2 : 1);
    words.skip("o'clock");
    words.skip("uhr");
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
}
