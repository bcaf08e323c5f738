package dev.reckon.files.table;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a whole table once: its dialect and shape by the first records, then every record for the
 * columns, the rows and what follows them. Immutable.
 */
public final class TableReader {
  private static final int HEAD = 200;
  private static final int MOST_FOOTERS = 40;
  private static final double LEAST_SCORE = 0.3;

  /** What tables with numbers or dates in them reach, and texts do not. */
  private static final double SURE_SCORE = 0.6;

  private static final int PROBE = 1_000;
  private static final List<String> TOTALS =
      List.of(
          "total",
          "totals",
          "grand total",
          "subtotal",
          "sub-total",
          "average",
          "avg",
          "mean",
          "durchschnitt",
          "mittelwert",
          "moyenne",
          "promedio",
          "gesamtergebnis",
          "totaux",
          "totales",
          "小計",
          "小计",
          "합계",
          "총계",
          "sum",
          "summe",
          "gesamt",
          "gesamtsumme",
          "insgesamt",
          "totale",
          "totaal",
          "totalt",
          "razem",
          "suma",
          "celkem",
          "összesen",
          "итого",
          "всего",
          "toplam",
          "合計",
          "总计",
          "合计",
          "somme",
          "yhteensä");

  private final int mostColumns;
  private final int samples;

  /**
   * A reader.
   *
   * @param mostColumns columns that are profiled; further ones are counted
   * @param samples values that are remembered of each column
   */
  public TableReader(int mostColumns, int samples) {
    this.mostColumns = mostColumns;
    this.samples = samples;
  }

  /**
   * A table. Lines count from 1; 0 stands for none.
   *
   * @param quotes whether any value is quoted
   * @param separatorLine whether the first line only names the delimiter
   * @param recordsBefore records before the header: titles, notes, blank lines
   * @param headerRecords of the header, 0 without one
   * @param firstRowLine where the data begins
   * @param blankRows rows among the data in which every value is blank
   * @param width columns in the file
   * @param firstIsTotal whether the first row is a total of those below it
   * @param firstUnnamed whether the header has one value less than the rows, none for the first
   *     column
   * @param names of the columns that are profiled, empty without a header
   * @param columns a tally of each of them
   */
  public record TableFound(
      Dialect dialect,
      boolean quotes,
      boolean separatorLine,
      int recordsBefore,
      long headerLine,
      int headerRecords,
      long firstRowLine,
      long rows,
      long blankRows,
      long ragged,
      int width,
      long footerLine,
      int footerRecords,
      int totalRows,
      boolean firstIsTotal,
      boolean firstUnnamed,
      List<String> names,
      List<ColumnTally> columns) {}

  /**
   * Reads a text as a table; empty if it is not one.
   *
   * @param named whether the file's name says that it is a table, so that any text is read as one
   */
  public Optional<TableFound> read(String text, boolean named) {
    DialectDetector.Detected detected = DialectDetector.detect(text);
    boolean table = detected.dialect().delimiter() != 0 && detected.score() >= LEAST_SCORE;
    if (!named && (!table || isProse(text, detected) || isLog(text, detected))) {
      return Optional.empty();
    }
    return Optional.of(new Pass(text, detected).run());
  }

  /** Sentences too have their commas, each before a blank or at the end of a line. */
  private static boolean isProse(String text, DialectDetector.Detected detected) {
    char delimiter = detected.dialect().delimiter();
    if (detected.score() >= SURE_SCORE || ",: ".indexOf(delimiter) < 0) {
      return false;
    }
    int inText = 0;
    int all = 0;
    for (int i = text.indexOf(delimiter);
        i >= 0 && all < PROBE;
        i = text.indexOf(delimiter, i + 1)) {
      all++;
      inText += i + 1 == text.length() || Character.isWhitespace(text.charAt(i + 1)) ? 1 : 0;
    }
    return delimiter != ',' || inText * 2 > all;
  }

  /**
   * Many programs write a comma before the milliseconds of each line's time; it divides nothing.
   */
  private static boolean isLog(String text, DialectDetector.Detected detected) {
    if (detected.dialect().delimiter() != ',') {
      return false;
    }
    List<String> lines = text.substring(0, Math.min(text.length(), PROBE * 10)).lines().toList();
    long stamped = lines.stream().filter(TableReader::beginsWithMilliseconds).count();
    return stamped * 2 > lines.size();
  }

  /** Whether the line's first comma is between seconds and three digits that end there. */
  private static boolean beginsWithMilliseconds(String line) {
    int comma = line.indexOf(',');
    if (comma < 8 || comma > 40 || line.length() < comma + 5) {
      return false;
    }
    String time = line.substring(comma - 8, comma);
    for (int i = 0; i < time.length(); i++) {
      boolean colon = i == 2 || i == 5;
      if (colon ? time.charAt(i) != ':' : !Character.isDigit(time.charAt(i))) {
        return false;
      }
    }
    return line.substring(comma + 1, comma + 4).chars().allMatch(Character::isDigit)
        && " \t])".indexOf(line.charAt(comma + 4)) >= 0;
  }

  /** One pass over one text. */
  private final class Pass {
    private final Dialect dialect;
    private final boolean separatorLine;
    private final RecordScanner scanner;
    private final List<ColumnTally> tallies = new ArrayList<>();
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final int detectedWidth;

    private int width;
    private long rows;
    private long blankRows;
    private long pendingBlanks;
    private long ragged;
    private int totalRows;
    private boolean quotes;
    private boolean firstIsTotal;
    private boolean afterBlank;

    /** A record that may be a row or a note after the table. */
    private record Pending(List<String> values, int width, long line) {}

    Pass(String text, DialectDetector.Detected detected) {
      this.separatorLine = DialectDetector.separatorLine(text) != 0;
      this.detectedWidth = detected.width();
      Dialect found = detected.dialect();
      this.dialect =
          separatorLine && found.delimiter() == 0
              ? new Dialect(DialectDetector.separatorLine(text), '"', '\0', '\0')
              : found;
      this.scanner = new RecordScanner(text, dialect, mostColumns);
    }

    TableFound run() {
      if (separatorLine) {
        scanner.next();
      }
      List<List<String>> head = new ArrayList<>();
      List<Long> lines = new ArrayList<>();
      List<Integer> widths = new ArrayList<>();
      long cells = 0;
      while (head.size() < HEAD && cells < 200_000 && scanner.next()) {
        head.add(List.copyOf(scanner.values()));
        lines.add(scanner.line());
        widths.add(scanner.width());
        cells += scanner.values().size();
        quotes |= scanner.quotedValues() > 0;
      }
      width = width(widths);
      int profiled = Math.min(width, mostColumns);
      TableShape shape = TableShape.of(head, Math.max(1, profiled));
      for (int i = 0; i < profiled; i++) {
        tallies.add(new ColumnTally(samples));
      }
      int first = shape.recordsBefore() + shape.headerRecords();
      for (int i = first; i < head.size(); i++) {
        take(head.get(i), widths.get(i), lines.get(i));
      }
      while (scanner.next()) {
        quotes |= scanner.quotedValues() > 0;
        take(scanner.values(), scanner.width(), scanner.line());
      }
      long footerLine = 0;
      int footers = 0;
      while (!pending.isEmpty() && footerLine == 0) {
        Pending next = pending.peekFirst();
        if (isFooter(next)) {
          footerLine = next.line;
          footers = pending.size();
        } else {
          row(next.values, next.width);
          pending.removeFirst();
        }
      }
      pendingBlanks = 0; // blank lines after the table are no rows of it
      long headerLine = shape.headerRecords() == 0 ? 0 : lines.get(shape.recordsBefore());
      long firstRowLine = first < lines.size() ? lines.get(first) : 0;
      return new TableFound(
          dialect,
          quotes,
          separatorLine,
          shape.recordsBefore(),
          headerLine,
          shape.headerRecords(),
          firstRowLine,
          rows,
          blankRows,
          ragged,
          width,
          footerLine,
          footers,
          totalRows,
          firstIsTotal && rows > 2,
          shape.firstUnnamed(),
          shape.names(),
          List.copyOf(tallies));
    }

    /** The usual width of the head's records, by the same measure as the detection's. */
    private int width(List<Integer> widths) {
      if (dialect.delimiter() == 0) {
        return 1;
      }
      int same = 0;
      int widest = 1;
      for (int each : widths) {
        same += each == detectedWidth ? 1 : 0;
        widest = Math.max(widest, each);
      }
      // The detection stops counting at some hundred columns.
      return same * 4 >= widths.size() ? detectedWidth : Math.max(detectedWidth, widest);
    }

    private void take(List<String> values, int recordWidth, long line) {
      if (TableShape.filled(values) == 0) {
        pendingBlanks += values.isEmpty() ? 0 : 1;
        afterBlank = true;
        return;
      }
      if (isSparse(values) || isApart(values, recordWidth)) {
        pending.addLast(new Pending(List.copyOf(values), recordWidth, line));
        if (pending.size() > MOST_FOOTERS) {
          Pending oldest = pending.removeFirst();
          row(oldest.values, oldest.width);
        }
        return;
      }
      flush();
      afterBlank = false;
      row(values, recordWidth);
    }

    private void flush() {
      for (Pending each : pending) {
        row(each.values, each.width);
      }
      pending.clear();
      blankRows += pendingBlanks;
      pendingBlanks = 0;
    }

    /** Whether a record has so few values that it may be a note. */
    private boolean isSparse(List<String> values) {
      return width > 1 && TableShape.filled(values) == 1;
    }

    /**
     * Whether a record follows a blank line, has fewer values than a row, and no number in them.
     */
    private boolean isApart(List<String> values, int recordWidth) {
      return afterBlank
          && recordWidth < width
          && values.stream().noneMatch(value -> ValueKind.of(value.strip()) == ValueKind.NUMBER);
    }

    private boolean isFooter(Pending record) {
      String only = "";
      for (String value : record.values) {
        only = only.isEmpty() ? value.strip() : only;
      }
      boolean inFirst = !record.values.getFirst().isBlank();
      return inFirst
          && ValueKind.of(only) == ValueKind.TEXT
          && (width > 2 || record.width < width || only.length() > 20);
    }

    private void row(List<String> values, int recordWidth) {
      rows++;
      ragged += recordWidth == width ? 0 : 1;
      boolean total = isTotal(values);
      totalRows = total ? totalRows + 1 : 0;
      firstIsTotal = rows == 1 ? total : firstIsTotal && !(rows == 2 && total);
      for (int i = 0; i < tallies.size(); i++) {
        if (i < values.size()) {
          tallies.get(i).see(values.get(i));
        } else {
          tallies.get(i).seeNothing();
        }
      }
    }

    private static boolean isTotal(List<String> values) {
      for (String value : values) {
        if (!value.isBlank()) {
          String word = value.strip().toLowerCase(Locale.ROOT);
          if (word.length() > 40) {
            return false;
          }
          for (String total : TOTALS) {
            if (word.equals(total)
                || word.startsWith(total + " ")
                || word.startsWith(total + ":")) {
              return true;
            }
          }
          return false;
        }
      }
      return false;
    }
  }
}
