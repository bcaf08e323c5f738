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
      String label = "Sheet \"%s\" of %s".formatted(sheet.name, name);
      XlsxSheet reading = new XlsxSheet(limits, label, strings, styles, from1904);
      String csv = reading.read(open(relation.target));
      notices.addAll(reading.notices());
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
              "Sheet \"%s\" of %s is hidden in the workbook; it was read nevertheless."
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
        String text = XlsxText.rich(xml, limits.cellCharacters());
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
                  XlsxSheet.number(XmlReading.attribute(xml, "numFmtId"), -1),
                  CellFormat.of(XmlReading.attribute(xml, "formatCode")));
          case "cellXfs" -> inCells = true;
          case "xf" -> {
            if (inCells) {
              int id = XlsxSheet.number(XmlReading.attribute(xml, "numFmtId"), 0);
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
}
