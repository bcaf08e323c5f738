package dev.reckon.core.store;

import java.util.Optional;

/**
 * Keeps bytes by key, outside of the database. Safe for use by any number of threads. Every method
 * may throw {@link StoreException}: of kind {@code UNREACHABLE} where another try may succeed, of
 * another kind where somebody has to change something first. A call takes seconds, not minutes.
 */
public interface ObjectStore extends AutoCloseable {
  /** Where it is, for messages: never a secret. */
  String place();

  /**
   * Stores bytes; once this returns they are there for everybody. Storing the same bytes under the
   * same key again changes nothing.
   *
   * @param key letters, digits, {@code -} and {@code /}
   */
  void put(String key, byte[] content);

  /** The bytes, or empty where there are none under this key. */
  Optional<byte[]> get(String key);

  /** Deletes the bytes; a key without any is no error. */
  void delete(String key);

  @Override
  void close();
}
