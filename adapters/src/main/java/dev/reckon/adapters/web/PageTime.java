package dev.reckon.adapters.web;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as pages show them, in this machine's time zone. */
final class PageTime {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.ENGLISH);

  private PageTime() {}

  static String of(Instant at) {
    return TIME.format(at.atZone(ZoneId.systemDefault()));
  }
}
