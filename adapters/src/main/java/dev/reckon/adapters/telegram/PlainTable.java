package dev.reckon.adapters.telegram;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A table in letters of one width. Numbers stand to the right.
 *
 * @param rows the header first; all as long as the longest
 */
record PlainTable(List<List<String>> rows) {
  /** What a telephone shows without wrapping lines is about that. */
  static final int READABLE_WIDTH = 64;

  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9][0-9,. ]*%?");

  static PlainTable of(List<String> header, List<List<String>> rows) {
    List<List<String>> all = new ArrayList<>();
    all.add(header);
    all.addAll(rows);
    int columns = all.stream().mapToInt(List::size).max().orElse(0);
    return new PlainTable(all.stream().map(row -> cells(row, columns)).map(List::copyOf).toList());
  }

  private static List<String> cells(List<String> row, int columns) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      cells.add(i < row.size() ? Clean.verbatim(row.get(i)).replaceAll("\\s+", " ").strip() : "");
    }
    return cells;
  }

  /** How many characters a line of {@link #aligned()} has. */
  int width() {
    int width = 0;
    for (int column = 0; column < columns(); column++) {
      width += widest(column) + 2;
    }
    return Math.max(0, width - 2);
  }

  /** One line for each row, in columns. */
  String aligned() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < columns(); column++) {
        String cell = rows.get(i).get(column);
        String room = " ".repeat(widest(column) - length(cell));
        line.append(numbers(column) ? room + cell : cell + room).append("  ");
      }
      text.append(line.toString().stripTrailing()).append('\n');
      if (i == 0) {
        text.append("─".repeat(width())).append('\n');
      }
    }
    return text.toString().stripTrailing();
  }

  /** One paragraph for each row, for tables that are too wide for a telephone. */
  String records() {
    StringBuilder text = new StringBuilder();
    List<String> header = rows.getFirst();
    for (List<String> row : rows.subList(1, rows.size())) {
      for (int column = 0; column < columns(); column++) {
        text.append(header.get(column)).append(": ").append(row.get(column)).append('\n');
      }
      text.append('\n');
    }
    return text.toString().stripTrailing();
  }

  private int columns() {
    return rows.getFirst().size();
  }

  private boolean numbers(int column) {
    return rows.stream()
        .skip(1)
        .map(row -> row.get(column))
        .allMatch(cell -> cell.isEmpty() || NUMBER.matcher(cell).matches());
  }

  private int widest(int column) {
    return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
