package dev.reckon.core.delivery;

import dev.reckon.core.loop.Backoff;
import dev.reckon.core.loop.SupervisedLoop;
import dev.reckon.core.store.Replicas;
import dev.reckon.core.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process among those that share a store: the id under which it takes work, and the heartbeat
 * that keeps that work its own. Safe for use by any number of threads.
 */
final class Membership {
  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

  /** One lost beat, and a slow one, do not cost a replica its work. */
  private static final int BEATS = 3;

  private final Replicas replicas;
  private final Duration silence;
  private volatile int alive = 1;

  /**
   * Not a member yet.
   *
   * @param silence after which others take over what a process works on
   */
  Membership(Replicas replicas, Duration silence) {
    this.replicas = replicas;
    this.silence = silence;
  }

  String id() {
    return replicas.self();
  }

  /** How many are known to be alive, this one included. */
  int alive() {
    return alive;
  }

  /**
   * Joins, and begins to beat where others share the store; the caller closes the loop, then calls
   * {@link #leave}.
   *
   * @param released called when there is work that another process has left
   */
  Optional<SupervisedLoop> join(Runnable released, InstantSource clock) {
    report(replicas.join(id(), silence));
    return replicas.isShared() ? Optional.of(heartbeat(released, clock)) : Optional.empty();
  }

  private SupervisedLoop heartbeat(Runnable released, InstantSource clock) {
    Duration pause = silence.dividedBy(BEATS);
    return SupervisedLoop.every(
            pause,
            new SupervisedLoop.Schedule(
                "heartbeat",
                pause,
                Duration.ofMinutes(1),
                new Backoff(pause, pause, Duration.ofDays(1))),
            () -> {
              List<String> ended = replicas.beat(id(), silence);
              alive = Math.max(1, replicas.alive());
              report(ended);
              if (!ended.isEmpty()) {
                released.run();
              }
            },
            clock)
        .start();
  }

  private static void report(List<String> ended) {
    if (!ended.isEmpty()) {
      LOG.warn("Work of processes that ended or fell silent is taken over: {}", ended);
    }
  }

  /** Others need not wait for this one's silence, unless the store is away: they do then. */
  void leave() {
    try {
      replicas.leave(id());
    } catch (StoreException e) {
      LOG.warn("The store was not told that this process ends; others notice it by its silence", e);
    }
  }
}
