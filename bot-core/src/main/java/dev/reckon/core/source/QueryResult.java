package dev.reckon.core.source;

/** What came of a query. */
public sealed interface QueryResult {
  /**
   * It ran.
   *
   * @param csv with a header row, in UTF-8; must not be changed
   * @param rows without the header
   */
  @SuppressWarnings("ArrayRecordComponent") // results are large, and compared by nobody
  record Fetched(byte[] csv, long rows) implements QueryResult {}

  /**
   * It was not allowed, or the database refused it.
   *
   * @param reason for the person and the model; holds no credential and no address
   */
  record Refused(String reason) implements QueryResult {}

  /**
   * The database cannot be reached now: no other query would do better.
   *
   * @param reason for the person; holds no credential and no address
   */
  record Unreachable(String reason) implements QueryResult {}
}
