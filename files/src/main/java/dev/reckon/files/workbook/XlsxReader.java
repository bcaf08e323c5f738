package dev.reckon.files.workbook;

import dev.reckon.files.limit.ReadLimits;
import dev.reckon.files.limit.UnreadableFileException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads XLSX workbooks, Excel's strict files included (elements are known by their local names).
 * Not thread-safe.
 */
public final class XlsxReader {
  /** A workbook's XML may be this much larger than the tables in it are allowed to be. */
  private static final int XML_FACTOR = 10;

  private static final int MOST_STYLES = 100_000;
  private static final int MOST_SHEETS = 1_000;

  private final ReadLimits limits;
  private final PackagePart parts;
  private final String name;
  private final List<String> strings = new ArrayList<>();
  private final List<CellFormat> styles = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private boolean from1904;

  /**
   * A reader of one workbook.
   *
   * @param name the file's, for messages
   */
  public XlsxReader(ReadLimits limits, PackagePart parts, String name) {
    this.limits = limits;
    this.parts = parts;
    this.name = name;
  }

  private record SheetEntry(String name, String relation, boolean hidden) {}

  private record Relation(String type, String target) {}

  /**
   * Reads all sheets.
   *
   * @throws UnreadableFileException with a sentence for the sender
   * @throws XMLStreamException if its XML is damaged
   */
  public WorkbookTables read() throws UnreadableFileException, IOException, XMLStreamException {
    String workbook = "xl/workbook.xml";
    for (Relation relation : relations("_rels/.rels", "").values()) {
      if (relation.type.endsWith("/officeDocument")) {
        workbook = relation.target;
      }
    }
    int slash = workbook.lastIndexOf('/') + 1;
    String folder = workbook.substring(0, slash);
    Map<String, Relation> relations =
        relations(folder + "_rels/" + workbook.substring(slash) + ".rels", folder);
    for (Relation relation : relations.values()) {
      if (relation.type.endsWith("/sharedStrings")) {
        readStrings(relation.target);
      } else if (relation.type.endsWith("/styles")) {
        readStyles(relation.target);
      }
    }
    List<SheetEntry> sheets = sheets(workbook);
    List<SheetTable> tables = new ArrayList<>();
    long total = 0;
    for (SheetEntry sheet : sheets) {
      Relation relation = relations.get(sheet.relation);
      if (relation == null) {
        continue;
      }
      if (!relation.type.endsWith("/worksheet")) {
        String what = relation.type.endsWith("/chartsheet") ? "a chart" : "no table";
        notices.add("Sheet \"%s\" of %s is %s; it was left out.".formatted(sheet.name, name, what));
        continue;
      }
      if (tables.size() == limits.files()) {
        notices.add(
            "%s has more than %d sheets (files.unpacked); the rest were left out."
                .formatted(name, limits.files()));
        break;
      }
      String csv = sheet(sheet, relation.target);
      total += csv.length();
      if (total > limits.totalBytes()) {
        notices.add(
            "The sheets of %s are larger than %d MiB together (files.conversation_mib); those from \"%s\" on were left out."
                .formatted(name, limits.totalBytes() >> 20, sheet.name));
        break;
      }
      if (!csv.isEmpty()) {
        tables.add(new SheetTable(sheet.name, csv));
        if (sheet.hidden) {
          notices.add(
              "Sheet \"%s\" of %s is hidden in the workbook; it was read all the same."
                  .formatted(sheet.name, name));
        }
      }
    }
    return new WorkbookTables(tables, sheets.size(), notices);
  }

  private XMLStreamReader open(String part)
      throws IOException, XMLStreamException, UnreadableFileException {
    InputStream in = parts.open(part);
    if (in == null) {
      throw new UnreadableFileException(
          "%s is damaged: %s is missing in it. Save it again, or as CSV."
              .formatted(name, part.isEmpty() ? "a part" : part));
    }
    return open(in);
  }

  private XMLStreamReader open(InputStream in) throws XMLStreamException {
    return XmlReading.open(in, limits.fileBytes() * XML_FACTOR);
  }

  private Map<String, Relation> relations(String part, String folder)
      throws IOException, XMLStreamException {
    Map<String, Relation> relations = new HashMap<>();
    InputStream in = parts.open(part);
    if (in == null) {
      return relations;
    }
    XMLStreamReader xml = XmlReading.open(in, limits.fileBytes());
    while (xml.hasNext() && relations.size() < MOST_SHEETS * 2) {
      if (xml.next() == XMLStreamConstants.START_ELEMENT
          && xml.getLocalName().equals("Relationship")) {
        String target = XmlReading.attribute(xml, "Target");
        String path = target.startsWith("/") ? target.substring(1) : folder + target;
        relations.put(
            XmlReading.attribute(xml, "Id"), new Relation(XmlReading.attribute(xml, "Type"), path));
      }
    }
    return relations;
  }

  private List<SheetEntry> sheets(String workbook)
      throws IOException, XMLStreamException, UnreadableFileException {
    List<SheetEntry> sheets = new ArrayList<>();
    XMLStreamReader xml = open(workbook);
    while (xml.hasNext() && sheets.size() < MOST_SHEETS) {
      if (xml.next() != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      if (xml.getLocalName().equals("workbookPr")) {
        String value = XmlReading.attribute(xml, "date1904");
        from1904 = value.equals("1") || value.equals("true");
      } else if (xml.getLocalName().equals("sheet")) {
        String state = XmlReading.attribute(xml, "state");
        sheets.add(
            new SheetEntry(
                XmlReading.attribute(xml, "name"),
                XmlReading.attribute(xml, "id"),
                state.equals("hidden") || state.equals("veryHidden")));
      }
    }
    return sheets;
  }

  private void readStrings(String part)
      throws IOException, XMLStreamException, UnreadableFileException {
    InputStream in = parts.open(part);
    if (in == null) {
      return;
    }
    XMLStreamReader xml = open(in);
    long characters = 0;
    while (xml.hasNext()) {
      if (xml.next() == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("si")) {
        String text = richText(xml);
        characters += text.length();
        if (strings.size() == limits.sharedStrings() || characters > limits.fileBytes()) {
          throw new UnreadableFileException(
              "%s holds more text than can be read: %d shared strings or %d MiB of them at most. Send a part of it."
                  .formatted(name, limits.sharedStrings(), limits.fileBytes() >> 20));
        }
        strings.add(text);
      }
    }
  }

  /** The text of a string element; reading aids for East Asian words are no part of it. */
  private String richText(XMLStreamReader xml) throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    for (int depth = 1; depth > 0; ) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (xml.getLocalName().equals("t")) {
          String more = XmlReading.text(xml, limits.cellCharacters());
          if (text.length() <= limits.cellCharacters()) {
            text.append(more);
          }
        } else if (xml.getLocalName().equals("rPh")) {
          XmlReading.skip(xml);
        } else {
          depth++;
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      }
    }
    return unescaped(text.toString());
  }

  /** Control characters are stored as {@code _x000D_}. */
  static String unescaped(String text) {
    int at = text.indexOf("_x");
    if (at < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    int from = 0;
    while (at >= 0) {
      if (at + 7 <= text.length() && text.charAt(at + 6) == '_' && isHex(text, at + 2, at + 6)) {
        char c = (char) Integer.parseInt(text, at + 2, at + 6, 16);
        plain.append(text, from, at);
        if (c != 0 && !Character.isSurrogate(c)) {
          plain.append(c == '\r' ? "" : String.valueOf(c));
        }
        from = at + 7;
        at = text.indexOf("_x", from);
      } else {
        at = text.indexOf("_x", at + 2);
      }
    }
    return plain.append(text, from, text.length()).toString();
  }

  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private void readStyles(String part)
      throws IOException, XMLStreamException, UnreadableFileException {
    InputStream in = parts.open(part);
    if (in == null) {
      return;
    }
    XMLStreamReader xml = open(in);
    Map<Integer, CellFormat> own = new HashMap<>();
    boolean inCells = false;
    while (xml.hasNext() && styles.size() < MOST_STYLES && own.size() < MOST_STYLES) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "numFmt" ->
              own.put(
                  number(XmlReading.attribute(xml, "numFmtId"), -1),
                  CellFormat.of(XmlReading.attribute(xml, "formatCode")));
          case "cellXfs" -> inCells = true;
          case "xf" -> {
            if (inCells) {
              int id = number(XmlReading.attribute(xml, "numFmtId"), 0);
              CellFormat format = own.get(id);
              styles.add(format == null ? CellFormat.builtIn(id) : format);
            }
          }
          default -> {}
        }
      } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("cellXfs")) {
        inCells = false;
      }
    }
  }

  private String sheet(SheetEntry sheet, String part)
      throws IOException, XMLStreamException, UnreadableFileException {
    String label = "Sheet \"%s\" of %s".formatted(sheet.name, name);
    SheetWriter writer = new SheetWriter(limits, label);
    XMLStreamReader xml = open(part);
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
          "%s holds %d formula%s without a stored value; the table shows the formula there. Open the workbook in a spreadsheet program and save it to store the values."
              .formatted(label, formulas, formulas == 1 ? "" : "s"));
    }
    if (merged > 0 && !writer.isEmpty()) {
      notices.add(
          "%s has merged cells (%d range%s): the value stands in the first cell of each, the others are blank."
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
            inline = richText(xml);
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
          case "str" -> unescaped(raw);
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
