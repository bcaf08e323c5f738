package dev.reckon.adapters.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table that fits: columns side by side where the width allows it, the wide ones broken into
 * lines where that is enough, and otherwise one row after another with a line for each cell, as on
 * a phone. Only a cell of very many lines is cut.
 */
final class TextTable {
  private static final int NARROWEST = 6;
  private static final int TALLEST = 6;
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
    lines(header, widths).forEach(line -> lines.add(ink.bold(line)));
    lines.add(
        ink.dim(
            "─"
                .repeat(
                    Math.max(
                        0, Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1)))));
    rows.forEach(row -> lines.addAll(lines(row, widths)));
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

  /** One row: as many lines as its longest cell needs. */
  private List<String> lines(List<String> cells, int[] widths) {
    List<List<String>> broken = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      broken.add(broken(at(cells, i), widths[i]));
    }
    int height = broken.stream().mapToInt(List::size).max().orElse(1);
    List<String> lines = new ArrayList<>();
    for (int line = 0; line < height; line++) {
      List<String> padded = new ArrayList<>();
      for (int i = 0; i < widths.length; i++) {
        String shown = at(broken.get(i), line);
        String space = " ".repeat(widths[i] - shown.length());
        padded.add(isNumeric(i) ? space + shown : shown + space);
      }
      lines.add(String.join(GAP, padded).stripTrailing());
    }
    return lines;
  }

  /** A cell's lines, none wider than its column; words that are too long are broken as well. */
  private static List<String> broken(String text, int width) {
    List<String> lines = new ArrayList<>();
    for (String line : Wrapping.lines(text, width)) {
      String rest = line;
      while (rest.length() > width) {
        int end =
            Character.isHighSurrogate(rest.charAt(width - 1)) && width > 1 ? width - 1 : width;
        lines.add(rest.substring(0, end));
        rest = rest.substring(end);
      }
      lines.add(rest);
    }
    if (lines.size() > TALLEST) {
      String last = lines.get(TALLEST - 1);
      String cut = last.length() < width ? last : last.substring(0, width - 1);
      return Stream.concat(lines.stream().limit(TALLEST - 1), Stream.of(cut + "…")).toList();
    }
    return lines;
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
