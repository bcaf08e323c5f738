package dev.reckon.core.store;

import java.time.Duration;
import java.time.Instant;

/** Letting go of what is kept about people. */
public interface Privacy {
  /** What {@link #forget} came to. */
  sealed interface Forgetting {
    /**
     * It is gone.
     *
     * @param turns questions and answers deleted
     * @param files deleted
     * @param computations of the person's own private chats, deleted
     * @param kept computations that teams share, which stay without the person's name
     */
    record Done(int turns, int files, int computations, int kept) implements Forgetting {}

    /** Nothing was deleted: so many turns of the person still run. */
    record StillRunning(int turns) implements Forgetting {}
  }

  /**
   * Deletes a person's questions, answers, code, files, feedback and settings, and puts a pseudonym
   * in place of the person where a record must stay: in the audit record (without code), at what
   * teams share, and in the list of known deliveries (without words).
   *
   * @param person an id
   */
  Forgetting forget(String person);

  /**
   * How long things are kept; zero keeps them for good.
   *
   * @param conversations questions, answers and what arrived
   * @param files that people attached or runs left behind
   * @param outputs what programs printed
   * @param audit the audit record
   */
  record Retention(Duration conversations, Duration files, Duration outputs, Duration audit) {
    /** The shortest time for audit lines: budgets of a month are counted from them. */
    public static final Duration SHORTEST_AUDIT = Duration.ofDays(32);

    public Retention {
      if (conversations.isNegative() || files.isNegative() || outputs.isNegative()) {
        throw new IllegalArgumentException("a time to keep things must not be negative");
      }
      if (!audit.isZero() && audit.compareTo(SHORTEST_AUDIT) < 0) {
        throw new IllegalArgumentException(
            "the audit record must be kept for 32 days or longer: budgets are counted from it");
      }
    }
  }

  /**
   * What a sweep deleted.
   *
   * @param turns questions and answers
   * @param outputs turns whose output, if they had any, was taken out
   */
  record Swept(int turns, int files, int outputs, int auditLines) {}

  /** Deletes what is older than it may be. Running turns and waiting replies are left alone. */
  Swept sweep(Retention retention, Instant now);
}
