package dev.reckon.core.turn;

/** Cuts long text in its middle. */
public final class ElidedText {
  private ElidedText() {}

  /** The text, or its beginning and end with a note of how much is left out. */
  public static String of(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int head = most * 2 / 3;
    int tail = most - head;
    return text.substring(0, head)
        + "\n... ("
        + (text.length() - most)
        + " characters left out) ...\n"
        + text.substring(text.length() - tail);
  }
}
