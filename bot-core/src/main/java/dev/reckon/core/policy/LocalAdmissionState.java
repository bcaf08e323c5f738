package dev.reckon.core.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.reckon.core.message.ConversationId;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.LocalBucketBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * In this process's memory: after a restart, turns that continue take their places again, waiting
 * deliveries ask again, and all tokens are there.
 */
public final class LocalAdmissionState implements AdmissionState {
  private final TimeMeter meter;
  private final Cache<Key, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterAccess(Duration.ofHours(2)).build();

  // Guarded by this.
  private final Map<String, String> personByDelivery = new LinkedHashMap<>();
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();

  public LocalAdmissionState(InstantSource clock) {
    this.meter = new ClockMeter(clock);
  }

  @Override
  public synchronized <T> T atomically(Supplier<T> work) {
    return work.get();
  }

  @Override
  public synchronized boolean holds(String delivery) {
    return personByDelivery.containsKey(delivery);
  }

  @Override
  public synchronized boolean waits(String delivery) {
    return waiting.containsKey(delivery);
  }

  @Override
  public synchronized boolean free(AdmissionRequest asking, long places) {
    long ahead = 0;
    for (Map.Entry<String, Waiting> entry : waiting.entrySet()) {
      if (entry.getKey().equals(asking.delivery())) {
        break;
      }
      if (entry.getValue().person().equals(asking.person().id())) {
        ahead++;
      }
    }
    return running(asking.person().id()) + ahead < places;
  }

  private long running(String person) {
    return personByDelivery.values().stream().filter(person::equals).count();
  }

  @Override
  public synchronized void take(AdmissionRequest asking) {
    waiting.remove(asking.delivery());
    personByDelivery.put(asking.delivery(), asking.person().id());
  }

  @Override
  public synchronized void leave(String delivery) {
    waiting.remove(delivery);
  }

  @Override
  public synchronized boolean queue(AdmissionRequest asking) {
    return waiting.putIfAbsent(
            asking.delivery(), new Waiting(asking.person().id(), asking.conversation()))
        == null;
  }

  @Override
  public synchronized List<ConversationId> finished(String delivery) {
    Waiting gaveUp = waiting.remove(delivery);
    String held = personByDelivery.remove(delivery);
    String person = held == null && gaveUp != null ? gaveUp.person() : held;
    if (person == null) {
      return List.of();
    }
    Set<ConversationId> next = new LinkedHashSet<>();
    for (Waiting other : waiting.values()) {
      if (other.person().equals(person)) {
        next.add(other.conversation());
      }
    }
    return List.copyOf(next);
  }

  @Override
  public synchronized Optional<Duration> takeToken(String owner, long perMinute, long perHour) {
    ConsumptionProbe probe = bucket(owner, perMinute, perHour).tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }

  @Override
  public synchronized void returnToken(String owner, long perMinute, long perHour) {
    bucket(owner, perMinute, perHour).addTokens(1);
  }

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

  private record Waiting(String person, ConversationId conversation) {}
}
