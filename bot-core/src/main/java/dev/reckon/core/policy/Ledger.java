package dev.reckon.core.policy;

import java.time.Instant;

/** What was used so far. Safe for use by any number of threads. */
public interface Ledger {
  /** Whose. */
  enum Owner {
    PERSON,
    TEAM
  }

  /** What turns that started at or after {@code since} have used, running ones included. */
  Spent spent(Owner owner, String id, Instant since);

  /**
   * What was used.
   *
   * @param runs turns, whatever came of them; asking that never became a turn is not counted
   * @param usd what their model calls cost, as far as their models have a price
   */
  record Spent(long runs, double usd) {
    public static final Spent NOTHING = new Spent(0, 0);
  }
}
