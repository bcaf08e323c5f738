package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.core.message.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Draws tables: as Slack's table block where it fits, as aligned text otherwise, and as CSV for the
 * file that has all of it.
 */
final class TableBlock {
  /** Rows that are shown, the header among them; Slack takes 100, a phone shows few. */
  static final int MOST_ROWS = 26;

  /** Slack takes 20 columns. */
  static final int MOST_COLUMNS = 20;

  private static final int LONGEST_CELL = 100;

  /** Slack takes 10,000 characters in all cells of a message's tables. */
  private static final int MOST_CHARACTERS = 6_000;

  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+\u2212]?[$\u20ac\u00a3\u00a5]?[-+]?[0-9][0-9,.' _]*(?:[eE][-+]?[0-9]+)?"
              + " ?[%A-Za-z\u20ac]{0,3}");

  private TableBlock() {}

  /** As much of a table as is shown. */
  static Block.Table shown(Block.Table table) {
    List<List<String>> rows = new ArrayList<>();
    int characters = 0;
    for (List<String> row : all(table)) {
      List<String> cells =
          row.stream().limit(MOST_COLUMNS).map(c -> Harmless.line(c, LONGEST_CELL)).toList();
      characters += cells.stream().mapToInt(String::length).sum();
      if (rows.size() == MOST_ROWS || (characters > MOST_CHARACTERS && !rows.isEmpty())) {
        break;
      }
      rows.add(cells);
    }
    return new Block.Table(rows.getFirst(), rows.subList(1, rows.size()));
  }

  static ObjectNode block(Block.Table shown) {
    ObjectNode block = JsonNodeFactory.instance.objectNode().put("type", "table");
    ArrayNode rows = block.putArray("rows");
    for (List<String> row : all(shown)) {
      ArrayNode cells = rows.addArray();
      for (int column = 0; column < shown.header().size(); column++) {
        String text = column < row.size() ? row.get(column) : "";
        // Slack refuses an empty cell.
        cells.addObject().put("type", "raw_text").put("text", text.isEmpty() ? "\u00a0" : text);
      }
    }
    ArrayNode settings = block.putArray("column_settings");
    for (int column = 0; column < shown.header().size(); column++) {
      settings
          .addObject()
          .put("align", isNumeric(shown, column) ? "right" : "left")
          .put("is_wrapped", true);
    }
    return block;
  }

  /** In a fixed width. */
  static String text(Block.Table shown) {
    int columns = shown.header().size();
    int[] widths = new int[columns];
    for (List<String> row : all(shown)) {
      for (int column = 0; column < Math.min(columns, row.size()); column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    return all(shown).stream()
        .map(row -> line(shown, row, widths))
        .collect(Collectors.joining("\n"));
  }

  private static String line(Block.Table table, List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = column < row.size() ? row.get(column) : "";
      String padding = " ".repeat(widths[column] - cell.length());
      line.append(column == 0 ? "" : "  ");
      line.append(isNumeric(table, column) ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }

  static String csv(Block.Table table) {
    return all(table).stream()
        .map(row -> row.stream().map(TableBlock::quoted).collect(Collectors.joining(",")))
        .collect(Collectors.joining("\r\n", "", "\r\n"));
  }

  private static String quoted(String cell) {
    return cell.matches("[^\",\r\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  private static boolean isNumeric(Block.Table table, int column) {
    return table.rows().stream()
        .filter(row -> column < row.size() && !row.get(column).isEmpty())
        .allMatch(row -> NUMBER.matcher(row.get(column)).matches());
  }

  private static List<List<String>> all(Block.Table table) {
    List<List<String>> all = new ArrayList<>();
    all.add(table.header());
    all.addAll(table.rows());
    return all;
  }
}
