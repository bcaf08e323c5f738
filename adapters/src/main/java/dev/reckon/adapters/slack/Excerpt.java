package dev.reckon.adapters.slack;

/**
 * The beginning of a text that may be too long to show: whole lines, as many as fit.
 *
 * @param shown what fits; a single line that does not is cut, ending in an ellipsis
 * @param complete whether that is all of it
 * @param lines how many lines there are in all
 * @param shownLines how many of them are shown
 */
record Excerpt(String shown, boolean complete, int lines, int shownLines) {
  static Excerpt of(String text, int mostLines, int mostCharacters) {
    String clean = Harmless.visible(text).stripTrailing();
    String[] lines = clean.split("\n", -1);
    StringBuilder shown = new StringBuilder();
    int count = 0;
    for (String line : lines) {
      if (count == mostLines || shown.length() + line.length() + 1 > mostCharacters) {
        break;
      }
      shown.append(count == 0 ? "" : "\n").append(line);
      count++;
    }
    if (count == 0) {
      shown.append(Harmless.cut(lines[0], mostCharacters));
      count = 1;
    }
    boolean complete = shown.length() == clean.length();
    return new Excerpt(shown.toString(), complete, lines.length, count);
  }

  /** What to say below it, naming the file that has everything. */
  String rest(String file) {
    return lines > shownLines
        ? "%,d of %,d lines shown; all of it is in %s".formatted(shownLines, lines, file)
        : "The beginning; all of it is in " + file;
  }
}
