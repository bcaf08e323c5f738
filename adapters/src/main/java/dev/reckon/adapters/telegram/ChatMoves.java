package dev.reckon.adapters.telegram;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The groups that have another id now. Telegram tells of a move by an update, or by refusing a
 * message for the old id; whichever part learns it first notes it here. Safe for use by any number
 * of threads.
 */
final class ChatMoves {
  private final Map<Long, Long> newIds = new ConcurrentHashMap<>();
  private final LinkedBlockingQueue<Move> unreported = new LinkedBlockingQueue<>();
  private volatile @Nullable Listener listener;

  private record Move(long from, long to) {}

  /** Receives the moves that sending has met. */
  @FunctionalInterface
  interface Listener {
    /** Called before the message is sent to the new id. */
    void moved(long from, long to);
  }

  /** Reports moves that sending meets, those met before this call included. */
  void reportTo(Listener listener) {
    this.listener = listener;
    report();
  }

  /** The chat under its present id. */
  Chat current(Chat chat) {
    Long now = newIds.get(chat.id());
    return now == null ? chat : chat.movedTo(now);
  }

  /** Notes a move that an update told of; the core learns it from that update. */
  void received(long from, long to) {
    newIds.putIfAbsent(from, to);
  }

  /** Notes a move that sending has met, and reports it if it is new. */
  void met(long from, long to) {
    if (newIds.putIfAbsent(from, to) == null) {
      unreported.add(new Move(from, to));
      report();
    }
  }

  private void report() {
    Listener hears = listener;
    if (hears == null) {
      return;
    }
    for (Move move = unreported.poll(); move != null; move = unreported.poll()) {
      hears.moved(move.from(), move.to());
    }
  }
}
