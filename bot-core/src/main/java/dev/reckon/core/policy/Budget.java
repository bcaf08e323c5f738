package dev.reckon.core.policy;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Language;
import dev.reckon.core.policy.Ledger.Owner;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** One limit: whose, for how long, in money or in runs. */
enum Budget {
  PERSON_DAY_USD(Owner.PERSON, false, PolicyKey.PERSON_DAY_USD, Label.BUDGET_PERSON_DAY_USD),
  PERSON_MONTH_USD(Owner.PERSON, true, PolicyKey.PERSON_MONTH_USD, Label.BUDGET_PERSON_MONTH_USD),
  PERSON_DAY_RUNS(Owner.PERSON, false, PolicyKey.PERSON_DAY_RUNS, Label.BUDGET_PERSON_DAY_RUNS),
  PERSON_MONTH_RUNS(
      Owner.PERSON, true, PolicyKey.PERSON_MONTH_RUNS, Label.BUDGET_PERSON_MONTH_RUNS),
  TEAM_DAY_USD(Owner.TEAM, false, PolicyKey.TEAM_DAY_USD, Label.BUDGET_TEAM_DAY_USD),
  TEAM_MONTH_USD(Owner.TEAM, true, PolicyKey.TEAM_MONTH_USD, Label.BUDGET_TEAM_MONTH_USD),
  TEAM_DAY_RUNS(Owner.TEAM, false, PolicyKey.TEAM_DAY_RUNS, Label.BUDGET_TEAM_DAY_RUNS),
  TEAM_MONTH_RUNS(Owner.TEAM, true, PolicyKey.TEAM_MONTH_RUNS, Label.BUDGET_TEAM_MONTH_RUNS);

  private static final DateTimeFormatter ENGLISH_DAY =
      DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);

  private final Owner owner;
  private final boolean month;
  private final PolicyKey key;
  private final Label name;

  Budget(Owner owner, boolean month, PolicyKey key, Label name) {
    this.owner = owner;
    this.month = month;
    this.key = key;
    this.name = name;
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
  String untilInWords(Policy policy, Instant now, Language language) {
    LocalDate today = now.atZone(policy.zone()).toLocalDate();
    LocalDate next = month ? today.withDayOfMonth(1).plusMonths(1) : today.plusDays(1);
    DateTimeFormatter day =
        language == Language.ENGLISH
            ? ENGLISH_DAY
            : DateTimeFormatter.ofLocalizedPattern("MMMMd").localizedBy(language.locale());
    return Label.BUDGET_UNTIL.in(language, day.format(next), policy.zone());
  }

  /** Such as "Your team's budget for today". */
  String inWords(Language language) {
    return name.in(language);
  }

  /** An amount of it, such as "2.00 USD" or "200 runs". */
  String amount(double value, Language language) {
    if (inMoney()) {
      return number(value) + " USD";
    }
    return value == 1
        ? Label.BUDGET_ONE_RUN.in(language)
        : Label.BUDGET_RUNS.in(language, (long) value);
  }

  /** An amount where its unit is clear; a number of runs has none. */
  String plainAmount(double value, Language language) {
    return inMoney() ? amount(value, language) : number(value);
  }

  /** An amount without its unit. */
  String number(double value) {
    return inMoney()
        ? String.format(Locale.ENGLISH, value > 0 && value < 0.01 ? "%.4f" : "%,.2f", value)
        : String.format(Locale.ENGLISH, "%,d", (long) value);
  }
}
