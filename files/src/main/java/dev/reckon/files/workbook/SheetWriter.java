package dev.reckon.files.workbook;

import dev.reckon.files.limit.ReadLimits;
import dev.reckon.files.limit.UnreadableFileException;
import java.util.Arrays;

/**
 * Writes a sheet's cells as CSV while they arrive. Blank rows inside the table stay, those around
 * it do not; every row gets as many values as the widest. Not thread-safe.
 */
final class SheetWriter {
  private final ReadLimits limits;
  private final String label;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder row = new StringBuilder();
  private final IntList ends = new IntList();
  private final IntList widths = new IntList();

  private int column;
  private int filledTo;
  private boolean filled;
  private int blankRows;
  private int lastRow = -1;
  private int widest;
  private long cells;
  private boolean cellsCut;
  private boolean columnsCut;

  /**
   * A writer of one sheet.
   *
   * @param label what the sheet is called in messages
   */
  SheetWriter(ReadLimits limits, String label) {
    this.limits = limits;
    this.label = label;
  }

  /** Begins a row; rows that were left out before it are blank. */
  void beginRow(int number) throws UnreadableFileException {
    int gap = Math.max(0, number - lastRow - 1);
    blankRows = text.isEmpty() && ends.size() == 0 ? 0 : saturated(blankRows, gap);
    lastRow = Math.max(lastRow + 1, number);
    row.setLength(0);
    column = 0;
    filledTo = 0;
    filled = false;
  }

  /** Writes a value; columns that were left out before it are blank. */
  void cell(int at, String value) throws UnreadableFileException {
    if (value.isEmpty() || at < column) {
      return; // twice the same cell: the first counts
    }
    if (at >= limits.columns()) {
      columnsCut = true;
      return;
    }
    String kept = value;
    if (kept.length() > limits.cellCharacters()) {
      kept = kept.substring(0, limits.cellCharacters());
      cellsCut = true;
    }
    for (; column < at; column++) {
      row.append(',');
    }
    append(kept);
    filled = true;
    filledTo = at + 1;
    checkSize(row.length());
  }

  /** Ends the row. */
  void endRow() throws UnreadableFileException {
    if (!filled) {
      blankRows = ends.size() == 0 ? 0 : saturated(blankRows, 1);
      return;
    }
    cells += (long) blankRows * Math.max(1, widest) + filledTo;
    if (cells > limits.cells()) {
      throw new UnreadableFileException(
          "%s has more than %d cell%s (files.cells), blank ones between others included. Send a part of it."
              .formatted(label, limits.cells(), limits.cells() == 1 ? "" : "s"));
    }
    for (; blankRows > 0; blankRows--) {
      ends.add(text.length());
      widths.add(0);
    }
    text.append(row);
    ends.add(text.length());
    widths.add(filledTo);
    widest = Math.max(widest, filledTo);
    checkSize(0);
  }

  boolean cellsCut() {
    return cellsCut;
  }

  boolean columnsCut() {
    return columnsCut;
  }

  boolean isEmpty() {
    return ends.size() == 0;
  }

  /** The whole sheet. */
  String csv() throws UnreadableFileException {
    long size = text.length();
    for (int i = 0; i < ends.size(); i++) {
      size += 2 + Math.max(0, widest - Math.max(1, widths.get(i)));
    }
    if (size > limits.fileBytes()) {
      throw tooLarge();
    }
    StringBuilder csv = new StringBuilder((int) size);
    int start = 0;
    for (int i = 0; i < ends.size(); i++) {
      csv.append(text, start, ends.get(i));
      start = ends.get(i);
      csv.repeat(',', Math.max(0, widest - Math.max(1, widths.get(i)))).append("\r\n");
    }
    return csv.toString();
  }

  private void append(String value) {
    boolean quoted = false;
    for (int i = 0; i < value.length() && !quoted; i++) {
      char c = value.charAt(i);
      quoted = c == ',' || c == '"' || c == '\n' || c == '\r';
    }
    if (quoted) {
      row.append('"').append(value.replace("\"", "\"\"")).append('"');
    } else {
      row.append(value);
    }
  }

  private void checkSize(int more) throws UnreadableFileException {
    if ((long) text.length() + more > limits.fileBytes()) {
      throw tooLarge();
    }
  }

  private UnreadableFileException tooLarge() {
    return new UnreadableFileException(
        "%s is too large: a sheet may have %d MiB as CSV (files.file_mib). Send a part of it."
            .formatted(label, limits.fileBytes() >> 20));
  }

  private static int saturated(int a, int b) {
    return (int) Math.min(Integer.MAX_VALUE, (long) a + b);
  }

  /** Numbers without a box around each: a sheet may have a million rows. */
  private static final class IntList {
    private int[] values = new int[64];
    private int size;

    void add(int value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = value;
    }

    int get(int index) {
      return values[index];
    }

    int size() {
      return size;
    }
  }
}
