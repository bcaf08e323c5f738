package dev.reckon.core.store;

/** What began a turn. */
public enum TurnKind {
  /** A request in plain words. */
  REQUEST,
  /** Code typed by a person. */
  RUN,
  /** The last code once more. */
  AGAIN,
  /** The last code, changed by hand. */
  EDIT,
  /** A complaint about the last answer. */
  WRONG,
  /** A saved computation. */
  SAVED,
  /** A saved computation that an alert looks at: no context for what people say next. */
  ALERT
}
