package dev.reckon.core.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.format.TextStyle;
import java.time.temporal.TemporalAdjusters;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Which days something is repeated on. */
public sealed interface Days {
  boolean include(LocalDate day);

  /** In words, without the "every" before them. */
  String words();

  /** All of them. */
  record Daily() implements Days {
    @Override
    public boolean include(LocalDate day) {
      return true;
    }

    @Override
    public String words() {
      return "day";
    }
  }

  /** Certain days of the week. */
  record OfWeek(Set<DayOfWeek> days) implements Days {
    /** Monday to Friday. */
    public static final OfWeek WORKDAYS =
        new OfWeek(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));

    /** Saturday and Sunday. */
    public static final OfWeek WEEKEND =
        new OfWeek(EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY));

    public OfWeek {
      days = Set.copyOf(days);
    }

    @Override
    public boolean include(LocalDate day) {
      return days.contains(day.getDayOfWeek());
    }

    @Override
    public String words() {
      if (equals(WORKDAYS)) {
        return "weekday";
      }
      return joined(new TreeSet<>(days).stream().map(Days::name).toList());
    }
  }

  /**
   * Certain days of each month; one that a month does not have is its last day.
   *
   * @param days 1 to 31, {@link #LAST} for the last one
   */
  record OfMonth(Set<Integer> days) implements Days {
    /** The last day of a month. */
    public static final int LAST = 32;

    public OfMonth {
      days = Set.copyOf(days);
      if (days.isEmpty() || days.stream().anyMatch(day -> day < 1 || day > LAST)) {
        throw new IllegalArgumentException("a month has the days 1 to 31");
      }
    }

    @Override
    public boolean include(LocalDate day) {
      return days.stream()
          .anyMatch(one -> Math.min(one, day.lengthOfMonth()) == day.getDayOfMonth());
    }

    @Override
    public String words() {
      return joined(
              new TreeSet<>(days)
                  .stream().map(day -> day == LAST ? "last day" : day + suffix(day)).toList())
          + " of the month";
    }

    private static String suffix(int day) {
      if (day / 10 == 1) {
        return "th";
      }
      return switch (day % 10) {
        case 1 -> "st";
        case 2 -> "nd";
        case 3 -> "rd";
        default -> "th";
      };
    }
  }

  /**
   * One day of the week in each month, such as its first Monday.
   *
   * @param place 1 to 4, or -1 for the last one
   */
  record WeekdayOfMonth(int place, DayOfWeek day) implements Days {
    private static final List<String> PLACES = List.of("first", "second", "third", "fourth");

    public WeekdayOfMonth {
      if (place != -1 && (place < 1 || place > PLACES.size())) {
        throw new IllegalArgumentException("first to fourth, or last");
      }
    }

    @Override
    public boolean include(LocalDate date) {
      return date.with(TemporalAdjusters.dayOfWeekInMonth(place, day)).equals(date);
    }

    @Override
    public String words() {
      return (place < 0 ? "last" : PLACES.get(place - 1)) + " " + name(day) + " of the month";
    }
  }

  /** The first day of each quarter. */
  record Quarterly() implements Days {
    @Override
    public boolean include(LocalDate day) {
      return day.getDayOfMonth() == 1 && Month.from(day).firstMonthOfQuarter() == Month.from(day);
    }

    @Override
    public String words() {
      return "quarter";
    }
  }

  private static String name(DayOfWeek day) {
    return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private static String joined(List<String> names) {
    return names.size() == 1
        ? names.getFirst()
        : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
  }
}
