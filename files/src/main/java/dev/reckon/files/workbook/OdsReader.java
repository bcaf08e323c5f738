package dev.reckon.files.workbook;

import dev.reckon.files.limit.ReadLimits;
import dev.reckon.files.limit.UnreadableFileException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads OpenDocument spreadsheets. Not thread-safe. */
public final class OdsReader {
  private static final int XML_FACTOR = 10;

  private final ReadLimits limits;
  private final String name;

  /** Ranges of merged cells in the sheet that is being read. */
  private int merged;

  /**
   * A reader of one workbook.
   *
   * @param name the file's, for messages
   */
  public OdsReader(ReadLimits limits, String name) {
    this.limits = limits;
    this.name = name;
  }

  /**
   * Reads all sheets.
   *
   * @param content the part {@code content.xml}
   * @throws UnreadableFileException with a sentence for the sender
   * @throws XMLStreamException if its XML is damaged
   */
  public WorkbookTables read(InputStream content)
      throws IOException, UnreadableFileException, XMLStreamException {
    XMLStreamReader xml = XmlReading.open(content, limits.fileBytes() * XML_FACTOR);
    List<SheetTable> tables = new ArrayList<>();
    List<String> notices = new ArrayList<>();
    int sheets = 0;
    long total = 0;
    while (xml.hasNext()) {
      if (xml.next() != XMLStreamConstants.START_ELEMENT || !xml.getLocalName().equals("table")) {
        continue;
      }
      if (tables.size() == limits.files()) {
        notices.add(
            "%s has more than %d sheets (files.unpacked); the rest were left out."
                .formatted(name, limits.files()));
        break;
      }
      sheets++;
      String sheet = XmlReading.attribute(xml, "name");
      String csv = sheet(xml, "Sheet \"%s\" of %s".formatted(sheet, name), notices);
      total += csv.length();
      if (total > limits.totalBytes()) {
        notices.add(
            "The sheets of %s are larger than %d MiB together (files.conversation_mib); those from \"%s\" on were left out."
                .formatted(name, limits.totalBytes() >> 20, sheet));
        break;
      }
      if (!csv.isEmpty()) {
        tables.add(new SheetTable(sheet, csv));
      }
    }
    return new WorkbookTables(tables, sheets, notices);
  }

  private String sheet(XMLStreamReader xml, String label, List<String> notices)
      throws XMLStreamException, UnreadableFileException {
    SheetWriter writer = new SheetWriter(limits, label);
    merged = 0;
    int row = 0;
    for (int depth = 1; depth > 0; ) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (xml.getLocalName().equals("table-row")) {
          row += row(xml, row, writer);
        } else if (xml.getLocalName().equals("shapes") || xml.getLocalName().equals("annotation")) {
          XmlReading.skip(xml);
        } else {
          depth++;
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      }
    }
    if (writer.columnsCut()) {
      notices.add(
          "%s has cells beyond column %d (files.columns); they were left out."
              .formatted(label, limits.columns()));
    }
    if (merged > 0) {
      notices.add(
          "%s has merged cells (%d range%s): the value is in the first cell of each, the others are blank."
              .formatted(label, merged, merged == 1 ? "" : "s"));
    }
    if (writer.cellsCut()) {
      notices.add(
          "%s has texts of more than %d characters; they were cut."
              .formatted(label, limits.cellCharacters()));
    }
    return writer.csv();
  }

  /** Writes a row as often as it is repeated; returns how often. */
  private int row(XMLStreamReader xml, int number, SheetWriter writer)
      throws XMLStreamException, UnreadableFileException {
    int repeated = repetitions(xml, "number-rows-repeated", 1 << 20);
    List<String> values = new ArrayList<>();
    int blanks = 0;
    boolean beyond = false;
    for (int depth = 1; depth > 0; ) {
      int event = xml.next();
      if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      } else if (event == XMLStreamConstants.START_ELEMENT) {
        String element = xml.getLocalName();
        if (element.equals("table-cell") || element.equals("covered-table-cell")) {
          int times = repetitions(xml, "number-columns-repeated", 1 << 20);
          boolean spans =
              repetitions(xml, "number-columns-spanned", 2) > 1
                  || repetitions(xml, "number-rows-spanned", 2) > 1;
          String value = cell(xml);
          if (value.isEmpty()) {
            blanks += times;
            continue;
          }
          merged += spans ? 1 : 0;
          int room = limits.columns() - values.size() - blanks;
          beyond |= room < times;
          if (room > 0) {
            for (; blanks > 0; blanks--) {
              values.add("");
            }
            for (int i = 0; i < Math.min(times, room); i++) {
              values.add(value);
            }
          }
        } else {
          depth++;
        }
      }
    }
    int times = values.isEmpty() ? 1 : repeated;
    for (int i = 0; i < times; i++) {
      writer.beginRow(number + i);
      for (int column = 0; column < values.size(); column++) {
        writer.cell(column, values.get(column));
      }
      if (beyond) {
        writer.cell(limits.columns(), "…");
      }
      writer.endRow();
    }
    return repeated;
  }

  private static int repetitions(XMLStreamReader xml, String attribute, int most) {
    return Math.clamp(XlsxSheet.number(XmlReading.attribute(xml, attribute), 1), 1, most);
  }

  private String cell(XMLStreamReader xml) throws XMLStreamException {
    String type = XmlReading.attribute(xml, "value-type");
    String value = XmlReading.attribute(xml, "value");
    String date = XmlReading.attribute(xml, "date-value");
    String time = XmlReading.attribute(xml, "time-value");
    String bool = XmlReading.attribute(xml, "boolean-value");
    StringBuilder shown = new StringBuilder();
    for (int depth = 1; depth > 0; ) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "annotation" -> XmlReading.skip(xml);
          case "p" -> {
            shown.append(shown.isEmpty() ? "" : "\n");
            depth++;
          }
          case "s" -> {
            shown.repeat(' ', repetitions(xml, "c", 100));
            depth++;
          }
          default -> depth++;
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      } else if (xml.isCharacters() && shown.length() <= limits.cellCharacters()) {
        shown.append(xml.getText());
      }
    }
    return switch (type) {
      case "float", "currency" -> number(value, shown.toString());
      case "percentage" -> percent(value);
      case "date" -> XlsxSheet.isoDate(date);
      case "time" -> time(time, shown.toString());
      case "boolean" -> bool.toUpperCase(Locale.ROOT);
      default -> shown.toString();
    };
  }

  /** Digits with leading zeros are a code: what is shown counts. */
  private static String number(String value, String shown) {
    boolean code =
        shown.length() > 1 && shown.charAt(0) == '0' && shown.chars().allMatch(Character::isDigit);
    return code ? shown : CellFormat.GENERAL.show(value, false);
  }

  private static String percent(String value) {
    return new CellFormat(CellFormat.Kind.PERCENT, null).show(value, false);
  }

  private static String time(String value, String shown) {
    try {
      double days = new BigDecimal(Duration.parse(value).toSeconds()).doubleValue() / 86_400;
      CellFormat.Kind kind = days < 1 ? CellFormat.Kind.TIME : CellFormat.Kind.DURATION;
      return new CellFormat(kind, null).show(String.valueOf(days), false);
    } catch (DateTimeException | ArithmeticException _) {
      return shown;
    }
  }
}
