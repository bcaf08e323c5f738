package dev.reckon.core.store.jdbi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to reach a store.
 *
 * @param url a JDBC address of a SQLite file or a PostgreSQL database
 * @param user of the PostgreSQL database; null where the address names one or none is needed
 * @param password of that user; null likewise
 * @param connections how many a pool of PostgreSQL connections may hold
 * @param patience how long work waits, before it fails, for a PostgreSQL server that is away, or
 *     for a SQLite file that takes no changes because another program holds it or the disk is full
 */
public record StoreAccess(
    String url,
    @Nullable String user,
    @Nullable String password,
    int connections,
    Duration patience) {
  /** A server that restarts or is moved is back by then. */
  public static final Duration PATIENCE = Duration.ofMinutes(3);

  /** A store that needs nobody's name. */
  public static StoreAccess of(String url) {
    return new StoreAccess(url, null, null, connectionsOfThisMachine(), PATIENCE);
  }

  /** Two for each processor, since work is short, but some for those that wait for the disk. */
  public static int connectionsOfThisMachine() {
    return Math.clamp(2L * Runtime.getRuntime().availableProcessors(), 8, 40);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "StoreAccess[" + url.replaceFirst("\\?.*", "?...") + "]";
  }
}
