package dev.reckon.core.command;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as people read them, in UTC since a team's people live in many zones. */
final class Timestamps {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private Timestamps() {}

  static String of(Instant time) {
    return MINUTE.format(time);
  }
}
