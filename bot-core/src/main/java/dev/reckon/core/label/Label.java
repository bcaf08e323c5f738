package dev.reckon.core.label;

import java.util.Locale;

/**
 * A text that Reckon says, by its key in the resource bundle: {@code BUTTON_CANCEL} is {@code
 * button.cancel}. A test checks that the bundle and this list agree and that every key is used.
 */
public enum Label {
  BUTTON_CANCEL,
  BUTTON_AGAIN,
  BUTTON_EDIT,
  BUTTON_SHOW_CODE,
  BUTTON_SHOW_EVIDENCE,
  BUTTON_SAVE,
  BUTTON_SHARE,
  BUTTON_SHARE_CHOOSE,
  BUTTON_GOOD,
  BUTTON_WRONG,
  BUTTON_CONFIRM,
  BUTTON_RERUN_EDITED,
  BUTTON_SUGGESTION,
  BUTTON_MORE,

  STATUS_VERIFIED,
  STATUS_VERIFIED_BY_RULE,
  STATUS_VERIFIED_TWICE,
  STATUS_UNVERIFIED,
  STATUS_UNVERIFIED_STEP,
  STATUS_NOT_JUDGED,
  STATUS_VERIFY_OFF,
  STATUS_NOT_RUN,
  STATUS_PROGRAM_FAILED,
  STATUS_EXHAUSTED,
  STATUS_BUSY,
  STATUS_CANCELLED,
  STATUS_CANCELLED_WITH_OUTPUT,
  STATUS_TOO_LONG,

  WORD_VERIFIED,
  WORD_UNVERIFIED,
  WORD_NOT_JUDGED,
  WORD_FAILED,
  WORD_ASKED,
  WORD_DECLINED,
  WORD_OVER_BUDGET,
  WORD_CANCELLED,
  WORD_MODEL_ERROR,

  PROGRESS_WRITING,
  PROGRESS_FIXING,
  PROGRESS_SCREENING,
  PROGRESS_RUNNING,
  PROGRESS_CHECKING,
  PROGRESS_DONE,
  PROGRESS_STEP,
  PROGRESS_ATTEMPT,
  PROGRESS_FAILED_ATTEMPT,

  FOOTER_ATTEMPTS,
  FOOTER_SECONDS,
  FOOTER_COST,

  NO_OUTPUT,
  OUTPUT_DROPPED,
  EXCERPT_LINES,
  EXCERPT_START,
  CODE_IN_FILE,
  TABLE_ROWS,
  TABLE_CUT,
  TABLE_COLUMNS_HERE,
  FILE,
  FILE_TOO_LARGE,
  FILE_EXPIRED,
  FILE_EMPTY,
  FILE_REFUSED,
  MESSAGE_FULL,
  ANSWERED_BELOW,
  SENT_PLAINER,
  ONLY_YOU;

  /** The text in English with these values in their places. */
  public String text(Object... values) {
    return Labels.ENGLISH.text(this, values);
  }

  /** The key in the bundle. */
  String key() {
    int group = name().indexOf('_');
    return group < 0
        ? name().toLowerCase(Locale.ROOT)
        : name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
  }
}
