package dev.reckon.core.surface.render;

import dev.reckon.core.label.Label;
import dev.reckon.core.message.Language;
import dev.reckon.core.message.Truncation;

/**
 * The beginning of a text that may be too long to show: whole lines, as many as fit.
 *
 * @param shown what fits; a single line that does not is cut, ending in an ellipsis
 * @param complete whether that is all of it
 * @param lines how many lines there are in all
 * @param shownLines how many of them are shown
 */
public record Excerpt(String shown, boolean complete, int lines, int shownLines) {
  /** The most that is shown of something: lines, and UTF-16 units. */
  public record Limit(int lines, int characters) {
    /** As much as there is. */
    public static final Limit NONE = new Limit(Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** The same lines in at most that many units. */
    Limit within(int most) {
      return new Limit(lines, Math.min(characters, most));
    }

    boolean holds(String text) {
      return text.length() <= characters && text.lines().limit(lines + 1L).count() <= lines;
    }
  }

  /** The text's beginning within the limit. */
  public static Excerpt of(String visible, Limit limit) {
    String[] lines = visible.split("\n", -1);
    StringBuilder shown = new StringBuilder();
    int count = 0;
    for (String line : lines) {
      if (count == limit.lines()
          || shown.length() + (long) line.length() + 1 > limit.characters()) {
        break;
      }
      shown.append(count == 0 ? "" : "\n").append(line);
      count++;
    }
    if (shown.toString().isBlank() && count < lines.length) {
      int next = count;
      while (next < lines.length && lines[next].isBlank()) {
        next++;
      }
      // Blank lines before a line that is too long would be all that is shown. Where every line is
      // blank, they are what there is to show.
      boolean nothingElse = next == lines.length;
      if (!nothingElse || (shown.isEmpty() && count < limit.lines())) {
        int line = nothingElse ? count : next;
        shown.setLength(0);
        shown.append(Truncation.cut(lines[line], limit.characters()));
        count = line + 1;
      }
    }
    boolean complete = shown.length() == visible.length();
    return new Excerpt(shown.toString(), complete, lines.length, count);
  }

  /** What to say below it, naming the file that has everything. */
  public String rest(Language language, String file) {
    return lines > shownLines
        ? Label.EXCERPT_LINES.in(language, shownLines, lines, file)
        : Label.EXCERPT_START.in(language, file);
  }
}
