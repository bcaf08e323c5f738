package dev.reckon.core.schedule;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");

  /**
   * What was read.
   *
   * @param zone where the times are meant, if that was said
   * @param rest what follows
   */
  public record Spoken(Recurrence recurrence, Optional<ZoneId> zone, String rest) {}

  private final WordCursor words;

  private RecurrenceParser(WordCursor words) {
    this.words = words;
  }

  /**
   * Reads as much of the text's beginning as says when; empty when its beginning says no such
   * thing.
   *
   * @param text without the word "every"
   */
  public static Optional<Spoken> read(String text) {
    RecurrenceParser parser = new RecurrenceParser(new WordCursor(text));
    try {
      return Optional.ofNullable(parser.recurrence())
          .map(found -> new Spoken(found, parser.zone(), parser.words.rest()));
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
    LocalTime usual = TimesParser.usual(words.word(0));
    Days days = new DaysParser(words).read();
    if (days == null) {
      return null;
    }
    List<LocalTime> times = new TimesParser(words).read();
    return new Recurrence.OnDays(days, times.isEmpty() ? List.of(usual) : times);
  }

  private @Nullable Recurrence interval() {
    int start = words.position();
    int count = 1;
    if (words.word(0).equals("half") && isHour(words.word(1))) {
      words.advance(2);
      return new Recurrence.Interval(30);
    }
    if (NUMBER.matcher(words.word(0)).matches()) {
      count = Integer.parseInt(words.word(0));
      words.advance(1);
    }
    if (isHour(words.word(0)) || isMinute(words.word(0))) {
      int minutes = isHour(words.word(0)) ? count * 60 : count;
      words.advance(1);
      return new Recurrence.Interval(minutes);
    }
    words.back(start);
    return null;
  }

  private static boolean isHour(String word) {
    return Set.of("hour", "hours", "h").contains(word);
  }

  private static boolean isMinute(String word) {
    return Set.of("minute", "minutes", "min", "mins").contains(word);
  }

  private Optional<ZoneId> zone() {
    int start = words.position();
    words.skip("in");
    Optional<ZoneId> zone = zone(words.word(0));
    words.back(zone.isPresent() ? words.position() + 1 : start);
    return zone;
  }
}
