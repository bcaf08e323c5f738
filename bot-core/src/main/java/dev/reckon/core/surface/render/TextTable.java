package dev.reckon.core.surface.render;

import dev.reckon.core.message.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table in a fixed-width font. Columns of numbers stand to the right, and a number is never
 * broken or cut: where the width is short, wide cells of text are cut first, then columns in the
 * middle are left out and counted. Cells are on one line and harmless.
 */
public final class TextTable {
  private static final String GAP = "  ";
  private static final int NARROWEST = 8;

  /** The narrowest column in which sentences can be read. */
  private static final int LEAST_PROSE = 24;

  private final List<String> header;
  private final List<List<String>> rows;
  private final int[] widths;

  /** The widths of the widest cells below the headers. */
  private final int[] content;

  private final boolean[] numeric;

  /**
   * Part of a table, as lines.
   *
   * @param lines the header, a rule, and a line for each row
   * @param columns how many columns are shown
   * @param complete whether nothing was cut or left out
   */
  public record Fitted(List<String> lines, int columns, boolean complete) {
    public Fitted {
      lines = List.copyOf(lines);
    }

    /** The lines as one text. */
    public String text() {
      return String.join("\n", lines);
    }
  }

  /** A table of these cells; short rows are filled up. */
  public TextTable(List<String> header, List<List<String>> rows) {
    int columns = Math.max(header.size(), rows.stream().mapToInt(List::size).max().orElse(0));
    this.header = cells(header, columns);
    this.rows = rows.stream().map(row -> cells(row, columns)).toList();
    this.widths = new int[columns];
    this.content = new int[columns];
    this.numeric = new boolean[columns];
    for (int column = 0; column < columns; column++) {
      int at = column;
      numeric[column] =
          this.rows.stream().anyMatch(row -> !row.get(at).isEmpty())
              && this.rows.stream().allMatch(row -> row.get(at).isEmpty() || isNumber(row.get(at)));
      content[column] = widest(this.rows, column);
      widths[column] = Math.max(TerminalCells.width(this.header.get(column)), content[column]);
    }
  }

  /** A reply's table. */
  public static TextTable of(Block.Table table) {
    return new TextTable(table.header(), table.rows());
  }

  private static List<String> cells(List<String> row, int columns) {
    return IntStream.range(0, columns)
        .mapToObj(i -> i < row.size() ? Sanitizer.oneLine(row.get(i)) : "")
        .toList();
  }

  private static int widest(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> TerminalCells.width(row.get(column))).max().orElse(0);
  }

  /** Whether a column has numbers and nothing else. */
  public boolean isNumeric(int column) {
    return numeric[column];
  }

  /** How many columns there are. */
  public int columns() {
    return widths.length;
  }

  /** How many cells a line has when nothing is cut. */
  public int width() {
    return width(IntStream.range(0, widths.length).boxed().toList(), widths);
  }

  private static int width(List<Integer> columns, int[] widths) {
    return columns.stream().mapToInt(column -> widths[column]).sum()
        + GAP.length() * Math.max(0, columns.size() - 1);
  }

  /** The table in lines of at most that many cells, or a little more where one number needs it. */
  public Fitted fitted(int cells) {
    List<Integer> columns = new ArrayList<>(IntStream.range(0, widths.length).boxed().toList());
    int[] narrow = widths.clone();
    while (true) {
      shrink(columns, narrow, cells);
      if (width(columns, narrow) <= cells || columns.size() <= 1) {
        break;
      }
      int middle = columns.size() / 2;
      columns.subList(middle, middle + 1).clear();
      System.arraycopy(widths, 0, narrow, 0, widths.length);
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(header, columns, narrow));
    lines.add("─".repeat(width(columns, narrow)));
    rows.forEach(row -> lines.add(line(row, columns, narrow)));
    boolean complete = columns.size() == widths.length && width(columns, widths) <= cells;
    return new Fitted(lines, columns.size(), complete);
  }

  /** Takes from the widest column that may lose something, until the line fits or none may. */
  private void shrink(List<Integer> columns, int[] narrow, int cells) {
    for (int over = width(columns, narrow) - cells; over > 0; over--) {
      int widest = -1;
      for (int column : columns) {
        boolean may = narrow[column] > least(column);
        if (may && (widest < 0 || narrow[column] > narrow[widest])) {
          widest = column;
        }
      }
      if (widest < 0) {
        return;
      }
      narrow[widest]--;
    }
  }

  private int least(int column) {
    int readable = Math.min(NARROWEST, widths[column]);
    return numeric[column] ? Math.max(readable, content[column]) : readable;
  }

  private String line(List<String> row, List<Integer> columns, int[] narrow, String last) {
    StringBuilder line = new StringBuilder();
    for (int column : columns) {
      String cell = row.get(column);
      String padding = " ".repeat(narrow[column] - TerminalCells.width(cell));
      line.append(numeric[column] ? padding + cell : cell + padding).append(GAP);
    }
    return line.append(last).toString().stripTrailing();
  }

  private String line(List<String> row, List<Integer> columns, int[] narrow) {
    StringBuilder line = new StringBuilder();
    for (int column : columns) {
      String cell = TerminalCells.cut(row.get(column), narrow[column]);
      String padding = " ".repeat(Math.max(0, narrow[column] - TerminalCells.width(cell)));
      line.append(line.isEmpty() && column == columns.getFirst() ? "" : GAP);
      line.append(numeric[column] ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }

  /**
   * The whole table in lines of so many cells, for tables that are read and not looked through: the
   * last column is broken into lines, and where there is no room for it, each row becomes a
   * paragraph.
   */
  public List<String> whole(int cells) {
    int last = widths.length - 1;
    int room = cells - width() + widths[last];
    if (numeric[last] || room < LEAST_PROSE) {
      return paragraphs(cells);
    }
    List<Integer> columns = IntStream.range(0, last).boxed().toList();
    String margin = " ".repeat(cells - room);
    List<String> lines = new ArrayList<>();
    lines.add(line(header, columns, widths, header.get(last)));
    lines.add("─".repeat(cells));
    for (List<String> row : rows) {
      List<String> wrapped = TerminalCells.wrapped(row.get(last), room);
      lines.add(line(row, columns, widths, wrapped.getFirst()));
      wrapped.stream().skip(1).forEach(more -> lines.add(margin + more));
    }
    return lines;
  }

  /** The first cell of each row, and the others below it with their columns' names. */
  private List<String> paragraphs(int cells) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      lines.addAll(TerminalCells.wrapped(row.getFirst(), cells));
      for (int column = 1; column < row.size(); column++) {
        String name = row.size() > 2 ? header.get(column) + ": " : "";
        if (!row.get(column).isEmpty()) {
          TerminalCells.wrapped(name + row.get(column), cells - GAP.length())
              .forEach(line -> lines.add(GAP + line));
        }
      }
    }
    return lines;
  }

  /** A paragraph for each row, a line for each cell: complete, for tables wider than a screen. */
  public List<String> records() {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      for (int column = 0; column < widths.length; column++) {
        lines.add(header.get(column) + ": " + row.get(column));
      }
    }
    return lines;
  }

  /** The table as CSV with the cells as they are, for a file. */
  public static String csv(Block.Table table) {
    StringBuilder csv = new StringBuilder(csv(table.header()));
    table.rows().forEach(row -> csv.append(csv(row)));
    return csv.toString();
  }

  private static String csv(List<String> row) {
    return row.stream().map(TextTable::quoted).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  /**
   * Whether a cell is a number, with its sign, currency, grouping, exponent, per cent, a unit of up
   * to three letters, or a plus for "and more".
   */
  static boolean isNumber(String cell) {
    int i = 0;
    int end = cell.length();
    while (i < end && "+-−$€£¥( ".indexOf(cell.charAt(i)) >= 0) {
      i++;
    }
    int digits = i;
    while (i < end && isPartOfNumber(cell.charAt(i))) {
      i++;
    }
    if (cell.substring(digits, i).chars().noneMatch(Character::isDigit)) {
      return false;
    }
    if (i + 1 < end && (cell.charAt(i) == 'e' || cell.charAt(i) == 'E')) {
      int exponent = i + 1 + ("+-".indexOf(cell.charAt(i + 1)) >= 0 ? 1 : 0);
      if (exponent < end && Character.isDigit(cell.charAt(exponent))) {
        i = exponent;
        while (i < end && Character.isDigit(cell.charAt(i))) {
          i++;
        }
      }
    }
    int unit = i;
    while (i < end
        && (Character.isLetter(cell.charAt(i)) || "%€$£¥)+".indexOf(cell.charAt(i)) >= 0)) {
      i++;
    }
    return i == end && i - unit <= 3;
  }

  private static boolean isPartOfNumber(char c) {
    return Character.isDigit(c) || ",.'_ \u00a0\u202f".indexOf(c) >= 0;
  }
}
