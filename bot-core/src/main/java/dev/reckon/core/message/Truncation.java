package dev.reckon.core.message;

/** Shortens text without cutting through a character. */
public final class Truncation {
  private static final String ELLIPSIS = "…";

  private Truncation() {}

  /**
   * The text, or its beginning with an ellipsis.
   *
   * @param most UTF-16 units of the result, at least 1
   */
  public static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, boundary(text, most - 1)) + ELLIPSIS;
  }

  /**
   * The text, or its beginning and end with a note of how much is left out between them.
   *
   * @param most UTF-16 units of the text that are kept
   */
  public static String middle(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int head = boundary(text, most * 2 / 3);
    int tail = boundary(text, text.length() - (most - most * 2 / 3));
    return text.substring(0, head)
        + "\n... ("
        + (tail - head)
        + " characters left out) ...\n"
        + text.substring(tail);
  }

  /** The largest index up to {@code most} that does not part a surrogate pair. */
  public static int boundary(String text, int most) {
    boolean parts =
        most > 0
            && most < text.length()
            && Character.isHighSurrogate(text.charAt(most - 1))
            && Character.isLowSurrogate(text.charAt(most));
    return parts ? most - 1 : Math.min(most, text.length());
  }
}
