package dev.reckon.core.source;

import java.time.Instant;

/**
 * The result of a query, kept as a CSV file.
 *
 * @param id names the file's content in the store
 * @param rows without the header
 * @param at when the database was read
 */
public record QueriedData(DataQuery query, String id, long rows, long bytes, Instant at) {}
