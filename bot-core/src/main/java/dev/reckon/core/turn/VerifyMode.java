package dev.reckon.core.turn;

/** How an output is checked against its request. */
public enum VerifyMode {
  /** Rules alone where they suffice, the judge otherwise. */
  AUTO,
  /** A second model call judges it. */
  JUDGE,
  /** A second program, written blind to the first, must agree. */
  TWICE,
  /** Nothing is checked; every answer is "not verified". */
  OFF
}
