package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.core.message.Block;
import dev.reckon.core.message.Truncation;
import dev.reckon.core.surface.render.Sanitizer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Draws a table as Slack's data table, which people sort and page through. Slack takes 100 rows and
 * a header, 20 columns, no empty cell, and 10,000 characters in all tables of a message; it sorts a
 * column by value where every cell is a number.
 */
final class DataTableBlock {
  static final String TYPE = "data_table";

  private static final int ROWS_ON_A_PAGE = 10;
  private static final int CAPTION_CHARACTERS = 100;

  /** Grouped by commas, or not at all: what may be read in two ways is sorted as text. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+]?(?:\\d{1,3}(?:,\\d{3}){1,6}|\\d{1,30})(?:\\.\\d{1,30})?(?:[eE][-+]?\\d{1,3})?");

  private DataTableBlock() {}

  /** A table that is within Slack's limits, with at least one row. */
  static ObjectNode block(Block.Table table) {
    int columns = table.header().size();
    ObjectNode block = JsonNodeFactory.instance.objectNode().put("type", TYPE);
    block.put("caption", caption(table));
    block.put("page_size", ROWS_ON_A_PAGE);
    ArrayNode rows = block.putArray("rows");
    ArrayNode header = rows.addArray();
    for (int column = 0; column < columns; column++) {
      text(header, table.header().get(column));
    }
    boolean[] numeric = new boolean[columns];
    for (int column = 0; column < columns; column++) {
      int at = column;
      numeric[column] = table.rows().stream().allMatch(row -> number(cell(row, at)).isPresent());
    }
    for (List<String> row : table.rows()) {
      ArrayNode cells = rows.addArray();
      for (int column = 0; column < columns; column++) {
        String shown = cell(row, column);
        if (numeric[column]) {
          cells
              .addObject()
              .put("type", "raw_number")
              .put("value", number(shown).orElseThrow())
              .put("text", shown);
        } else {
          text(cells, shown);
        }
      }
    }
    return block;
  }

  private static String caption(Block.Table table) {
    String named = String.join(", ", table.header()).strip();
    return Truncation.cut(named.isEmpty() ? "Table" : named, CAPTION_CHARACTERS);
  }

  /** Text that Slack shows, cut to a length and never empty. */
  static String shown(String text, int characters) {
    String line = Truncation.cut(Sanitizer.oneLine(text).strip(), characters);
    return line.isBlank() ? "\u00a0" : line;
  }

  static String cell(List<String> row, int column) {
    return column < row.size() ? row.get(column) : "";
  }

  private static void text(ArrayNode cells, String text) {
    cells.addObject().put("type", "raw_text").put("text", text.isBlank() ? "\u00a0" : text);
  }

  /** A cell's value; empty where it is no plain number. */
  static Optional<Double> number(String cell) {
    if (!NUMBER.matcher(cell).matches()) {
      return Optional.empty();
    }
    double value = new BigDecimal(cell.replace(",", "")).doubleValue();
    return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
  }
}
