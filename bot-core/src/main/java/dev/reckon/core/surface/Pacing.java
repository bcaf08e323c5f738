package dev.reckon.core.surface;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * When a platform takes the next message, per channel and in all. At most one is on its way to a
 * channel. Safe for use by any number of threads.
 */
final class Pacing {
  private final Map<String, Instant> channels = new HashMap<>();
  private final Set<String> busy = new HashSet<>();
  private Instant overall = Instant.MIN;

  /** Reserves the channel for one message, to be given back by {@link #release}. */
  synchronized boolean take(String channel, Pace pace, Instant now) {
    if (freeAt(channel).isAfter(now) || !busy.add(channel)) {
      return false;
    }
    channels.put(channel, now.plus(pace.perChannel()));
    overall = now.plus(pace.overall());
    return true;
  }

  /** The message is out, or is not going to be. */
  synchronized void release(String channel, Instant now) {
    busy.remove(channel);
    channels.values().removeIf(until -> until.isBefore(now));
  }

  /** The platform asks for a pause. */
  synchronized void hold(String channel, Instant until) {
    channels.merge(channel, until, (one, other) -> one.isAfter(other) ? one : other);
  }

  synchronized boolean isBusy(String channel) {
    return busy.contains(channel);
  }

  /** The earliest time for the next message there, if none is on its way. */
  synchronized Instant freeAt(String channel) {
    Instant own = channels.getOrDefault(channel, Instant.MIN);
    return own.isAfter(overall) ? own : overall;
  }
}
