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
  MODEL_ERROR
}
