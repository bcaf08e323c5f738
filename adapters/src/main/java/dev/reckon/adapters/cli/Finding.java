package dev.reckon.adapters.cli;

/**
 * The result of checking one part of the program.
 *
 * @param part such as {@code sandbox}
 * @param state whether it works
 * @param detail what was found, in words
 * @param advice what to do about it; empty when it is well
 */
public record Finding(String part, State state, String detail, String advice) {
  /** Whether a part works. */
  public enum State {
    GOOD,
    /** It works, with less than there could be. */
    LESS,
    WRONG
  }

  public static Finding good(String part, String detail) {
    return new Finding(part, State.GOOD, detail, "");
  }

  public static Finding less(String part, String detail, String advice) {
    return new Finding(part, State.LESS, detail, advice);
  }

  public static Finding wrong(String part, String detail, String advice) {
    return new Finding(part, State.WRONG, detail, advice);
  }
}
