package dev.reckon.adapters.sql;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.StringValue;

/**
 * Bounds how long a query can make a text: what lengthens it (joining texts, replacing by longer
 * ones) may be nested only as far as the factors, multiplied, stay below a limit. A subquery of
 * FROM or WITH counts as nested in what reads it. For one query.
 */
final class TextGrowth {
  private static final double MOST = 20_000;

  /** For a replacement that is no literal, and so has any length. */
  private static final double REPLACED_BY_ANY = 1_000;

  /** For texts of many rows that become one; rows are limited elsewhere. */
  private static final double JOINED_ROWS = 100;

  private double here = 1;
  private double most = 1;
  private double below = 1;

  /**
   * Writes what stands inside something that makes text longer.
   *
   * @throws RefusedQueryException if that would be too much
   */
  String within(double factor, Supplier<String> inside) {
    double before = here;
    here *= factor;
    most = Math.max(most, here);
    if (most * below > MOST) {
      throw new RefusedQueryException(
          "it makes text too long: nest ||, concat, replace and string_agg less, and replace by"
              + " shorter text");
    }
    try {
      return inside.get();
    } finally {
      here = before;
    }
  }

  /** Writes a SELECT whose results others read. */
  <T> T subquery(Supplier<T> select) {
    double outerHere = here;
    double outerMost = most;
    here = 1;
    most = 1;
    T written = select.get();
    below *= most;
    here = outerHere;
    most = outerMost;
    return written;
  }

  /** By how much a function may lengthen its longest argument. */
  static double factor(String function, List<? extends Expression> given) {
    return switch (function.toLowerCase(Locale.ROOT)) {
      case "concat", "concat_ws" -> Math.max(1, given.size());
      case "string_agg", "group_concat", "listagg", "array_agg" -> JOINED_ROWS;
      case "replace" -> given.size() < 3 ? 1 : replaced(given.get(1), given.get(2));
      case "regexp_replace" -> given.size() < 3 ? 1 : matched(given.get(2));
      default -> 1;
    };
  }

  private static double replaced(Expression searched, Expression by) {
    if (!(by instanceof StringValue text)) {
      return REPLACED_BY_ANY;
    }
    int length = searched instanceof StringValue found ? found.getValue().length() : 1;
    return Math.max(1, Math.ceil((double) text.getValue().length() / Math.max(1, length)));
  }

  /** A pattern can match between any two characters, and be repeated in what replaces it. */
  private static double matched(Expression by) {
    return by instanceof StringValue text ? 1.0 + text.getValue().length() : REPLACED_BY_ANY;
  }
}
