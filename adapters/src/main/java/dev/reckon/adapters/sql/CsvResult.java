package dev.reckon.adapters.sql;

import dev.reckon.adapters.sql.SourceSettings.Limits;
import dev.reckon.core.source.QueryResult;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a result as CSV (RFC 4180, UTF-8, line feeds), within limits. NULL is an empty field. */
final class CsvResult {
  private final Limits limits;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private CsvResult(Limits limits) {
    this.limits = limits;
  }

  /**
   * The result, or why it has too many rows.
   *
   * @throws RefusedQueryException if a column holds what is no text, or the result is too large
   */
  static QueryResult of(ResultSet rows, Limits limits) throws SQLException {
    return new CsvResult(limits).written(rows);
  }

  private QueryResult written(ResultSet rows) throws SQLException {
    ResultSetMetaData about = rows.getMetaData();
    int columns = about.getColumnCount();
    Set<String> names = new HashSet<>();
    for (int i = 1; i <= columns; i++) {
      String label = about.getColumnLabel(i);
      if (!names.add(label)) {
        throw new RefusedQueryException(
            "two of its columns are called " + label + "; give each a name of its own with AS");
      }
      cell(i, label);
    }
    out.write('\n');
    long count = 0;
    while (rows.next()) {
      if (++count > limits.rows()) {
        return new QueryResult.Refused(
            "it yields more than "
                + limits.rows()
                + " rows (query.rows); filter or aggregate in the query");
      }
      for (int i = 1; i <= columns; i++) {
        cell(i, value(rows, about, i));
      }
      out.write('\n');
    }
    return new QueryResult.Fetched(out.toByteArray(), count);
  }

  private void cell(int column, String text) {
    bounded(text.length());
    boolean quoted = text.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
    byte[] written =
        (quoted ? '"' + text.replace("\"", "\"\"") + '"' : text).getBytes(StandardCharsets.UTF_8);
    // With a separator or the end of the line.
    bounded(written.length + 1L);
    if (column > 1) {
      out.write(',');
    }
    out.writeBytes(written);
  }

  /** Refuses what would make the result too large, before it is made. */
  private void bounded(long more) {
    if (out.size() + more > limits.bytes()) {
      throw new RefusedQueryException(
          "it yields more than "
              + (limits.bytes() >> 20)
              + " MiB (query.mib); name fewer columns, filter or aggregate in the query");
    }
  }

  private String value(ResultSet rows, ResultSetMetaData about, int column) throws SQLException {
    if (about.getColumnTypeName(column).equalsIgnoreCase("timestamptz")) {
      OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
      return time == null ? "" : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }
    return text(rows.getObject(column));
  }

  private String text(@Nullable Object value) throws SQLException {
    return switch (value) {
      case null -> "";
      case BigDecimal number -> number.toPlainString();
      case Timestamp time -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time.toLocalDateTime());
      case Array array -> array.toString();
      case byte[] _ -> throw binary();
      case Blob _ -> throw binary();
      case Clob text -> {
        bounded(text.length());
        yield text.getSubString(1, (int) text.length());
      }
      default -> value.toString();
    };
  }

  private static RefusedQueryException binary() {
    return new RefusedQueryException("a column holds binary data; leave it out");
  }
}
