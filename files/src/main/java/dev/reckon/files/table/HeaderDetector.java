package dev.reckon.files.table;

import java.util.List;

/** Tells the header of a table from its rows, by how its values differ from those below. */
final class HeaderDetector {
  private static final int MOST_HEADER_RECORDS = 4;
  private static final int LONGEST_UNIT = 12;

  private HeaderDetector() {}

  /**
   * How many records the header takes, blank ones between them included; 0 without a header.
   *
   * @param table the records from where the table begins
   */
  static int headerRecords(List<List<String>> table, int width) {
    boolean ruled =
        table.size() > 1 && TableShape.filled(table.getFirst()) > 0 && isRule(table.get(1));
    if (table.isEmpty() || !(ruled || HeaderVote.isHeader(table, width))) {
      return 0;
    }
    int records = 1;
    // Names may take several records: groups above, names below them, units below the names.
    for (int i = 1; i < Math.min(table.size(), MOST_HEADER_RECORDS); i++) {
      List<String> row = table.get(i);
      if (TableShape.filled(row) == 0) {
        continue;
      }
      if (!continuesHeader(table.subList(0, records), row, table, i, width)) {
        break;
      }
      records = i + 1;
    }
    return records;
  }

  private static boolean continuesHeader(
      List<List<String>> above, List<String> row, List<List<String>> table, int index, int width) {
    if ((index == 1 && isRule(row)) || areUnits(row, table, index, width)) {
      return true;
    }
    if (index + 1 >= table.size() || TableShape.filled(row) < 2) {
      return false;
    }
    boolean fillsGaps = true;
    int gaps = 0;
    for (int column = 0; column < Math.min(width, row.size()); column++) {
      String value = row.get(column).strip();
      if (value.isEmpty()) {
        continue;
      }
      ValueKind kind = ValueKind.of(value);
      if ((kind == ValueKind.NUMBER && !HeaderVote.isYear(value))
          || (kind == ValueKind.DATE && value.length() > 8)) {
        return false;
      }
      String over = column < above.getLast().size() ? above.getLast().get(column).strip() : "";
      fillsGaps &= over.isEmpty() || (column + 1 < width && isGap(above, column + 1));
      gaps += over.isEmpty() ? 1 : 0;
    }
    if (fillsGaps && gaps > 0) {
      return true;
    }
    // A second row of words is a header where the first left columns without a name and what
    // follows is of another kind.
    boolean someGap = false;
    for (int column = 0; column < width; column++) {
      someGap |= isGap(above, column);
    }
    return someGap && differing(table, index, width) * 2 > TableShape.filled(row);
  }

  /** A line of dashes below the names, as Markdown and databases' clients write it. */
  static boolean isRule(List<String> row) {
    int dashes = 0;
    for (String value : row) {
      String cell = value.strip();
      if (cell.chars().anyMatch(c -> "-:=+─━".indexOf(c) < 0)) {
        return false;
      }
      dashes += cell.length() > 1 ? 1 : 0;
    }
    return dashes > 0;
  }

  /** Short words without digits over columns of which most hold numbers from the next row on. */
  private static boolean areUnits(
      List<String> row, List<List<String>> table, int index, int width) {
    if (table.size() < index + 3) {
      return false;
    }
    for (String value : row) {
      if (value.length() > LONGEST_UNIT || value.chars().anyMatch(c -> c >= '0' && c <= '9')) {
        return false;
      }
    }
    int units = 0;
    int numbers = 0;
    for (int column = 0; column < width; column++) {
      int number = 0;
      int values = 0;
      for (List<String> below : table.subList(index + 1, Math.min(table.size(), 50))) {
        if (column < below.size()) {
          ValueKind kind = ValueKind.of(below.get(column).strip());
          values += kind == ValueKind.NOTHING ? 0 : 1;
          number += kind == ValueKind.NUMBER ? 1 : 0;
        }
      }
      if (values > 1 && number == values) {
        numbers++;
        boolean word =
            column < row.size() && ValueKind.of(row.get(column).strip()) == ValueKind.TEXT;
        units += word ? 1 : 0;
      }
    }
    return units > 1 && units * 2 > numbers;
  }

  private static boolean isGap(List<List<String>> above, int column) {
    for (List<String> row : above) {
      if (column < row.size() && !row.get(column).isBlank()) {
        return false;
      }
    }
    return true;
  }

  /** How many columns hold numbers or dates below a record that has words there. */
  private static int differing(List<List<String>> table, int index, int width) {
    int differing = 0;
    for (int column = 0; column < width; column++) {
      int typed = 0;
      int values = 0;
      for (List<String> row : table.subList(index + 1, Math.min(table.size(), index + 50))) {
        if (column < row.size()) {
          ValueKind kind = ValueKind.of(row.get(column).strip());
          values += kind == ValueKind.NOTHING ? 0 : 1;
          typed += kind == ValueKind.TEXT || kind == ValueKind.NOTHING ? 0 : 1;
        }
      }
      differing += values > 0 && typed * 2 > values ? 1 : 0;
    }
    return differing;
  }
}
