package dev.reckon.adapters.telegram;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/**
 * Tells when an album is complete. Telegram delivers each of its messages as an update of its own
 * and never says how many there are, so it is complete when none has come for a while. Safe for any
 * threads.
 */
final class AlbumCollector {
  private final Duration quiet;
  private final LongSupplier nanoTime;
  private final Map<String, Growth> growing = new HashMap<>();

  private record Growth(int parts, long since) {}

  AlbumCollector(Duration quiet, LongSupplier nanoTime) {
    this.quiet = quiet;
    this.nanoTime = nanoTime;
  }

  /** The album that an update is a part of. */
  static Optional<String> of(Update update) {
    Message message = update.getMessage();
    return message == null || message.getMediaGroupId() == null
        ? Optional.empty()
        : Optional.of(message.getChatId() + "/" + message.getMediaGroupId());
  }

  Duration quiet() {
    return quiet;
  }

  /** Whether an album of which that many parts are here is complete; it is forgotten then. */
  synchronized boolean complete(String album, int parts) {
    long now = nanoTime.getAsLong();
    Growth growth = growing.get(album);
    if (growth == null || growth.parts() != parts) {
      growing.put(album, new Growth(parts, now));
      return false;
    }
    if (now - growth.since() < quiet.toNanos()) {
      return false;
    }
    growing.remove(album);
    return true;
  }
}
