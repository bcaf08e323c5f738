package dev.reckon.adapters.sql;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Functions and types that queries may use: what computes from its arguments alone. Whatever reads
 * files, settings or other tables, sleeps, repeats text or makes rows is not among them. What may
 * lengthen a text is bounded by {@link TextGrowth}.
 */
final class AllowedNames {
  private static final Set<String> FUNCTIONS =
      Set.of(
          // aggregates and windows
          "count",
          "sum",
          "avg",
          "min",
          "max",
          "total",
          "median",
          "mode",
          "stddev",
          "stddev_pop",
          "stddev_samp",
          "variance",
          "var_pop",
          "var_samp",
          "corr",
          "covar_pop",
          "covar_samp",
          "regr_slope",
          "regr_intercept",
          "regr_r2",
          "percentile_cont",
          "percentile_disc",
          "bool_and",
          "bool_or",
          "every",
          "string_agg",
          "group_concat",
          "listagg",
          "array_agg",
          "row_number",
          "rank",
          "dense_rank",
          "percent_rank",
          "cume_dist",
          "ntile",
          "lag",
          "lead",
          "first_value",
          "last_value",
          "nth_value",
          "rollup",
          "cube",
          "grouping",
          // numbers
          "abs",
          "ceil",
          "ceiling",
          "floor",
          "round",
          "trunc",
          "sign",
          "mod",
          "power",
          "pow",
          "sqrt",
          "exp",
          "ln",
          "log",
          "log10",
          "log2",
          "greatest",
          "least",
          "width_bucket",
          "div",
          // text
          "lower",
          "upper",
          "initcap",
          "length",
          "char_length",
          "character_length",
          "octet_length",
          "trim",
          "ltrim",
          "rtrim",
          "btrim",
          "substr",
          "substring",
          "left",
          "right",
          "position",
          "strpos",
          "instr",
          "concat",
          "concat_ws",
          "replace",
          "split_part",
          "reverse",
          "regexp_match",
          "regexp_replace",
          "regexp_substr",
          "starts_with",
          "unicode",
          "ascii",
          "to_char",
          "to_number",
          "to_date",
          "to_timestamp",
          "unaccent",
          // dates
          "date",
          "time",
          "datetime",
          "julianday",
          "strftime",
          "unixepoch",
          "timediff",
          "date_trunc",
          "date_part",
          "extract",
          "age",
          "make_date",
          "now",
          "justify_days",
          "justify_interval",
          "year",
          "month",
          "day",
          "quarter",
          "week",
          "weekday",
          "dayofweek",
          "dayofmonth",
          "dayofyear",
          "hour",
          "minute",
          "second",
          "datediff",
          "dateadd",
          "date_add",
          "date_sub",
          "last_day",
          "date_format",
          // choices
          "coalesce",
          "nullif",
          "ifnull",
          "iif",
          "nvl",
          "if",
          "typeof",
          // JSON values
          "json_extract",
          "json_array_length",
          "json_extract_path_text",
          "jsonb_extract_path_text",
          "jsonb_array_length",
          "json_type");

  private static final Pattern TYPE =
      Pattern.compile(
          "(?:text|varchar|char|character|character"
              + " varying|nvarchar|string|int|int2|int4|int8|integer"
              + "|smallint|bigint|tinyint|numeric|decimal|number|real|float|float4|float8|double|double"
              + " precision|date|time|datetime|timestamp|timestamptz|time(?:stamp)? with(?:out)?"
              + " time zone|boolean|bool|interval|signed|unsigned|uuid|json|jsonb)(?: ?\\("
              + " ?\\d{1,4} ?(?:, ?\\d{1,4} ?)?\\))?",
          Pattern.CASE_INSENSITIVE);
  private static final Set<String> TIMES =
      Set.of("current_date", "current_time", "current_timestamp", "localtime", "localtimestamp");

  /** Without backslashes, which some databases read as an escape also in quoted names. */
  private static final Pattern IDENTIFIER =
      Pattern.compile(
          "[\\p{L}_][\\p{L}\\p{N}_$]{0,126}" + "|\"[^\"\\\\\\x00]{1,126}\"|`[^`\\\\\\x00]{1,126}`");

  /** PostgreSQL cuts longer names, so that they may equal others. */
  private static final int LONGEST_NAME_BYTES = 63;

  private AllowedNames() {}

  static String function(String name) {
    if (!isPlain(name) || !FUNCTIONS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new RefusedQueryException("the function " + name + " may not be used in queries");
    }
    return name;
  }

  /** Other letters may become one of A to Z in lower case, such as the Kelvin sign. */
  private static boolean isPlain(String name) {
    return name.chars().allMatch(c -> c < 128);
  }

  static String type(String name) {
    if (!TYPE.matcher(name.replaceAll("\\s+", " ").strip()).matches()) {
      throw new RefusedQueryException("the type " + name + " may not be used in queries");
    }
    return name;
  }

  static String time(String name) {
    if (!isPlain(name) || !TIMES.contains(name.toLowerCase(Locale.ROOT).replace("()", ""))) {
      throw new RefusedQueryException(name + " may not be used in queries");
    }
    return name;
  }

  static String identifier(String name) {
    if (!IDENTIFIER.matcher(name).matches()) {
      throw new RefusedQueryException("the name " + name + " may not be used in queries");
    }
    int quotes = "\"`".indexOf(name.charAt(0)) < 0 ? 0 : 2;
    if (name.getBytes(StandardCharsets.UTF_8).length - quotes > LONGEST_NAME_BYTES) {
      throw new RefusedQueryException(
          "the name " + name + " is longer than " + LONGEST_NAME_BYTES + " bytes");
    }
    return name;
  }
}
