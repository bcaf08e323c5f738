package dev.reckon.adapters.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckon.core.message.Block;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Draws a small table as Slack's data visualization: its columns of numbers as lines over time, or
 * as bars. Slack takes 6 series of 20 points, labels of 20 characters that differ, and titles of
 * 50; it draws two in a message.
 */
final class ChartBlock {
  static final String TYPE = "data_visualization";

  private static final int MOST_SERIES = 6;
  private static final int MOST_POINTS = 20;
  private static final int LABEL_CHARACTERS = 20;
  private static final int TITLE_CHARACTERS = 50;

  /** Years, months, quarters and days, whose order is that of time. */
  private static final Pattern TIME =
      Pattern.compile("(?:1[89]|20|21)[0-9]{2}(?:-[0-9]{2}(?:-[0-9]{2})?|[- ]?Q[1-4])?");

  private ChartBlock() {}

  /** The chart of a table; empty where it is none for a small chart. */
  static Optional<ObjectNode> of(Block.Table table) {
    int rows = table.rows().size();
    if (rows < 2 || rows > MOST_POINTS) {
      return Optional.empty();
    }
    int labels = labels(table);
    List<String> categories = column(table, labels, LABEL_CHARACTERS);
    List<Integer> numbers = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int column = 0; column < table.header().size(); column++) {
      boolean isSeries =
          column != labels
              && isNumeric(table, column)
              && numbers.size() < MOST_SERIES
              && names.add(name(table, column));
      if (isSeries) {
        numbers.add(column);
      }
    }
    boolean isDistinct = new HashSet<>(categories).size() == rows;
    return numbers.isEmpty() || !isDistinct
        ? Optional.empty()
        : Optional.of(block(table, labels, categories, numbers));
  }

  private static ObjectNode block(
      Block.Table table, int labels, List<String> categories, List<Integer> numbers) {
    ObjectNode block = JsonNodeFactory.instance.objectNode().put("type", TYPE);
    String title =
        numbers.stream().map(column -> name(table, column)).collect(Collectors.joining(", "));
    block.put("title", DataTableBlock.shown(title, TITLE_CHARACTERS));
    ObjectNode chart = block.putObject("chart");
    boolean isOverTime = categories.stream().allMatch(label -> TIME.matcher(label).matches());
    chart.put("type", isOverTime ? "line" : "bar");
    ArrayNode series = chart.putArray("series");
    for (int column : numbers) {
      ObjectNode one = series.addObject().put("name", name(table, column));
      ArrayNode data = one.putArray("data");
      for (int row = 0; row < categories.size(); row++) {
        String cell = DataTableBlock.cell(table.rows().get(row), column);
        data.addObject()
            .put("label", categories.get(row))
            .put("value", DataTableBlock.number(cell).orElseThrow());
      }
    }
    ObjectNode axes = chart.putObject("axis_config");
    ArrayNode all = axes.putArray("categories");
    categories.forEach(all::add);
    axes.put("x_label", name(table, labels, TITLE_CHARACTERS));
    return block;
  }

  /** The column that names the rows: the first that is no number, or else the first. */
  private static int labels(Block.Table table) {
    for (int column = 0; column < table.header().size(); column++) {
      if (!isNumeric(table, column)) {
        return column;
      }
    }
    return 0;
  }

  private static boolean isNumeric(Block.Table table, int column) {
    return table.rows().stream()
        .allMatch(row -> DataTableBlock.number(DataTableBlock.cell(row, column)).isPresent());
  }

  private static List<String> column(Block.Table table, int column, int characters) {
    return table.rows().stream()
        .map(row -> DataTableBlock.shown(DataTableBlock.cell(row, column), characters))
        .toList();
  }

  private static String name(Block.Table table, int column) {
    return name(table, column, LABEL_CHARACTERS);
  }

  private static String name(Block.Table table, int column, int characters) {
    return DataTableBlock.shown(table.header().get(column), characters);
  }
}
