package dev.reckon.core.prompt;

/**
 * Marks text as data in a prompt. The marks are single characters that are taken out of the text
 * itself, look-alikes too, so that no text can end its own fence, also not by pieces that only make
 * a mark once something between them is gone.
 */
final class DataFence {
  private static final String MARKS = "⟦⟧〚〛⟬⟭";

  private DataFence() {}

  /** The text without marks and without control characters other than line ends and tabs. */
  static String stripped(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> c == '\n' || c == '\t' || !isHidden(c))
        .filter(c -> MARKS.indexOf(c) < 0)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  /** The text, stripped, between marks of that name. */
  static String fenced(String name, String text) {
    return "⟦" + name + "⟧\n" + stripped(text).stripTrailing() + "\n⟦/" + name + "⟧\n";
  }

  private static boolean isHidden(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.PRIVATE_USE;
  }
}
