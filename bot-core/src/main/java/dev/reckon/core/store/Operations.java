package dev.reckon.core.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Figures for operators. None of them holds what people asked or were answered. */
public interface Operations {
  /**
   * Turns that began in one quarter of an hour and have ended. The offset of every time zone in use
   * is a multiple of that, so each quarter belongs to one day.
   *
   * @param start of the quarter
   * @param outcome their status in lower case
   * @param disputed those whose answer somebody found wrong
   * @param usd what priced model calls cost
   */
  record QuarterHour(Instant start, String outcome, long turns, long disputed, double usd) {}

  /**
   * What a team used this month, and today.
   *
   * @param name may be empty
   */
  record TeamUse(
      String team, String name, long turns, double usd, long turnsToday, double usdToday) {}

  /**
   * Calls of a model for one purpose.
   *
   * @param usd what they cost as far as the model has a price
   */
  record ModelUse(String model, String purpose, long calls, long tokens, double usd) {}

  /**
   * Replies that could not be sent for the same reason.
   *
   * @param problem as the surface reported it
   * @param last when it happened last
   */
  record Undelivered(String surface, String problem, long replies, Instant last) {}

  /**
   * What is under way.
   *
   * @param stages deliveries that are not handled, by their stage in lower case
   * @param failing how many of them have failed and are to be tried again
   * @param turns that have not ended
   */
  record UnderWay(Map<String, Long> stages, long failing, long turns) {
    public UnderWay {
      stages = Map.copyOf(stages);
    }
  }

  /** Ended turns by quarter of an hour and outcome, the oldest first. */
  List<QuarterHour> quarterHours(Instant from);

  /** Teams by the month's cost, then by its turns, the highest first. */
  List<TeamUse> teams(Instant month, Instant today, int most);

  /** Models by purpose, those with the most calls first. */
  List<ModelUse> models(Instant from);

  /** Refusals by reason in lower case. */
  Map<String, Long> refusals(Instant from);

  /** Replies that could not be sent, by surface and reason, the latest first. */
  List<Undelivered> undelivered(Instant from, int most);

  /** What is under way now. */
  UnderWay underWay();
}
