package dev.reckon.core.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * When something is repeated, as people say it. {@link #words} is how it is stored: {@link
 * RecurrenceParser} reads the same value from it.
 */
public sealed interface Recurrence {
  /**
   * The first time after that moment.
   *
   * <p>Where clocks are put forward, a time that does not exist that day is as much later as the
   * clocks were moved (2:30 becomes 3:30). Where they are put back, a time that exists twice counts
   * once, the first time.
   */
  Instant next(Instant after, ZoneId zone);

  /** In words, without the "every" before them. */
  String words();

  /** The shortest time between two of its times on a day without a change of clocks. */
  Duration shortest();

  /** The next times in order. */
  default List<Instant> next(Instant after, ZoneId zone, int count) {
    List<Instant> times = new ArrayList<>();
    Instant last = after;
    while (times.size() < count) {
      last = next(last, zone);
      times.add(last);
    }
    return List.copyOf(times);
  }

  /**
   * Every so many minutes, counted from midnight in the zone: every 2 hours is at 0:00, 2:00, 4:00.
   *
   * @param minutes 1 to 1440
   */
  record Interval(int minutes) implements Recurrence {
    private static final int HOUR = 60;
    private static final int DAY = 24 * HOUR;

    public Interval {
      if (minutes < 1 || minutes > DAY) {
        throw new IllegalArgumentException("an interval is 1 minute to 24 hours");
      }
    }

    @Override
    public Instant next(Instant after, ZoneId zone) {
      LocalDate day = after.atZone(zone).toLocalDate();
      while (true) {
        for (LocalDateTime time = day.atStartOfDay();
            time.toLocalDate().equals(day);
            time = time.plusMinutes(minutes)) {
          for (ZoneOffset offset : offsets(time, zone)) {
            Instant instant = time.toInstant(offset);
            if (instant.isAfter(after)) {
              return instant;
            }
          }
        }
        day = day.plusDays(1);
      }
    }

    /**
     * An hour that does not exist is left out. One that exists twice counts twice where it is no
     * shorter than the interval: after "every hour" an hour must not be missing.
     */
    private List<ZoneOffset> offsets(LocalDateTime time, ZoneId zone) {
      List<ZoneOffset> valid = zone.getRules().getValidOffsets(time);
      return minutes <= HOUR || valid.size() < 2 ? valid : valid.subList(0, 1);
    }

    @Override
    public String words() {
      if (minutes % HOUR != 0) {
        return minutes == 1 ? "minute" : minutes + " minutes";
      }
      return minutes == HOUR ? "hour" : minutes / HOUR + " hours";
    }

    @Override
    public Duration shortest() {
      return Duration.ofMinutes(minutes);
    }
  }

  /**
   * At these times of certain days.
   *
   * @param times in order, at least one
   */
  record OnDays(Days days, List<LocalTime> times) implements Recurrence {
    /** Longer than any recurrence leaves out: the 29th of February across a year like 2100. */
    private static final int MOST_DAYS = 366 * 9;

    public OnDays {
      SortedSet<LocalTime> sorted = new TreeSet<>(times);
      if (sorted.isEmpty()) {
        throw new IllegalArgumentException("a time of day is needed");
      }
      times = List.copyOf(sorted);
    }

    @Override
    public Instant next(Instant after, ZoneId zone) {
      LocalDate day = after.atZone(zone).toLocalDate();
      for (int i = 0; i < MOST_DAYS; i++, day = day.plusDays(1)) {
        if (days.include(day)) {
          for (LocalTime time : times) {
            Instant instant = day.atTime(time).atZone(zone).toInstant();
            if (instant.isAfter(after)) {
              return instant;
            }
          }
        }
      }
      throw new IllegalStateException("no such day: " + days);
    }

    @Override
    public String words() {
      return days.words()
          + " at "
          + String.join(
              " and ",
              times.stream()
                  .map(
                      time ->
                          String.format(Locale.ROOT, "%d:%02d", time.getHour(), time.getMinute()))
                  .toList());
    }

    @Override
    public Duration shortest() {
      Duration shortest = Duration.ofDays(1);
      for (int i = 0; i < times.size(); i++) {
        Duration pause =
            i == 0
                ? Duration.between(times.getLast(), times.getFirst()).plusDays(1)
                : Duration.between(times.get(i - 1), times.get(i));
        shortest = pause.compareTo(shortest) < 0 ? pause : shortest;
      }
      return shortest;
    }
  }
}
