package dev.reckon.adapters.sql;

import dev.reckon.core.source.DataQuery;
import dev.reckon.core.source.DataQuery.BoundValue;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query as it may run, with the values of the program that it names. Values are bound, so none of
 * them is ever read as SQL.
 *
 * @param sql for a prepared statement
 * @param values in the order of the statement's parameters
 */
record AllowedQuery(String sql, List<BoundValue> values) {
  /** {@link TextGrowth} assumes that no value is longer. */
  private static final int LONGEST_TEXT = 1_000;

  private static final Pattern NAME = Pattern.compile(":([A-Za-z_]\\w*)");

  AllowedQuery {
    values = List.copyOf(values);
  }

  /**
   * Takes the names of values out of a query that was written by {@link SelectWriter}.
   *
   * @throws RefusedQueryException if the program has no such value
   */
  static AllowedQuery of(String written, List<BoundValue> given) {
    StringBuilder sql = new StringBuilder();
    List<BoundValue> values = new ArrayList<>();
    Matcher name = NAME.matcher(written);
    int at = 0;
    while (at < written.length()) {
      int next = QueryCheck.next(written, at);
      if (written.startsWith("::", at)) {
        next = at + 2;
      } else if (next == at + 1 && name.region(at, written.length()).lookingAt()) {
        values.add(value(name.group(1), given));
        sql.append('?');
        at = name.end();
        continue;
      }
      sql.append(written, at, next);
      at = next;
    }
    return new AllowedQuery(sql.toString(), values);
  }

  private static BoundValue value(String name, List<BoundValue> given) {
    BoundValue value =
        given.stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new RefusedQueryException(
                        "the program gives :%s no value; it has to assign a plain text or number once, at its top level, such as %s = \"...\""
                            .formatted(name, name)));
    if (value.text().length() > LONGEST_TEXT) {
      throw new RefusedQueryException(
          "the value of :%s has more than %d characters".formatted(name, LONGEST_TEXT));
    }
    if (value.text().indexOf('\0') >= 0) {
      throw new RefusedQueryException("the value of :%s holds a character 0".formatted(name));
    }
    return value;
  }

  /**
   * Gives a statement its values.
   *
   * @throws RefusedQueryException if the database has no number as large as one of them
   */
  void bind(PreparedStatement statement, Dialect dialect) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      BoundValue value = values.get(i);
      switch (value.type()) {
        case BOOLEAN -> statement.setBoolean(i + 1, Boolean.parseBoolean(value.text()));
        case INTEGER, NUMBER -> number(statement, i + 1, value, dialect);
        case TEXT -> {
          if (dialect == Dialect.POSTGRESQL) {
            // Of no type of its own, as a quoted text in SQL: what it is compared with decides.
            statement.setObject(i + 1, value.text(), Types.OTHER);
          } else {
            statement.setString(i + 1, value.text());
          }
        }
      }
    }
  }

  /** As databases read numbers in SQL: the smallest type that holds it. */
  private static void number(
      PreparedStatement statement, int place, BoundValue value, Dialect dialect)
      throws SQLException {
    BigDecimal number = new BigDecimal(value.text());
    boolean whole = number.scale() == 0;
    if (whole && number.precision() < 10) {
      statement.setInt(place, number.intValueExact());
    } else if (whole && number.precision() < 19) {
      statement.setLong(place, number.longValueExact());
    } else if (dialect == Dialect.SQLITE) {
      sqlite(statement, place, value, number);
    } else {
      statement.setBigDecimal(place, number);
    }
  }

  /** SQLite's driver binds decimals as texts, and each text is greater than each number. */
  private static void sqlite(
      PreparedStatement statement, int place, BoundValue value, BigDecimal number)
      throws SQLException {
    if (value.type() == DataQuery.ValueType.INTEGER) {
      try {
        statement.setLong(place, number.longValueExact());
      } catch (ArithmeticException tooLarge) {
        throw unfit(value, "a whole number between -2^63 and 2^63 - 1");
      }
    } else {
      double closest = number.doubleValue();
      if (Double.isInfinite(closest)) {
        throw unfit(value, "a number below 1.8e308");
      }
      statement.setDouble(place, closest);
    }
  }

  private static RefusedQueryException unfit(BoundValue value, String expected) {
    return new RefusedQueryException(
        "the value of :%s is too large for SQLite; it has to be %s"
            .formatted(value.name(), expected));
  }
}
