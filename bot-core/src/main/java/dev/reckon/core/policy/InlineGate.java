package dev.reckon.core.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides what a surface answers by itself, above all whether an expression is computed while it is
 * typed. That costs no money and holds no place of the person's, so it has a rate of its own. Safe
 * for use by any number of threads.
 */
public final class InlineGate {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Supplier<Policy> policies;
  private final InstantSource clock;
  private final Cache<String, Deque<Instant>> recent =
      Caffeine.newBuilder().expireAfterAccess(MINUTE.multipliedBy(2)).maximumSize(10_000).build();

  /** What the policy says. */
  public enum Answer {
    ALLOWED,
    /** Nobody may. */
    OFF,
    /** This person may not use Reckon. */
    REFUSED,
    /** Not so many in a minute. */
    TOO_OFTEN
  }

  /**
   * A gate.
   *
   * @param policies gives the policy of the moment
   * @param clock settable in tests
   */
  public InlineGate(Supplier<Policy> policies, InstantSource clock) {
    this.policies = policies;
    this.clock = clock;
  }

  /** Decides, and counts what is allowed. */
  public Answer ask(AdmissionRequest asking) {
    Policy policy = policies.get();
    if (!policy.flag(PolicyKey.INLINE)) {
      return Answer.OFF;
    }
    if (AccessList.check(policy, asking).isPresent()) {
      return Answer.REFUSED;
    }
    long most = policy.count(PolicyKey.INLINE_PER_MINUTE);
    return most == 0 || taken(asking.person().id(), most) ? Answer.ALLOWED : Answer.TOO_OFTEN;
  }

  /**
   * Why the access lists keep that person from using Reckon there, in words for them; empty where
   * they do not. Counts nothing, and does not ask whether expressions are allowed.
   */
  public Optional<String> refusal(AdmissionRequest asking) {
    return AccessList.check(policies.get(), asking).map(Decision.Refused::sentence);
  }

  private boolean taken(String person, long most) {
    Deque<Instant> times = recent.get(person, key -> new ArrayDeque<>());
    Instant now = clock.instant();
    synchronized (times) {
      while (!times.isEmpty() && times.getFirst().isBefore(now.minus(MINUTE))) {
        times.removeFirst();
      }
      if (times.size() >= most) {
        return false;
      }
      times.addLast(now);
      return true;
    }
  }
}
