package dev.reckon.core.source;

import dev.reckon.sandbox.FileNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The queries that a program begins with, in comments, so that they stay with the program wherever
 * it goes: into the reply, into a saved computation, into a schedule.
 *
 * <pre>
 * # /// query shop -> orders.csv
 * # SELECT month, SUM(total) AS total FROM orders WHERE country = :country GROUP BY month
 * # ///
 * country = "DE"
 * </pre>
 *
 * @param queries in the order of the program; empty where there is a problem
 * @param problem why the head cannot be read, or empty
 */
public record QueryHead(List<DataQuery> queries, String problem) {
  /** How many queries a program may begin with. */
  public static final int MOST = 5;

  /** The longest query, in characters. */
  public static final int LONGEST = 6_000;

  private static final String MARK = "///";
  private static final Pattern OPENING =
      Pattern.compile(
          "query[: \\t]+(?<source>[A-Za-z][A-Za-z0-9_-]{0,39})"
              + "[ \\t]*(?:->|→|=>|>|\\bas\\b|\\binto\\b)[ \\t]*(?<file>\\S{1,120})",
          Pattern.CASE_INSENSITIVE);
  private static final QueryHead NONE = new QueryHead(List.of(), "");

  public QueryHead {
    queries = List.copyOf(queries);
  }

  /** Reads the head of a program; one without queries has none. Linear. */
  public static QueryHead of(String code) {
    List<DataQuery> queries = new ArrayList<>();
    Set<String> files = new HashSet<>();
    Matcher open = null;
    StringBuilder sql = new StringBuilder();
    for (String line : code.split("\n", -1)) {
      Optional<String> comment = comment(line);
      if (open == null) {
        if (comment.isEmpty() && !line.isBlank()) {
          break; // the program itself begins
        }
        if (comment.isEmpty() || !comment.get().startsWith(MARK)) {
          continue;
        }
        String mark = comment.get().substring(MARK.length()).strip();
        if (!mark.toLowerCase(Locale.ROOT).startsWith("query")) {
          continue;
        }
        open = OPENING.matcher(mark);
        sql.setLength(0);
        Optional<String> problem = opening(open, mark, queries.size(), files);
        if (problem.isPresent()) {
          return new QueryHead(List.of(), problem.get());
        }
      } else if (comment.isEmpty()) {
        return unclosed();
      } else if (comment.get().strip().equals(MARK)) {
        String written = sql.toString().strip();
        queries.add(
            new DataQuery(
                open.group("source"),
                open.group("file"),
                written,
                new QueryValues(code).usedBy(written)));
        open = null;
      } else {
        sql.append(comment.get()).append('\n');
        if (sql.length() > LONGEST) {
          return new QueryHead(
              List.of(), "a query may have " + LONGEST + " characters, this one is longer");
        }
      }
    }
    return open != null ? unclosed() : queries.isEmpty() ? NONE : new QueryHead(queries, "");
  }

  private static QueryHead unclosed() {
    return new QueryHead(
        List.of(), "a query at the head of the program is not closed by a line with: # ///");
  }

  private static Optional<String> opening(
      Matcher open, String mark, int before, Set<String> files) {
    if (!open.matches()) {
      return Optional.of(
          "a query begins with a line such as: # /// query SOURCE -> FILE.csv; this one reads: "
              + mark);
    }
    String file = open.group("file");
    if (!file.toLowerCase(Locale.ROOT).endsWith(".csv") || FileNames.problem(file).isPresent()) {
      return Optional.of("a query's file needs a plain name that ends in .csv, not " + file);
    }
    if (!files.add(file)) {
      return Optional.of("two queries write the file " + file);
    }
    return before >= MOST
        ? Optional.of("a program may begin with " + MOST + " queries, this one has more")
        : Optional.empty();
  }

  /** What follows the sign of a comment that has its line to itself. */
  private static Optional<String> comment(String line) {
    if (!line.startsWith("#")) {
      return Optional.empty();
    }
    String text = line.substring(1);
    return Optional.of((text.startsWith(" ") ? text.substring(1) : text).stripTrailing());
  }
}
