package dev.reckon.core.surface.render;

import dev.reckon.core.message.Block;
import java.util.function.Predicate;

/**
 * What a surface shows in full, as an excerpt, or as a file.
 *
 * @param output printed text up to this is shown in full
 * @param outputExcerpt how much is shown of longer output; the rest is in a file
 * @param text paragraphs up to this are shown in full
 * @param code programs up to this are shown in full
 * @param codeForm whether a longer program can be opened by a button instead of being a file
 * @param message the most characters in all, beyond which even short parts are excerpts
 * @param table how tables are shown
 * @param charts which tables the platform draws as charts
 * @param fileBytes the largest file that the platform takes
 * @param files whether there are files at all; without, everything is shown in full
 * @param requestShown whether the request stands above a message anyway, so that progress need not
 *     repeat it
 */
public record DisplayPolicy(
    Excerpt.Limit output,
    Excerpt.Limit outputExcerpt,
    Excerpt.Limit text,
    Excerpt.Limit code,
    Predicate<String> codeForm,
    int message,
    Tables table,
    Predicate<Block.Table> charts,
    long fileBytes,
    boolean files,
    boolean requestShown) {
  /**
   * How tables are shown.
   *
   * @param drawn the most tables of a message that the platform draws itself
   * @param rows the most rows that are shown, without the header
   * @param columns the most columns of a table that the platform draws
   * @param characters the most characters in all cells of a table that the platform draws
   * @param cells the most cells in a line of a table in a fixed-width font
   */
  public record Tables(int drawn, int rows, int columns, int characters, int cells) {}
}
