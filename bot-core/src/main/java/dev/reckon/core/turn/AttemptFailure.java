package dev.reckon.core.turn;

/**
 * Why an attempt failed.
 *
 * @param cause picks the words of the repair
 * @param reason in words, for the person and for the model; may quote the guest
 * @param line of the program, counted from 1; 0 when none is to blame
 * @param signature equal for failures of the same kind, see {@link #sameWayAs}
 */
public record AttemptFailure(Cause cause, String reason, int line, String signature) {
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

  /** Whether both failed the same way, so that repairing the same program again is hopeless. */
  public boolean sameWayAs(AttemptFailure other) {
    return cause == other.cause && signature.equals(other.signature);
  }
}
