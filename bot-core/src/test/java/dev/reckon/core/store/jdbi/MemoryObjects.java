package dev.reckon.core.store.jdbi;

import dev.reckon.core.store.ObjectStore;
import dev.reckon.core.store.StoreException;
import dev.reckon.core.store.StoreException.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An object store in memory, which can be away. */
public final class MemoryObjects implements ObjectStore {
  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger puts = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private volatile boolean away;

  /** From now on nothing is answered, or all again. */
  void away(boolean gone) {
    away = gone;
  }

  /** How many calls were not answered. */
  int refused() {
    return refused.get();
  }

  /** How often bytes were stored. */
  public int puts() {
    return puts.get();
  }

  /** How often it was closed. */
  int closed() {
    return closed.get();
  }

  Set<String> keys() {
    return Set.copyOf(objects.keySet());
  }

  /** As if somebody had changed it there. */
  void overwrite(String key, byte[] content) {
    objects.put(key, content);
  }

  /** As if somebody had deleted everything there. */
  void clear() {
    objects.clear();
  }

  private void answer() {
    if (away) {
      refused.incrementAndGet();
      throw new StoreException(Kind.UNREACHABLE, "The object store does not answer.");
    }
  }

  @Override
  public String place() {
    return "memory";
  }

  @Override
  public void put(String key, byte[] content) {
    answer();
    puts.incrementAndGet();
    objects.put(key, content.clone());
  }

  @Override
  public Optional<byte[]> get(String key) {
    answer();
    return Optional.ofNullable(objects.get(key)).map(byte[]::clone);
  }

  @Override
  public void delete(String key) {
    answer();
    objects.remove(key);
  }

  @Override
  public void close() {
    closed.incrementAndGet(); // another store may be opened on it
  }
}
