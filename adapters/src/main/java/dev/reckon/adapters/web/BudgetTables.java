package dev.reckon.adapters.web;

import dev.reckon.core.policy.Policy;
import dev.reckon.core.policy.PolicyKey;
import dev.reckon.core.store.Operations.TeamUse;
import dev.reckon.core.store.Statistics.Figures;
import dev.reckon.core.surface.render.Sanitizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What teams and people cost, and how much of their budgets and limits that is. */
final class BudgetTables {
  private static final int ROWS = 50;

  private final OperationsSources sources;
  private final Policy policy;
  private final Instant day;
  private final Instant month;

  /**
   * Tables.
   *
   * @param day when today began
   * @param month when this month began
   */
  BudgetTables(OperationsSources sources, Policy policy, Instant day, Instant month) {
    this.sources = sources;
    this.policy = policy;
    this.day = day;
    this.month = month;
  }

  Html teams() {
    List<List<String>> rows = new ArrayList<>();
    for (TeamUse team : sources.figures().teams(month, day, ROWS)) {
      rows.add(
          List.of(
              Sanitizer.oneLine(team.name().isBlank() ? team.team() : team.name()),
              team.team(),
              ofUsd(team.usdToday(), policy.usd(PolicyKey.TEAM_DAY_USD)),
              ofUsd(team.usd(), policy.usd(PolicyKey.TEAM_MONTH_USD)),
              ofCount(team.turnsToday(), policy.count(PolicyKey.TEAM_DAY_RUNS)),
              ofCount(team.turns(), policy.count(PolicyKey.TEAM_MONTH_RUNS))));
    }
    return Charts.table(
        List.of("Team", "id", "today", "this month", "turns today", "turns this month"), rows);
  }

  Html people() {
    Map<String, Figures> today = new TreeMap<>();
    sources.statistics().since(day, Optional.empty()).forEach(one -> today.put(one.person(), one));
    List<List<String>> rows = new ArrayList<>();
    sources.statistics().since(month, Optional.empty()).stream()
        .filter(one -> !one.person().equals(Figures.ALL))
        .limit(ROWS)
        .forEach(
            one -> {
              Optional<Figures> now = Optional.ofNullable(today.get(one.person()));
              rows.add(
                  List.of(
                      Sanitizer.oneLine(one.name()),
                      one.person(),
                      ofUsd(
                          now.map(Figures::usd).orElse(0.0), policy.usd(PolicyKey.PERSON_DAY_USD)),
                      ofUsd(one.usd(), policy.usd(PolicyKey.PERSON_MONTH_USD)),
                      ofCount(
                          now.map(Figures::turns).orElse(0L),
                          policy.count(PolicyKey.PERSON_DAY_RUNS)),
                      ofCount(one.turns(), policy.count(PolicyKey.PERSON_MONTH_RUNS)),
                      Charts.percent(
                          one.turns() == 0 ? 0 : (double) one.ended("verified") / one.turns()),
                      Charts.count(one.disputed())));
            });
    return Charts.table(
        List.of(
            "Person",
            "id",
            "today",
            "this month",
            "turns today",
            "turns this month",
            "verified",
            "disputed"),
        rows);
  }

  private static String ofUsd(double used, double limit) {
    return limit > 0 ? Charts.usd(used) + " of " + Charts.usd(limit) : Charts.usd(used);
  }

  private static String ofCount(long used, long limit) {
    return limit > 0 ? Charts.count(used) + " of " + Charts.count(limit) : Charts.count(used);
  }
}
