package dev.reckon.adapters.sql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.reckon.adapters.sql.JdbcSources.UnreachableException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Schemas of databases. Each is read by one thread at a time and kept for a while. That a database
 * cannot be reached is kept as well, for a shorter time: otherwise each prompt would wait for it
 * again. Safe for use by any number of threads.
 */
final class SchemaCache {
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final Duration AWAY_KEPT = Duration.ofSeconds(30);

  private final Cache<String, Known> schemas;
  private final Map<String, ReentrantLock> reading = new ConcurrentHashMap<>();

  /** Reads a schema from its database. */
  interface Reader {
    Schema read() throws UnreachableException, InterruptedException;
  }

  private sealed interface Known {
    record Read(Schema schema) implements Known {}

    record Away(String reason) implements Known {}
  }

  SchemaCache(Ticker ticker) {
    this.schemas =
        Caffeine.newBuilder()
            .ticker(ticker)
            .expireAfter(
                Expiry.<String, Known>writing(
                    (_, known) -> known instanceof Known.Away ? AWAY_KEPT : KEPT))
            .build();
  }

  /**
   * The schema of a database. Whoever comes while it is read waits for what comes of that.
   *
   * @throws UnreachableException also when it could not be reached a moment ago
   */
  Schema of(String name, Reader reader) throws UnreachableException, InterruptedException {
    Known known = schemas.getIfPresent(name);
    if (known == null) {
      known = read(name, reader);
    }
    return switch (known) {
      case Known.Read(Schema schema) -> schema;
      case Known.Away(String reason) -> throw new UnreachableException(reason);
    };
  }

  private Known read(String name, Reader reader) throws InterruptedException {
    ReentrantLock one = reading.computeIfAbsent(name, _ -> new ReentrantLock());
    one.lockInterruptibly();
    try {
      Known meanwhile = schemas.getIfPresent(name);
      if (meanwhile != null) {
        return meanwhile;
      }
      Known read;
      try {
        read = new Known.Read(reader.read());
      } catch (UnreachableException e) {
        read = new Known.Away(e.reason());
      }
      schemas.put(name, read);
      return read;
    } finally {
      one.unlock();
    }
  }

  /** Reads it again the next time. */
  void forget(String name) {
    schemas.invalidate(name);
  }
}
