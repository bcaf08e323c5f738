package dev.reckon.core.turn;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reckon.core.label.Label;
import dev.reckon.core.message.Language;
import java.util.Objects;

/**
 * Why an attempt failed.
 *
 * @param cause picks the words of the repair
 * @param reason in English, for the model; may quote the guest
 * @param line of the program, counted from 1; 0 when none is to blame
 * @param signature equal for failures of the same kind, see {@link #sameWayAs}
 * @param told the reason in the person's language; empty where it is the same
 */
public record AttemptFailure(
    Cause cause,
    String reason,
    int line,
    String signature,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String told) {
  /** What kind of failure. */
  public enum Cause {
    NO_CODE,
    CUT_OFF,
    SCREENED,
    /** A query at its head was not allowed or failed. */
    QUERY_FAILED,
    CRASHED,
    BLOCKED,
    TIME_LIMIT,
    MEMORY_LIMIT,
    OUTPUT_LIMIT,
    WORKER_LOST,
    STOPPED,
    PRINTED_NOTHING,
    TRIVIAL_OUTPUT,
    /** Only in turns that were stored when a printed error was a verdict; a doubt today. */
    ERROR_PRINTED,
    FILE_NOT_OPENED,
    JUDGED_WRONG
  }

  public AttemptFailure {
    told = reason.equals(told) ? "" : Objects.requireNonNullElse(told, ""); // stored without it
  }

  /** A failure whose reason is the same in all languages. */
  public AttemptFailure(Cause cause, String reason, int line, String signature) {
    this(cause, reason, line, signature, "");
  }

  /** A failure for a reason of Reckon's, told to the person in that language. */
  static AttemptFailure of(Cause cause, Language language, Label reason, Object... values) {
    return new AttemptFailure(cause, reason.text(values), 0, "", reason.in(language, values));
  }

  /** The reason for the person. */
  String forPerson() {
    return told.isEmpty() ? reason : told;
  }

  /** Whether both failed the same way, so that repairing the same program again is hopeless. */
  public boolean sameWayAs(AttemptFailure other) {
    return cause == other.cause && signature.equals(other.signature);
  }
}
