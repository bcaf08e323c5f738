package dev.reckon.core.policy;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Language;
import dev.reckon.core.policy.Decision.Reason;
import dev.reckon.core.policy.Decision.Refused;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How much is left of every budget that applies to a person in a team, at one moment. Pure. */
final class Budgets {
  private final Policy policy;
  private final Instant now;
  private final Map<Budget, Double> used;

  private Budgets(Policy policy, Instant now, Map<Budget, Double> used) {
    this.policy = policy;
    this.now = now;
    this.used = used;
  }

  /** Reads the ledger once per owner and period. */
  static Budgets read(Policy policy, Ledger ledger, String person, String team, Instant now) {
    Map<Query, Ledger.Spent> read = new LinkedHashMap<>();
    Map<Budget, Double> used = new EnumMap<>(Budget.class);
    for (Budget budget : Budget.values()) {
      if (budget.limit(policy) > 0) {
        String id = budget.owner() == Ledger.Owner.PERSON ? person : team;
        Query query = new Query(budget.owner(), id, budget.since(policy, now));
        Ledger.Spent spent =
            read.computeIfAbsent(query, q -> ledger.spent(q.owner(), q.id(), q.since()));
        used.put(budget, budget.inMoney() ? spent.usd() : (double) spent.runs());
      }
    }
    return new Budgets(policy, now, used);
  }

  /** The first budget that is used up, if any. Work without a model call needs no money. */
  Optional<Refused> usedUp(AdmissionRequest.Kind kind, Language language) {
    return used.keySet().stream()
        .filter(budget -> !budget.inMoney() || kind == AdmissionRequest.Kind.REQUEST)
        .filter(budget -> left(budget) <= 0)
        .findFirst()
        .map(budget -> new Refused(Reason.BUDGET, usedUp(budget, language)));
  }

  /** What the tightest budget in money leaves, or empty when there is none. */
  Optional<Double> leftUsd() {
    return used.keySet().stream().filter(Budget::inMoney).map(this::left).min(Double::compare);
  }

  /** Budgets at or above the share at which their owner is told. */
  List<Budget> nearlyUsedUp() {
    double share = policy.count(PolicyKey.WARN_PERCENT) / 100.0;
    return share == 0
        ? List.of()
        : used.keySet().stream()
            .filter(budget -> used(budget) >= share * budget.limit(policy))
            .toList();
  }

  private String usedUp(Budget budget, Language language) {
    Label sentence = budget.inMoney() ? Label.BUDGET_USED_UP_MONEY : Label.BUDGET_USED_UP;
    return sentence.in(
        language,
        budget.inWords(language),
        budget.amount(budget.limit(policy), language),
        budget.untilInWords(policy, now, language),
        policy.contact(language));
  }

  /** One sentence of what is used and what is left. */
  String inWords(Budget budget, Language language) {
    return Label.BUDGET_LEFT.in(
        language,
        budget.inWords(language),
        budget.number(used(budget)),
        budget.plainAmount(budget.limit(policy), language),
        budget.plainAmount(Math.max(0, left(budget)), language),
        budget.untilInWords(policy, now, language));
  }

  /** All that apply, one sentence each. */
  List<String> inWords(Language language) {
    return used.keySet().stream().map(budget -> inWords(budget, language)).toList();
  }

  private double used(Budget budget) {
    return used.getOrDefault(budget, 0.0);
  }

  private double left(Budget budget) {
    return budget.limit(policy) - used(budget);
  }

  private record Query(Ledger.Owner owner, String id, Instant since) {}
}
