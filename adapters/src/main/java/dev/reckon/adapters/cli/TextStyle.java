package dev.reckon.adapters.cli;

/**
 * Colours and weights of text on a terminal, or none.
 *
 * @param colour whether to colour at all
 */
public record TextStyle(boolean colour) {
  private static final String RESET = "\u001b[0m";

  public String bold(String text) {
    return in("1", text);
  }

  public String dim(String text) {
    return in("2", text);
  }

  public String red(String text) {
    return in("31", text);
  }

  public String green(String text) {
    return in("32", text);
  }

  public String yellow(String text) {
    return in("33", text);
  }

  public String blue(String text) {
    return in("34", text);
  }

  public String magenta(String text) {
    return in("35", text);
  }

  public String cyan(String text) {
    return in("36", text);
  }

  /** Black on white, whatever the terminal's own colours are. */
  public String paper(String text) {
    return in("30;107", text);
  }

  private String in(String code, String text) {
    return colour && !text.isEmpty() ? "\u001b[" + code + "m" + text + RESET : text;
  }
}
