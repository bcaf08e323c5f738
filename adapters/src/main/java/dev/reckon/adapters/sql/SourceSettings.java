package dev.reckon.adapters.sql;

import dev.reckon.adapters.config.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The databases that programs may query.
 *
 * @param drivers a folder of JDBC drivers besides those that come along; need not exist
 */
public record SourceSettings(List<Source> sources, Limits limits, Path drivers) {
  /**
   * A database: a section {@code [sources.NAME]}.
   *
   * @param url a JDBC address
   * @param description what it holds, in a line
   * @param notes what a model should know besides
   * @param schemas whose tables may be queried; empty means those that the database itself looks in
   * @param tables that may be queried, {@code NAME} or {@code SCHEMA.NAME}; empty means all of
   *     these schemas
   * @param hidden tables, and columns as {@code TABLE.COLUMN}, that nobody may query
   */
  public record Source(
      String name,
      String url,
      String user,
      Secret password,
      String description,
      String notes,
      List<String> schemas,
      List<String> tables,
      List<String> hidden) {
    public Source {
      schemas = List.copyOf(schemas);
      tables = List.copyOf(tables);
      hidden = List.copyOf(hidden);
    }
  }

  /**
   * Limits of each query.
   *
   * @param rows of a result
   * @param bytes of a result as CSV
   * @param time until its result is there
   * @param atOnce queries of one database that run side by side; more wait
   * @param schemaTokens how much a model is told of all databases
   */
  public record Limits(int rows, int bytes, Duration time, int atOnce, int schemaTokens) {}

  public SourceSettings {
    sources = List.copyOf(sources);
  }
}
