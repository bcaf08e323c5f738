package dev.reckon.core.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.reckon.core.policy.Decision.Reason;
import dev.reckon.core.policy.Decision.Refused;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.LocalBucketBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * How often: a bucket of tokens per person and per team, refilled evenly. Buckets live in memory; a
 * restart fills them.
 */
final class RateLimits {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final InstantSource clock;
  private final TimeMeter meter;
  private final Cache<Key, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterAccess(Duration.ofHours(2)).build();

  RateLimits(InstantSource clock) {
    this.clock = clock;
    this.meter = new ClockMeter(clock);
  }

  /** Takes one token of each, or none and says when there will be one. */
  synchronized Optional<Refused> take(Policy policy, AdmissionRequest asking) {
    Bucket person =
        bucket(
            asking.person().id(),
            policy.count(PolicyKey.PERSON_PER_MINUTE),
            policy.count(PolicyKey.PERSON_PER_HOUR));
    Bucket team =
        bucket(
            asking.team().id(),
            policy.count(PolicyKey.TEAM_PER_MINUTE),
            policy.count(PolicyKey.TEAM_PER_HOUR));
    ConsumptionProbe own = person.tryConsumeAndReturnRemaining(1);
    if (!own.isConsumed()) {
      return refuse(policy, "You have asked too often", own);
    }
    ConsumptionProbe shared = team.tryConsumeAndReturnRemaining(1);
    if (!shared.isConsumed()) {
      person.addTokens(1);
      return refuse(policy, "Your team has asked too often", shared);
    }
    return Optional.empty();
  }

  private Optional<Refused> refuse(Policy policy, String what, ConsumptionProbe probe) {
    Duration wait = Duration.ofNanos(probe.getNanosToWaitForRefill()).plusMillis(999);
    Instant next = clock.instant().plus(wait);
    return Optional.of(
        new Refused(
            Reason.RATE,
            "%s: the next request is allowed in %s, at %s %s, or ask %s for a higher limit."
                .formatted(
                    what,
                    inWords(wait),
                    TIME.format(next.atZone(policy.zone())),
                    policy.zone(),
                    policy.contact())));
  }

  private static String inWords(Duration wait) {
    long seconds = Math.max(1, wait.toSeconds());
    return seconds < 120 ? seconds + " s" : (seconds + 59) / 60 + " min";
  }

  /** A changed limit starts a full bucket: the limits are part of the key. */
  private Bucket bucket(String owner, long perMinute, long perHour) {
    return buckets.get(
        new Key(owner, perMinute, perHour),
        key -> {
          LocalBucketBuilder builder = Bucket.builder().withCustomTimePrecision(meter);
          limit(builder, perMinute, Duration.ofMinutes(1));
          limit(builder, perHour, Duration.ofHours(1));
          return builder.build();
        });
  }

  private static void limit(LocalBucketBuilder builder, long tokens, Duration period) {
    long capacity = tokens == 0 ? Integer.MAX_VALUE : tokens;
    builder.addLimit(limit -> limit.capacity(capacity).refillGreedy(capacity, period));
  }

  private record Key(String owner, long perMinute, long perHour) {}

  private record ClockMeter(InstantSource clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      Instant now = clock.instant();
      return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
