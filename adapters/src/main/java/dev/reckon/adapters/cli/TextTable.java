package dev.reckon.adapters.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table that fits: columns side by side where the width allows it, shortened where that is
 * enough, and otherwise one row after another with a line for each cell, as on a phone.
 */
final class TextTable {
  private static final int NARROWEST = 6;
  private static final String GAP = "  ";

  private final List<String> header;
  private final List<List<String>> rows;
  private final Ink ink;

  TextTable(List<String> header, List<List<String>> rows, Ink ink) {
    this.header = header.stream().map(TextTable::cell).toList();
    this.rows = rows.stream().map(row -> row.stream().map(TextTable::cell).toList()).toList();
    this.ink = ink;
  }

  /** The table's lines, none wider than asked where that is possible at all. */
  List<String> lines(int width) {
    int[] widths = new int[header.size()];
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      widths[i] =
          Math.max(
              header.get(i).length(),
              rows.stream().mapToInt(row -> at(row, column).length()).max().orElse(0));
    }
    int room = width - GAP.length() * Math.max(0, widths.length - 1);
    if (Arrays.stream(widths).map(w -> Math.min(w, NARROWEST)).sum() > room) {
      return stacked();
    }
    while (Arrays.stream(widths).sum() > room) {
      widths[widest(widths)]--;
    }
    List<String> lines = new ArrayList<>();
    lines.add(ink.bold(line(header, widths)));
    lines.add(
        ink.dim(
            "─"
                .repeat(
                    Math.max(
                        0, Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1)))));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  private List<String> stacked() {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      for (int i = 0; i < header.size(); i++) {
        lines.add(ink.dim(header.get(i) + ": ") + at(row, i));
      }
    }
    return lines;
  }

  private String line(List<String> cells, int[] widths) {
    List<String> padded = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      String text = at(cells, i);
      String shown =
          text.length() <= widths[i] ? text : text.substring(0, Math.max(0, widths[i] - 1)) + "…";
      String space = " ".repeat(widths[i] - shown.length());
      padded.add(isNumeric(i) ? space + shown : shown + space);
    }
    return String.join(GAP, padded).stripTrailing();
  }

  private boolean isNumeric(int column) {
    return !rows.isEmpty()
        && rows.stream().allMatch(row -> at(row, column).matches("[-+−]?[\\d.,' ]*[%€$]?"));
  }

  private static int widest(int[] widths) {
    int widest = 0;
    for (int i = 1; i < widths.length; i++) {
      widest = widths[i] > widths[widest] ? i : widest;
    }
    return widest;
  }

  private static String at(List<String> row, int column) {
    return column < row.size() ? row.get(column) : "";
  }

  private static String cell(String text) {
    return Ink.harmless(text).replaceAll("\\s+", " ").strip();
  }
}
