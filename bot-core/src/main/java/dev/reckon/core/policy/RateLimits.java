package dev.reckon.core.policy;

import dev.reckon.core.label.Label;
import dev.reckon.core.policy.Decision.Reason;
import dev.reckon.core.policy.Decision.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How often: a bucket of tokens per person and per team, refilled evenly. */
record RateLimits(AdmissionState state, InstantSource clock) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  /** Takes one token of each, or none and says when there will be one. */
  Optional<Refused> take(Policy policy, AdmissionRequest asking) {
    String person = asking.person().id();
    long perMinute = policy.count(PolicyKey.PERSON_PER_MINUTE);
    long perHour = policy.count(PolicyKey.PERSON_PER_HOUR);
    Optional<Duration> own = state.takeToken(person, perMinute, perHour);
    if (own.isPresent()) {
      return refuse(policy, asking, Label.RATE_PERSON, own.get());
    }
    Optional<Duration> shared =
        state.takeToken(
            asking.team().id(),
            policy.count(PolicyKey.TEAM_PER_MINUTE),
            policy.count(PolicyKey.TEAM_PER_HOUR));
    if (shared.isPresent()) {
      state.returnToken(person, perMinute, perHour);
      return refuse(policy, asking, Label.RATE_TEAM, shared.get());
    }
    return Optional.empty();
  }

  private Optional<Refused> refuse(
      Policy policy, AdmissionRequest asking, Label sentence, Duration missing) {
    Duration wait = missing.plusMillis(999);
    Instant next = clock.instant().plus(wait);
    return Optional.of(
        new Refused(
            Reason.RATE,
            sentence.in(
                asking.language(),
                inWords(wait),
                TIME.format(next.atZone(policy.zone())),
                policy.zone(),
                policy.contact(asking.language()))));
  }

  private static String inWords(Duration wait) {
    long seconds = Math.max(1, wait.toSeconds());
    return seconds < 120 ? seconds + " s" : (seconds + 59) / 60 + " min";
  }
}
