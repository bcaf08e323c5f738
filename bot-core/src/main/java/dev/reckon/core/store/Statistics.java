package dev.reckon.core.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Usage figures from the audit record and people's feedback. */
public interface Statistics {
  /**
   * Figures of one person or of all.
   *
   * @param person an id, a pseudonym for the forgotten, or {@code all}
   * @param name a person's name, a pseudonym for the forgotten, or {@code all}
   * @param turns that ended
   * @param byStatus how they ended, by status in lower case
   * @param disputed answers that somebody found wrong
   * @param attempts programs written or run
   * @param usd what priced model calls cost
   * @param unpriced turns whose cost is not fully known
   * @param good answers called good
   * @param bad answers called bad
   */
  record Figures(
      String person,
      String name,
      long turns,
      Map<String, Long> byStatus,
      long disputed,
      long attempts,
      long inputTokens,
      long outputTokens,
      double usd,
      long unpriced,
      long good,
      long bad) {
    /** The person of the figures for all together. */
    public static final String ALL = "all";

    public Figures {
      byStatus = Map.copyOf(byStatus);
    }

    /** How many ended in one of these ways. */
    public long ended(String... statuses) {
      return List.of(statuses).stream().mapToLong(s -> byStatus.getOrDefault(s, 0L)).sum();
    }

    /** How many gave an answer, verified or not. */
    public long answered() {
      return ended("verified", "unverified", "not_judged");
    }
  }

  /** All together first, then by person, those with the most turns first. */
  List<Figures> since(Instant from, Optional<String> team);
}
