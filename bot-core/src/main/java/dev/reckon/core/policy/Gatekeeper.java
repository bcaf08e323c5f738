package dev.reckon.core.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Person;
import dev.reckon.core.message.Team;
import dev.reckon.core.policy.Decision.Admitted;
import dev.reckon.core.policy.Decision.Queued;
import dev.reckon.core.policy.Decision.Refused;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The policy in force, applied in this order: who may, what is left of the budgets, how often,
 * whether a place is free. A delivery that was told to wait is counted by then: no rate refuses it
 * later.
 *
 * <p>Safe for use by any number of threads. Budgets are in the store, places and rates in the given
 * state.
 */
public final class Gatekeeper implements Admission {
  private final Supplier<Policy> policies;
  private final Ledger ledger;
  private final InstantSource clock;
  private final RateLimits rates;
  private final AdmissionState state;
  private final Cache<Told, Instant> told = Caffeine.newBuilder().maximumSize(100_000).build();

  /**
   * A gatekeeper.
   *
   * @param policies gives the policy of the moment
   * @param state shared by all processes that answer the same people
   * @param clock settable in tests
   */
  public Gatekeeper(
      Supplier<Policy> policies, Ledger ledger, AdmissionState state, InstantSource clock) {
    this.policies = policies;
    this.ledger = ledger;
    this.clock = clock;
    this.state = state;
    this.rates = new RateLimits(state, clock);
  }

  @Override
  public Decision admit(AdmissionRequest asking) {
    Policy policy = policies.get();
    Optional<Refused> shutOut = AccessList.check(policy, asking);
    if (asking.kind() == AdmissionRequest.Kind.WORD) {
      return shutOut.<Decision>map(refused -> refused).orElse(new Admitted(null, List.of()));
    }
    Instant now = clock.instant();
    Budgets budgets = Budgets.read(policy, ledger, asking.person().id(), asking.team().id(), now);
    return state
        .atomically(() -> held(policy, asking, budgets, shutOut))
        .orElseGet(
            () -> new Admitted(ceiling(budgets, asking), warnings(policy, budgets, asking, now)));
  }

  @Override
  public Optional<Refused> shutsOut(AdmissionRequest asking) {
    return AccessList.check(policies.get(), asking);
  }

  /** Takes a place, or says why there is none for it or that it had one. */
  private Optional<Decision> held(
      Policy policy, AdmissionRequest asking, Budgets budgets, Optional<Refused> shutOut) {
    if (state.holds(asking.delivery())) {
      return Optional.of(new Admitted(ceiling(budgets, asking), List.of(), true));
    }
    Optional<Refused> refused = shutOut.or(() -> budgets.usedUp(asking.kind(), asking.language()));
    if (refused.isPresent()) {
      state.leave(asking.delivery());
      return Optional.of(refused.get());
    }
    Optional<Refused> tooOften =
        state.waits(asking.delivery()) ? Optional.empty() : rates.take(policy, asking);
    if (tooOften.isPresent()) {
      return Optional.of(tooOften.get());
    }
    if (!state.free(asking, policy.count(PolicyKey.RUNNING_PER_PERSON))) {
      return Optional.of(queue(asking));
    }
    state.take(asking);
    return Optional.empty();
  }

  @Override
  public void resumed(AdmissionRequest asking) {
    if (asking.kind() != AdmissionRequest.Kind.WORD) {
      state.atomically(
          () -> {
            state.take(asking);
            return true;
          });
    }
  }

  @Override
  public List<ConversationId> finished(String delivery) {
    return state.atomically(() -> state.finished(delivery));
  }

  @Override
  public List<String> left(Person person, Team team, Language language) {
    Policy policy = policies.get();
    return Budgets.read(policy, ledger, person.id(), team.id(), clock.instant()).inWords(language);
  }

  private Queued queue(AdmissionRequest asking) {
    boolean isNew = state.queue(asking);
    return new Queued(
        isNew ? Optional.of(Label.DELIVERY_QUEUED.in(asking.language())) : Optional.empty());
  }

  private static @Nullable Double ceiling(Budgets budgets, AdmissionRequest asking) {
    return asking.kind() == AdmissionRequest.Kind.REQUEST ? budgets.leftUsd().orElse(null) : null;
  }

  /** Once per budget and period, as far as this process remembers. */
  private List<String> warnings(
      Policy policy, Budgets budgets, AdmissionRequest asking, Instant now) {
    return budgets.nearlyUsedUp().stream()
        .filter(
            budget -> {
              String owner =
                  budget.owner() == Ledger.Owner.PERSON ? asking.person().id() : asking.team().id();
              Instant period = budget.since(policy, now);
              return !period.equals(told.asMap().put(new Told(budget, owner), period));
            })
        .map(budget -> budgets.inWords(budget, asking.language()))
        .toList();
  }

  private record Told(Budget budget, String owner) {}
}
