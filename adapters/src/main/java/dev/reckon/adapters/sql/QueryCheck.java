package dev.reckon.adapters.sql;

import dev.reckon.core.source.DataQuery.BoundValue;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.Select;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a query: it is parsed, rewritten from what is allowed, and what was written is compared
 * with what was parsed, so that no part of it is lost on the way. What runs is the new text: no
 * comment, second statement or clause that the parser read in another way than the database would
 * reaches the database. Safe for use by any number of threads.
 */
final class QueryCheck {
  private static final Logger LOG = LoggerFactory.getLogger(QueryCheck.class);
  private static final int LONGEST = 6_000;
  private static final int DEEPEST = 12;
  private static final long PARSING_MILLIS = 3_000;

  private QueryCheck() {}

  /**
   * The query as it may run.
   *
   * @param values of the program, which it may name
   * @throws RefusedQueryException if it may not
   */
  static AllowedQuery allowed(String sql, List<BoundValue> values, Schema schema) {
    bounded(sql);
    if (!(parsed(sql) instanceof Select select)) {
      throw new RefusedQueryException("a query is one SELECT and nothing else");
    }
    String written = new SelectWriter(schema).write(select, null).sql();
    if (!plain(written).equals(plain(select.toString()))) {
      LOG.debug("written as {} from {}", written, select);
      throw new RefusedQueryException(
          "it has a clause that may not be used in queries; keep to plain SELECT ... FROM ... JOIN"
              + " ... WHERE ... GROUP BY ... HAVING ... ORDER BY ... LIMIT");
    }
    return AllowedQuery.of(written, values);
  }

  private static void bounded(String sql) {
    if (sql.isBlank()) {
      throw new RefusedQueryException("it is empty");
    }
    if (sql.length() > LONGEST) {
      throw new RefusedQueryException("it is longer than " + LONGEST + " characters");
    }
    int depth = 0;
    for (int at = 0; at < sql.length(); at = next(sql, at)) {
      char c = sql.charAt(at);
      depth = Math.max(0, depth + (c == '(' ? 1 : c == ')' ? -1 : 0));
      if (depth > DEEPEST) {
        throw new RefusedQueryException("its parentheses are nested too deeply");
      }
    }
  }

  /** Where to read on: behind a comment or quoted text as a whole. */
  static int next(String sql, int at) {
    char c = sql.charAt(at);
    boolean line = sql.startsWith("--", at);
    boolean block = sql.startsWith("/*", at);
    boolean quoted = c == '\'' || c == '"' || c == '`';
    if (!line && !block && !quoted) {
      return at + 1;
    }
    String end = line ? "\n" : block ? "*/" : String.valueOf(c);
    int found = sql.indexOf(end, at + (block ? 2 : 1));
    return found < 0 ? sql.length() : found + end.length();
  }

  /** What it parses as; on a thread of its own, which ends with its time. */
  private static Statement parsed(String sql) {
    ExecutorService thread =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("query-parser").factory());
    try {
      List<Statement> statements =
          CCJSqlParserUtil.parseStatements(
              sql,
              thread,
              parser -> parser.withTimeOut(PARSING_MILLIS).withAllowComplexParsing(true));
      if (statements.size() != 1) {
        throw new RefusedQueryException("a query is one SELECT and nothing else");
      }
      return statements.getFirst();
    } catch (JSQLParserException e) {
      LOG.debug("a query does not parse", e);
      throw new RefusedQueryException(
          "it cannot be read as one SELECT" + place(String.valueOf(e.getMessage())));
    } finally {
      thread.shutdownNow();
    }
  }

  /** What the parser says of the place, without its lists of what it expected. */
  private static String place(String message) {
    int from = message.indexOf("Encountered");
    int to = message.indexOf("Was expecting", Math.max(0, from));
    if (from < 0) {
      return "";
    }
    String said = message.substring(from, to < 0 ? message.length() : to).strip();
    String line = said.lines().findFirst().orElse("");
    return ": " + (line.length() > 200 ? line.substring(0, 200) + "…" : line);
  }

  /** Without what means nothing: white space, case, and parentheses' spelling. */
  private static String plain(String sql) {
    StringBuilder plain = new StringBuilder(sql.length());
    sql.codePoints().filter(c -> !Character.isWhitespace(c)).forEach(plain::appendCodePoint);
    return plain.toString().toLowerCase(Locale.ROOT);
  }
}
