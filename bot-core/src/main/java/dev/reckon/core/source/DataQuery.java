package dev.reckon.core.source;

/**
 * A query that a program begins with.
 *
 * @param source the name of the database, as the configuration has it
 * @param file the CSV file that the result becomes
 * @param sql hostile text; one {@code SELECT} if all is well
 */
public record DataQuery(String source, String file, String sql) {}
