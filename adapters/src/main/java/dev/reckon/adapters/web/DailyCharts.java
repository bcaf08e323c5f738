package dev.reckon.adapters.web;

import dev.reckon.adapters.web.Charts.Bar;
import dev.reckon.core.store.Operations.QuarterHour;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Charts of turns, verified and disputed answers, and costs by day. */
final class DailyCharts {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

  private DailyCharts() {}

  /** One day's turns. */
  private static final class Day {
    private double verified;
    private double answered;
    private double failed;
    private double disputed;
    private double usd;

    void add(QuarterHour quarter) {
      switch (quarter.outcome()) {
        case "verified" -> verified += quarter.turns();
        case "plain_yes", "unverified", "not_judged" -> answered += quarter.turns();
        default -> failed += quarter.turns();
      }
      disputed += quarter.disputed();
      usd += quarter.usd();
    }

    double share(double part) {
      double all = verified + answered + failed;
      return all == 0 ? 0 : part / all;
    }
  }

  /**
   * Charts of the last days.
   *
   * @param quarters the figures, in quarters of an hour
   * @param number how many days, with today
   */
  static Html of(List<QuarterHour> quarters, LocalDate today, int number, ZoneId zone) {
    Map<LocalDate, Day> days = new TreeMap<>();
    for (int back = number - 1; back >= 0; back--) {
      days.put(today.minusDays(back), new Day());
    }
    for (QuarterHour quarter : quarters) {
      Day day = days.get(quarter.start().atZone(zone).toLocalDate());
      if (day != null) {
        day.add(quarter);
      }
    }
    List<Bar> turns = new ArrayList<>();
    List<Bar> verified = new ArrayList<>();
    List<Bar> disputed = new ArrayList<>();
    List<Bar> cost = new ArrayList<>();
    days.forEach(
        (date, day) -> {
          String label = DAY.format(date);
          turns.add(new Bar(label, List.of(day.verified, day.answered, day.failed)));
          verified.add(new Bar(label, List.of(day.share(day.verified))));
          disputed.add(new Bar(label, List.of(day.share(day.disputed))));
          cost.add(new Bar(label, List.of(day.usd)));
        });
    return Html.all(
        Charts.bars(
            "Turns", List.of("verified", "answered otherwise", "no answer"), turns, Charts::count),
        Charts.bars("Verified, of all turns", List.of("verified"), verified, Charts::percent),
        Charts.bars("Disputed, of all turns", List.of("disputed"), disputed, Charts::percent),
        Charts.bars("Cost of model calls", List.of("cost"), cost, Charts::usd));
  }
}
