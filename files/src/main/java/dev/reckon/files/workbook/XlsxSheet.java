package dev.reckon.files.workbook;

import dev.reckon.files.limit.ReadLimits;
import dev.reckon.files.limit.UnreadableFileException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads the cells of one XLSX sheet. Not thread-safe. */
final class XlsxSheet {
  private final ReadLimits limits;
  private final String label;
  private final List<String> strings;
  private final List<CellFormat> styles;
  private final boolean from1904;
  private final List<String> notices = new ArrayList<>();

  /**
   * A reader of one sheet.
   *
   * @param label names the sheet and its file, for notices
   * @param strings the workbook's shared ones
   * @param styles the workbook's, by their numbers
   * @param from1904 whether days are counted from 1904
   */
  XlsxSheet(
      ReadLimits limits,
      String label,
      List<String> strings,
      List<CellFormat> styles,
      boolean from1904) {
    this.limits = limits;
    this.label = label;
    this.strings = strings;
    this.styles = styles;
    this.from1904 = from1904;
  }

  /** What is to be said about what was read. */
  List<String> notices() {
    return List.copyOf(notices);
  }

  /** The sheet as CSV; empty where it holds nothing. */
  String read(XMLStreamReader xml) throws XMLStreamException, UnreadableFileException {
    SheetWriter writer = new SheetWriter(limits, label);
    int row = -1;
    int column = -1;
    int formulas = 0;
    int merged = 0;
    int badReferences = 0;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("row")) {
        writer.endRow();
      }
      if (event != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      switch (xml.getLocalName()) {
        case "row" -> {
          int number = number(XmlReading.attribute(xml, "r"), 0) - 1;
          row = number > row && number < 1 << 20 ? number : row + 1;
          column = -1;
          writer.beginRow(row);
        }
        case "c" -> {
          int at = column(XmlReading.attribute(xml, "r"));
          badReferences += at >= 0 && at <= column ? 1 : 0;
          column = at > column ? at : column + 1;
          Cell cell = cell(xml);
          formulas += cell.formula.isEmpty() || cell.hasValue ? 0 : 1;
          writer.cell(column, cell.value);
        }
        case "mergeCell" -> merged++;
        default -> {}
      }
    }
    if (formulas > 0) {
      notices.add(
          "%s holds %d formula%s without a stored value; the table shows the formula instead. Open the workbook in a spreadsheet program and save it to store the values."
              .formatted(label, formulas, formulas == 1 ? "" : "s"));
    }
    if (merged > 0 && !writer.isEmpty()) {
      notices.add(
          "%s has merged cells (%d range%s): the value is in the first cell of each, the others are blank."
              .formatted(label, merged, merged == 1 ? "" : "s"));
    }
    if (writer.columnsCut()) {
      notices.add(
          "%s has cells beyond column %d (files.columns); they were left out."
              .formatted(label, limits.columns()));
    }
    if (writer.cellsCut()) {
      notices.add(
          "%s has texts of more than %d characters; they were cut."
              .formatted(label, limits.cellCharacters()));
    }
    if (badReferences > 0) {
      notices.add(
          "%s has %d cell%s in wrong order; check the table."
              .formatted(label, badReferences, badReferences == 1 ? "" : "s"));
    }
    return writer.csv();
  }

  private record Cell(String value, String formula, boolean hasValue) {}

  private Cell cell(XMLStreamReader xml) throws XMLStreamException {
    String type = XmlReading.attribute(xml, "t");
    int style = number(XmlReading.attribute(xml, "s"), 0);
    String raw = "";
    String inline = "";
    String formula = "";
    boolean hasFormula = false;
    boolean hasValue = false;
    for (int depth = 1; depth > 0; ) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "v" -> {
            raw = XmlReading.text(xml, limits.cellCharacters());
            hasValue = !raw.isEmpty() || type.equals("str");
          }
          case "f" -> {
            hasFormula = true;
            formula = XmlReading.text(xml, limits.cellCharacters());
          }
          case "is" -> {
            inline = XlsxText.rich(xml, limits.cellCharacters());
            hasValue = true;
          }
          default -> depth++;
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      }
    }
    if (hasFormula && !hasValue) {
      return new Cell(formula.isEmpty() ? "=(shared formula)" : "=" + formula, "=", false);
    }
    String value =
        switch (type) {
          case "s" -> {
            int index = number(raw, -1);
            yield index >= 0 && index < strings.size() ? strings.get(index) : "";
          }
          case "inlineStr" -> inline;
          case "str" -> XlsxText.unescaped(raw);
          case "b" -> raw.equals("1") || raw.equals("true") ? "TRUE" : raw.isEmpty() ? "" : "FALSE";
          case "e" -> raw;
          case "d" -> isoDate(raw);
          default -> raw.isEmpty() ? inline : format(style).show(raw.strip(), from1904);
        };
    return new Cell(value, hasFormula ? "=" : "", true);
  }

  private CellFormat format(int style) {
    return style >= 0 && style < styles.size() ? styles.get(style) : CellFormat.GENERAL;
  }

  /** {@code 2024-03-18T09:30:00.000Z} without what says nothing. */
  static String isoDate(String raw) {
    String text = raw.strip();
    if (text.endsWith("Z")) {
      text = text.substring(0, text.length() - 1);
    }
    if (text.endsWith(".000")) {
      text = text.substring(0, text.length() - 4);
    }
    if (text.length() == 19 && text.charAt(10) == 'T') {
      String time = text.substring(11);
      if (time.equals("00:00:00")) {
        return text.substring(0, 10);
      }
      return time.endsWith(":00") ? text.substring(0, 16) : text;
    }
    return text;
  }

  /** The column of a reference such as {@code BC12}, from 0; -1 where there is none. */
  static int column(String reference) {
    int column = 0;
    int i = 0;
    while (i < reference.length() && i < 7) {
      char c = Character.toUpperCase(reference.charAt(i));
      if (c < 'A' || c > 'Z') {
        break;
      }
      column = Math.min(1 << 20, column * 26 + c - 'A' + 1);
      i++;
    }
    return column - 1;
  }

  static int number(String text, int otherwise) {
    if (text.isEmpty() || text.length() > 9) {
      return otherwise;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return otherwise;
      }
    }
    return Integer.parseInt(text);
  }
}
