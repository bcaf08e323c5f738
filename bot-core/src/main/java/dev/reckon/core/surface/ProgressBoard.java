package dev.reckon.core.surface;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The latest progress of each running turn. Safe for use by any number of threads. */
final class ProgressBoard {
  private final Map<Long, Progress> latest = new LinkedHashMap<>();
  private final Set<Long> shown = new HashSet<>();

  /** Takes the place of what was there for the same turn; a turn's first wish to wait holds. */
  synchronized void put(Progress progress) {
    long turn = progress.reply().turn();
    Progress before = latest.get(turn);
    Instant notBefore =
        shown.contains(turn)
            ? Instant.MIN
            : before == null ? progress.notBefore() : before.notBefore();
    latest.put(
        turn,
        new Progress(
            progress.conversation(),
            progress.address(),
            progress.reply(),
            notBefore,
            progress.target(),
            progress.lease()));
  }

  /** The turn has its answer: nothing of it is progress any more. */
  synchronized void remove(long turn) {
    latest.remove(turn);
    shown.remove(turn);
  }

  /** What might be shown, the longest waiting first. */
  synchronized List<Progress> candidates() {
    return List.copyOf(latest.values());
  }

  /** Takes it off the board, unless something newer has taken its place. */
  synchronized boolean take(Progress progress) {
    boolean taken = latest.remove(progress.reply().turn(), progress);
    if (taken && progress.target().isEmpty()) {
      shown.add(progress.reply().turn());
    }
    return taken;
  }

  /** It was taken and not sent: as before, unless something newer is there or the turn is over. */
  synchronized void putBack(Progress progress) {
    long turn = progress.reply().turn();
    if (progress.target().isPresent() || shown.contains(turn)) {
      latest.putIfAbsent(turn, progress);
    }
  }
}
