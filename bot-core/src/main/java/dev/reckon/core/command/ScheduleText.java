package dev.reckon.core.command;

import dev.reckon.core.message.Truncation;
import dev.reckon.core.store.Schedule;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What people read of schedules. */
final class ScheduleText {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm", Locale.ENGLISH);
  private static final int LONGEST_VALUE = 60;

  private ScheduleText() {}

  /** A time in a zone, without the zone. */
  static String time(Instant time, ZoneId zone) {
    return WHEN.format(time.atZone(zone));
  }

  /** A watched value, cut when it is long. */
  static String value(String value) {
    return Truncation.cut(value, LONGEST_VALUE);
  }

  /** What a schedule does and when. */
  static String summary(Schedule schedule) {
    String when = "every " + schedule.recurrence();
    return schedule.isAlert()
        ? "%s, alert when %s %s".formatted(when, schedule.task(), schedule.watch())
        : when + ", " + schedule.task();
  }
}
