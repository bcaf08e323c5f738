package dev.reckon.core.store;

import dev.reckon.core.message.Address;
import dev.reckon.core.message.ConversationId;
import dev.reckon.core.message.Team;
import java.time.Instant;
import java.util.List;

/**
 * A standing computation.
 *
 * @param id never used again
 * @param number how people call it in its place
 * @param conversation whose files it reads
 * @param person whose it is: by id, whose rights and budget count
 * @param address where its replies go
 * @param recurrence when it runs, as {@code Recurrence.words} writes it
 * @param zone the IANA name of the time zone in which that is meant
 * @param task what it does, as a command: {@code do burn month=4}, {@code ask total by month}
 * @param watch the condition of an alert, as {@code Condition.words} writes it; empty for one that
 *     posts each run
 * @param files names of the files that it is meant to read; they do not expire
 * @param paused why it does not run; empty while it does
 * @param last what came of its last run
 */
public record Schedule(
    long id,
    int number,
    ConversationId conversation,
    Team team,
    String person,
    String personName,
    Address address,
    String recurrence,
    String zone,
    String task,
    String watch,
    List<String> files,
    String paused,
    Instant nextAt,
    Instant createdAt,
    Run last) {
  public Schedule {
    files = List.copyOf(files);
  }

  /** Whether it posts only what its condition lets through. */
  public boolean isAlert() {
    return !watch.isEmpty();
  }

  public boolean isPaused() {
    return !paused.isEmpty();
  }

  /**
   * What is remembered of the last run.
   *
   * @param number its turn's number in the conversation, 0 before the first
   * @param at when it ended; the epoch before the first
   * @param data names what it read: the same data have the same text
   * @param value what an alert compares the next one with; empty where there is none
   * @param met whether an alert's condition held
   * @param problem why it gave no value; empty where it did
   */
  public record Run(
      int number, Instant at, String data, String value, boolean met, String problem) {
    /** Before the first. */
    public static final Run NONE = new Run(0, Instant.EPOCH, "", "", false, "");

    /** The same with an error. */
    public Run failed(String reason) {
      return new Run(number, at, data, value, met, reason);
    }
  }
}
