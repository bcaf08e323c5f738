package dev.reckon.core.store.jdbi;

import org.jdbi.v3.core.Handle;

/**
 * Deliveries that were worked on when a process ended, and of which one may have ended it. In the
 * column {@code company} each bears how many of them may be worked on at once; 0 is no suspect.
 *
 * @param count how many are worked on
 * @param most the fewest at once that one of them bears; 0 where none is worked on
 */
record Suspects(int count, int most) {
  /** Those that are worked on now, by all replicas. */
  static Suspects atWork(Handle handle) {
    return handle
        .createQuery(
            "select count(*) as suspects, coalesce(min(company), 0) as most from delivery"
                + " where handled_at is null and starts > 0 and company > 0")
        .map((row, context) -> new Suspects(row.getInt("suspects"), row.getInt("most")))
        .one();
  }

  /** Whether a delivery that bears so many may be worked on beside these. */
  boolean admit(int company) {
    return company == 0 || count == 0 || count < Math.min(company, most);
  }

  /**
   * A replica ended. What it worked on is released and suspected from now on; the only one that can
   * have ended it has a death counted.
   *
   * @param replica its id; empty for a version that stored none
   */
  static void recover(Handle handle, String replica) {
    int suspects = count(handle, " and company > 0", replica);
    int others = count(handle, " and company = 0", replica);
    // Suspects first: the others become suspects by this.
    suspect(handle, " and company > 0", replica, suspects, suspects == 1);
    suspect(handle, " and company = 0", replica, others, others == 1 && suspects == 0);
  }

  private static int count(Handle handle, String which, String replica) {
    return handle
        .createQuery(
            "select count(*) from delivery where handled_at is null and starts > 0"
                + " and coalesce(replica, '') = :replica"
                + which)
        .bind("replica", replica)
        .mapTo(Integer.class)
        .one();
  }

  private static void suspect(
      Handle handle, String which, String replica, int count, boolean guilty) {
    handle.execute(
        "update delivery set company = ?, deaths = deaths + ?, starts = 0"
            + " where handled_at is null and starts > 0 and coalesce(replica, '') = ?"
            + which,
        Math.max(1, (int) Math.sqrt(count)),
        guilty ? 1 : 0,
        replica);
  }
}
