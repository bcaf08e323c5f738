package dev.reckon.files.table;

import dev.reckon.files.limit.Excerpts;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a table begins and what its header is, by its first records.
 *
 * @param width the usual number of values in a row
 * @param recordsBefore records before the table, blank ones included
 * @param headerRecords records of the header from there on, blank ones between them included; 0
 *     without a header
 * @param names of the columns, one for each column in the width; empty without a header
 * @param firstUnnamed whether the header has no value at all for the first column, so that its
 *     names begin above the second one, as R writes row names
 */
record TableShape(
    int width, int recordsBefore, int headerRecords, List<String> names, boolean firstUnnamed) {
  private static final int MOST_BEFORE = 60;
  private static final int LONGEST_NAME = 300;

  /**
   * Finds it.
   *
   * @param rows the first records
   * @param width the usual number of values, by the dialect's detection
   */
  static TableShape of(List<List<String>> rows, int width) {
    int filled = usuallyFilled(rows, width);
    int first = firstRow(rows, width, filled);
    List<List<String>> table = rows.subList(first, rows.size());
    int header = HeaderDetector.headerRecords(table, width);
    boolean firstUnnamed = header == 1 && isFirstUnnamed(table, width);
    List<List<String>> named = table.subList(0, header);
    if (firstUnnamed) {
      List<String> shifted = new ArrayList<>(table.getFirst());
      shifted.addFirst("");
      named = List.of(shifted);
    }
    List<String> names = header == 0 ? List.of() : names(named, width);
    return new TableShape(width, first, header, names, firstUnnamed);
  }

  /**
   * Whether the header is one value short and the rows use their last column: a delimiter at the
   * end of each row would leave that column blank.
   */
  private static boolean isFirstUnnamed(List<List<String>> table, int width) {
    if (width < 2 || table.getFirst().size() != width - 1) {
      return false;
    }
    int rows = 0;
    int full = 0;
    for (List<String> row : table.subList(1, table.size())) {
      boolean whole = row.size() == width;
      rows += filled(row) > 0 ? 1 : 0;
      full += whole && !row.getFirst().isBlank() && !row.getLast().isBlank() ? 1 : 0;
    }
    return full > 0 && full * 10 >= rows * 9;
  }

  /** How many values a row usually has that are not blank: the median of the rows with any. */
  private static int usuallyFilled(List<List<String>> rows, int width) {
    int[] counts = new int[width + 1];
    int all = 0;
    for (List<String> row : rows) {
      int filled = filled(row);
      if (filled > 0 && row.size() >= Math.min(2, width)) {
        counts[Math.min(filled, width)]++;
        all++;
      }
    }
    int seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen * 2 >= all && seen > 0) {
        return i;
      }
    }
    return 1;
  }

  private static int firstRow(List<List<String>> rows, int width, int filled) {
    int most = Math.min(rows.size(), MOST_BEFORE);
    for (int i = 0; i < most; i++) {
      List<String> next = i + 1 < rows.size() ? rows.get(i + 1) : List.of();
      if (belongs(rows.get(i), next, width, filled) || isGroups(rows.get(i), next, width, filled)) {
        return i;
      }
    }
    int first = 0;
    while (first < most && filled(rows.get(first)) == 0) {
      first++;
    }
    return first == most ? 0 : first;
  }

  /** Whether a record has as many values as a row or a header of this table. */
  private static boolean belongs(List<String> row, List<String> next, int width, int usual) {
    int filled = filled(row);
    if (width == 1) {
      return filled == 1;
    }
    if (row.size() == width) {
      return filled >= Math.max(2, (usual + 1) / 2) || (filled >= 2 && usual <= 2);
    }
    // An index column may have no name at all, and a row may have one value too many.
    boolean near = row.size() == width - 1 || (row.size() == width + 1 && width > 3);
    return near && next.size() == width && filled == row.size() && areShort(row);
  }

  /** Whether a record holds names of groups of columns, with the columns' names in the next one. */
  private static boolean isGroups(List<String> row, List<String> next, int width, int usual) {
    if (row.size() != width || next.size() != width || filled(row) < 2 || filled(next) < usual) {
      return false;
    }
    boolean gap = false;
    boolean filledAfterGap = false;
    for (int column = 0; column < width; column++) {
      gap |= row.get(column).isBlank();
      filledAfterGap |= gap && !row.get(column).isBlank();
      if (ValueKind.of(next.get(column).strip()) == ValueKind.NUMBER) {
        return false;
      }
    }
    return filledAfterGap;
  }

  private static boolean areShort(List<String> row) {
    for (String value : row) {
      if (value.length() > 40) {
        return false;
      }
    }
    return true;
  }

  private static List<String> names(List<List<String>> header, int width) {
    List<String> names = new ArrayList<>();
    List<List<String>> further =
        header.subList(1, header.size()).stream()
            .filter(row -> !HeaderDetector.isRule(row))
            .toList();
    String group = "";
    for (int column = 0; column < width; column++) {
      List<String> parts = new ArrayList<>();
      boolean below = false;
      for (List<String> row : further) {
        below |= column < row.size() && !row.get(column).isBlank();
      }
      String top = column < header.getFirst().size() ? header.getFirst().get(column).strip() : "";
      if (!top.isEmpty()) {
        group = top;
      }
      // A group's name stands over the first of its columns only.
      if (below ? !group.isEmpty() : !top.isEmpty()) {
        parts.add(below ? group : top);
      }
      for (List<String> row : further) {
        if (column < row.size() && !row.get(column).isBlank()) {
          parts.add(row.get(column).strip());
        }
      }
      String name = String.join(" / ", parts);
      names.add(Excerpts.cut(name, LONGEST_NAME));
    }
    return names;
  }

  static int filled(List<String> row) {
    int filled = 0;
    for (String value : row) {
      filled += value.isBlank() ? 0 : 1;
    }
    return filled;
  }
}
