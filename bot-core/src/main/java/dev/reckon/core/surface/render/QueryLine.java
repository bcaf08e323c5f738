package dev.reckon.core.surface.render;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Truncation;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A query on one line: source, rows, time and SQL. The program, where it is shown, has all of it.
 */
public final class QueryLine {
  private static final int LONGEST = 600;
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private QueryLine() {}

  /** Visible text in the sense of {@link Sanitizer#visible}, at most 600 characters. */
  public static String of(Block.Query query, Language language) {
    String line =
        Label.QUERIED_ROWS.in(
            language,
            Sanitizer.oneLine(query.source()),
            query.rows(),
            WHEN.format(query.at()),
            Sanitizer.oneLine(query.sql()));
    return Truncation.cut(line, LONGEST);
  }
}
