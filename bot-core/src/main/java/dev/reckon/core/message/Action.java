package dev.reckon.core.message;

/**
 * A button, by what it does. Its state is in the store; a button carries ids only.
 *
 * @param verb what to do
 * @param turn the turn it belongs to
 */
public record Action(Verb verb, long turn) {
  /** What buttons can do. */
  public enum Verb {
    CANCEL,
    AGAIN,
    EDIT,
    SHOW_CODE,
    SHOW_EVIDENCE,
    /** Shows the printed tables as charts, where the platform draws them. */
    CHART,
    SAVE,
    /** Posts a private answer; the delivery's address is the place to post to. */
    SHARE,
    GOOD,
    WRONG,
    /** Confirms what the reply with this button asked: {@code turn} is the offer's id. */
    CONFIRM,
    /** Runs an edited request once more: {@code turn} is the offer's id. */
    RERUN_EDITED,
    /** Asks one of the suggested questions: {@code turn} is the suggestion's id. */
    SUGGESTION
  }
}
