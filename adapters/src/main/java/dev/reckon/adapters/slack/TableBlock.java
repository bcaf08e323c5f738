package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.core.message.Block;
import dev.reckon.core.surface.render.TextTable;
import java.util.List;

/** Draws a table as Slack's table block. */
final class TableBlock {
  private TableBlock() {}

  /** A table that is within Slack's limits. */
  static ObjectNode block(Block.Table table) {
    ObjectNode block = JsonNodeFactory.instance.objectNode().put("type", "table");
    ArrayNode rows = block.putArray("rows");
    int columns = table.header().size();
    add(rows, table.header(), columns);
    table.rows().forEach(row -> add(rows, row, columns));
    ArrayNode settings = block.putArray("column_settings");
    TextTable text = TextTable.of(table);
    for (int column = 0; column < columns; column++) {
      settings
          .addObject()
          .put("align", text.isNumeric(column) ? "right" : "left")
          .put("is_wrapped", true);
    }
    return block;
  }

  private static void add(ArrayNode rows, List<String> row, int columns) {
    ArrayNode cells = rows.addArray();
    for (int column = 0; column < columns; column++) {
      String text = column < row.size() ? row.get(column) : "";
      // Slack refuses an empty cell.
      cells.addObject().put("type", "raw_text").put("text", text.isEmpty() ? "\u00a0" : text);
    }
  }
}
