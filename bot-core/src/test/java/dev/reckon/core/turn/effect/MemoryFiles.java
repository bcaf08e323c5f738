package dev.reckon.core.turn.effect;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps files in memory. */
final class MemoryFiles implements TurnFiles {
  private final Map<String, byte[]> kept = new ConcurrentHashMap<>();

  @Override
  public String keep(long turn, String name, byte[] content) {
    String id = "f" + (kept.size() + 1);
    kept.put(id, content);
    return id;
  }

  @Override
  public String keepData(long turn, String name, byte[] content) {
    return keep(turn, name, content);
  }

  @Override
  public Optional<byte[]> read(String id) {
    return Optional.ofNullable(kept.get(id));
  }
}
