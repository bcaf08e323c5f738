package dev.reckon.core.policy;

/** What a person is about to set off, as far as the policy tells kinds apart. */
public enum Work {
  /** A request in plain words, or a repair: calls the model, then runs code. */
  REQUEST,
  /** Code that a person wrote or changed, or an answer's code once more: no model call. */
  RUN,
  /** A saved computation of the team: no model call. */
  SAVED,
  /** Words that neither call the model nor run code: help, lists, settings. */
  WORD
}
