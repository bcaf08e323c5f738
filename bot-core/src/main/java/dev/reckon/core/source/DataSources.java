package dev.reckon.core.source;

import dev.reckon.core.loop.WaitListener;
import java.util.Collection;
import java.util.List;

/**
 * The databases of the configuration, read-only. Safe for use by any number of threads. Nothing
 * that it returns holds a credential.
 */
public interface DataSources {
  /** None at all. */
  DataSources NONE =
      new DataSources() {
        @Override
        public List<String> names() {
          return List.of();
        }

        @Override
        public String description(Collection<String> sources, String request, WaitListener waits) {
          return "";
        }

        @Override
        public QueryResult run(DataQuery query, WaitListener waits) {
          return new QueryResult.Refused("there is no database called " + query.source());
        }
      };

  /** What they are called, in the order of the configuration. */
  List<String> names();

  /**
   * Describes databases to a model: tables, columns, comments and notes, within a budget of tokens.
   * Tables that the request seems to be about come first. A database that cannot be reached is left
   * out, and said to be so.
   *
   * @param sources names of databases; others are not described
   * @param waits hears when other queries are before it
   * @return empty where there are none of these
   */
  String description(Collection<String> sources, String request, WaitListener waits)
      throws InterruptedException;

  /**
   * Checks a query and runs it. Interrupting the thread ends it.
   *
   * @param query whose source the caller has checked to be allowed
   * @param waits hears when other queries are before it
   */
  QueryResult run(DataQuery query, WaitListener waits) throws InterruptedException;
}
