package dev.reckon.core.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.reckon.core.store.Files;
import dev.reckon.core.store.TurnRecord;
import dev.reckon.core.store.Turns;
import dev.reckon.core.surface.ReplySurface;
import dev.reckon.core.turn.effect.TurnFiles;
import java.util.Optional;

/**
 * Files of turns in the store. A turn reads each attached file several times (its profile, every
 * attempt, the surface), and an id always names the same bytes, so the latest are kept in memory.
 */
public final class StoreFiles implements TurnFiles, ReplySurface.FileContents {
  private static final long CACHED_BYTES = 64L * 1024 * 1024;

  private final Files files;
  private final Turns turns;
  private final Cache<String, byte[]> latest =
      Caffeine.newBuilder()
          .maximumWeight(CACHED_BYTES)
          .weigher((String id, byte[] content) -> content.length + id.length())
          .build();

  public StoreFiles(Files files, Turns turns) {
    this.files = files;
    this.turns = turns;
  }

  @Override
  public String keep(long turn, String name, byte[] content) {
    TurnRecord record = turns.find(turn).orElseThrow();
    return files.put(record.conversation(), name, content, turn).id();
  }

  @Override
  public String keepData(long turn, String name, byte[] content) {
    TurnRecord record = turns.find(turn).orElseThrow();
    return files.putAside(record.conversation(), name, content, turn).id();
  }

  @Override
  public Optional<byte[]> read(String id) {
    byte[] known = latest.getIfPresent(id);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<byte[]> content = files.read(id);
    content.ifPresent(bytes -> latest.put(id, bytes));
    return content;
  }

  /** Gives up what is in memory: a file was dropped, and must not be readable any more. */
  public void forget() {
    latest.invalidateAll();
  }
}
