package dev.reckon.core.policy;

import dev.reckon.core.message.ConversationId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who runs what at this moment, who waits for a place, and how often people asked. In memory where
 * one process serves everybody, in the store where several do. Safe for use by any number of
 * threads; what belongs together is called within {@link #atomically}.
 */
public interface AdmissionState {
  /**
   * Does it as if nobody else did anything meanwhile; in the store it may be done more than once,
   * so the work changes nothing else.
   */
  <T> T atomically(Supplier<T> work);

  /** Whether this delivery has a place. */
  boolean holds(String delivery);

  boolean waits(String delivery);

  /**
   * Whether this delivery may take one of so many places now: nobody who came earlier for the same
   * person still waits for it.
   */
  boolean free(AdmissionRequest asking, long places);

  /** Takes a place, also one that another replica had for the same delivery. */
  void take(AdmissionRequest asking);

  /** No longer waits. */
  void leave(String delivery);

  /** Waits for a place; returns whether it is new here. */
  boolean queue(AdmissionRequest asking);

  /** Gives the place back, and names the conversations that should ask again. */
  List<ConversationId> finished(String delivery);

  /**
   * Takes one of an owner's tokens, which are refilled evenly; changed limits start full.
   *
   * @param perMinute tokens in a minute, 0 for any number
   * @param perHour the same in an hour
   * @return how long until there is one, if there is none now
   */
  Optional<Duration> takeToken(String owner, long perMinute, long perHour);

  /** Gives one back that was not used. */
  void returnToken(String owner, long perMinute, long perHour);
}
