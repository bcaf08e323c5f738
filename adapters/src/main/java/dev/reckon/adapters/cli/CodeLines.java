package dev.reckon.adapters.cli;

import dev.reckon.core.surface.render.TerminalCells;
import java.util.ArrayList;
import java.util.List;

/** Breaks coloured lines of code so that they fit beside a margin. */
final class CodeLines {
  private static final char ESCAPE = '\u001b';
  private static final String RESET = "\u001b[0m";

  private CodeLines() {}

  /**
   * A line in pieces, none of more cells than that. Each piece ends in the terminal's own colour,
   * and the next one goes on in the colour that was broken off.
   *
   * @param painted a line in which sequences of {@link TextStyle} are the only control characters
   */
  static List<String> of(String painted, int cells) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    String colour = "";
    int width = 0;
    int at = 0;
    while (at < painted.length()) {
      if (painted.charAt(at) == ESCAPE) {
        int end = painted.indexOf('m', at) + 1;
        String sequence = painted.substring(at, end);
        colour = sequence.equals(RESET) ? "" : sequence;
        piece.append(sequence);
        at = end;
        continue;
      }
      String character = Character.toString(painted.codePointAt(at));
      int own = TerminalCells.width(character);
      if (width > 0 && width + own > cells) {
        pieces.add(piece + (colour.isEmpty() ? "" : RESET));
        piece = new StringBuilder(colour);
        width = 0;
      }
      piece.append(character);
      width += own;
      at += character.length();
    }
    pieces.add(piece.toString());
    return pieces;
  }
}
