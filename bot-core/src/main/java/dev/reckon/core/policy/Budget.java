package dev.reckon.core.policy;

import dev.reckon.core.policy.Ledger.Owner;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** One limit: whose, for how long, in money or in runs. */
enum Budget {
  PERSON_DAY_USD(Owner.PERSON, false, PolicyKey.PERSON_DAY_USD),
  PERSON_MONTH_USD(Owner.PERSON, true, PolicyKey.PERSON_MONTH_USD),
  PERSON_DAY_RUNS(Owner.PERSON, false, PolicyKey.PERSON_DAY_RUNS),
  PERSON_MONTH_RUNS(Owner.PERSON, true, PolicyKey.PERSON_MONTH_RUNS),
  TEAM_DAY_USD(Owner.TEAM, false, PolicyKey.TEAM_DAY_USD),
  TEAM_MONTH_USD(Owner.TEAM, true, PolicyKey.TEAM_MONTH_USD),
  TEAM_DAY_RUNS(Owner.TEAM, false, PolicyKey.TEAM_DAY_RUNS),
  TEAM_MONTH_RUNS(Owner.TEAM, true, PolicyKey.TEAM_MONTH_RUNS);

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);

  private final Owner owner;
  private final boolean month;
  private final PolicyKey key;

  Budget(Owner owner, boolean month, PolicyKey key) {
    this.owner = owner;
    this.month = month;
    this.key = key;
  }

  Owner owner() {
    return owner;
  }

  boolean inMoney() {
    return key.kind() == PolicyKey.Kind.USD;
  }

  /** 0 when there is none. */
  double limit(Policy policy) {
    return inMoney() ? policy.usd(key) : policy.count(key);
  }

  /** Where the running period began. */
  Instant since(Policy policy, Instant now) {
    ZonedDateTime local = now.atZone(policy.zone());
    LocalDate day = month ? local.toLocalDate().withDayOfMonth(1) : local.toLocalDate();
    return day.atStartOfDay(policy.zone()).toInstant();
  }

  /** Such as "until 25 November, 00:00 Europe/Berlin". */
  String untilInWords(Policy policy, Instant now) {
    LocalDate today = now.atZone(policy.zone()).toLocalDate();
    LocalDate next = month ? today.withDayOfMonth(1).plusMonths(1) : today.plusDays(1);
    return "until %s, 00:00 %s".formatted(DAY.format(next), policy.zone());
  }

  /** Such as "your budget for today: 1.61 of 2.00 USD used, 0.39 USD left". */
  String stateInWords(double used, double limit) {
    double left = Math.max(0, limit - used);
    return inMoney()
        ? "%s: %s of %s used, %s left"
            .formatted(inWords(), number(used), amount(limit), amount(left))
        : "%s runs %s: %s of %s used, %s left"
            .formatted(whose(), period(), number(used), number(limit), number(left));
  }

  /** Such as "your team's budget for today". */
  String inWords() {
    return "%s %s for %s".formatted(whose(), inMoney() ? "budget" : "number of runs", period());
  }

  private String whose() {
    return owner == Owner.PERSON ? "your" : "your team's";
  }

  private String period() {
    return month ? "this month" : "today";
  }

  /** An amount of it, such as "2.00 USD" or "200 runs". */
  String amount(double value) {
    return number(value) + (inMoney() ? " USD" : value == 1 ? " run" : " runs");
  }

  private String number(double value) {
    return inMoney()
        ? String.format(Locale.ENGLISH, value > 0 && value < 0.01 ? "%.4f" : "%,.2f", value)
        : String.format(Locale.ENGLISH, "%,d", (long) value);
  }
}
