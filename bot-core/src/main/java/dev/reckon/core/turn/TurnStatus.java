package dev.reckon.core.turn;

/** How a turn ended. */
public enum TurnStatus {
  VERIFIED,
  /** A judge said yes and quoted nothing that our own code could look up. */
  PLAIN_YES,
  UNVERIFIED,
  /** Code ran that nobody was asked to judge: {@code run}, {@code again}, saved computations. */
  NOT_JUDGED,
  /** No clean output came. */
  FAILED,
  /** One question went back; the next message continues. */
  ASKED,
  DECLINED,
  OVER_BUDGET,
  CANCELLED,
  MODEL_ERROR;

  /** Whether the person has what they asked for, or a question or reason in its place. */
  public boolean isReplied() {
    return switch (this) {
      case VERIFIED, PLAIN_YES, UNVERIFIED, NOT_JUDGED, ASKED, DECLINED -> true;
      case FAILED, OVER_BUDGET, CANCELLED, MODEL_ERROR -> false;
    };
  }
}
