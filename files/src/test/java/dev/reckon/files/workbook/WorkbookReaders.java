package dev.reckon.files.workbook;

import dev.reckon.files.Work;
import dev.reckon.files.archive.ZipContent;
import dev.reckon.files.limit.ReadLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.SAXParserFactory;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.xssf.eventusermodel.ReadOnlySharedStringsTable;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.apache.poi.xssf.eventusermodel.XSSFSheetXMLHandler;
import org.apache.poi.xssf.usermodel.XSSFComment;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;
import org.xml.sax.InputSource;
import org.xml.sax.XMLReader;

/** The same workbooks by three readers: ours, fastexcel's, and the streaming one of Apache POI. */
public final class WorkbookReaders {
  private WorkbookReaders() {}

  private interface Reader {
    String first(byte[] content) throws Exception;
  }

  /** A cell, and what a person who works with the values would call right. */
  private record Value(String what, Xlsx book, String right) {}

  private static Map<String, Reader> readers() {
    Map<String, Reader> readers = new LinkedHashMap<>();
    readers.put("Reckon", WorkbookReaders::ours);
    readers.put("fastexcel 0.19", WorkbookReaders::fastexcel);
    readers.put("Apache POI 5.5, streaming", WorkbookReaders::poi);
    return readers;
  }

  /** What each of them reads from cells, as Markdown. */
  public static String values() {
    StringBuilder table = new StringBuilder("| a cell | right |");
    readers().keySet().forEach(name -> table.append(" ").append(name).append(" |"));
    table.append("\n|---|---|---|---|---|\n");
    for (Value value : cells()) {
      table.append("| %s | `%s` |".formatted(value.what, value.right));
      for (Reader reader : readers().values()) {
        String read = read(reader, value.book.bytes());
        table.append(read.equals(value.right) ? " ✓ |" : " `%s` |".formatted(read));
      }
      table.append('\n');
    }
    return table.toString();
  }

  /** What a large workbook costs each of them, as Markdown. */
  public static String costs() throws IOException {
    byte[] large = large();
    StringBuilder table =
        new StringBuilder(
            "%nA workbook of %.1f MB with 120,000 rows of five columns; the fastest of three readings each:%n%n"
                .formatted(large.length / 1e6));
    table.append("| | time | allocated |\n|---|---|---|\n");
    for (Map.Entry<String, Reader> reader : readers().entrySet()) {
      long best = Long.MAX_VALUE;
      long allocated = 0;
      for (int i = 0; i < 3; i++) {
        long start = System.nanoTime();
        allocated = Work.allocated(() -> read(reader.getValue(), large));
        best = Math.min(best, System.nanoTime() - start);
      }
      table.append(
          "| %s | %d ms | %d MiB |%n"
              .formatted(reader.getKey(), best / 1_000_000, allocated >> 20));
    }
    return table.toString();
  }

  private static String read(Reader reader, byte[] content) {
    try {
      return reader.first(content);
    } catch (Exception e) {
      return e.getClass().getSimpleName();
    }
  }

  private static List<Value> cells() {
    return List.of(
        new Value("a date", one(new Xlsx().builtIn(14), "s=\"1\"", "45351"), "2024-02-29"),
        new Value(
            "a month by name",
            one(new Xlsx().format(164, "mmmm"), "s=\"1\"", "45351"),
            "2024-02-29"),
        new Value(
            "a date in Japanese style",
            one(new Xlsx().builtIn(31), "s=\"1\"", "45761"),
            "2025-04-14"),
        new Value(
            "a date counted from 1904",
            one(new Xlsx().from1904().builtIn(14), "s=\"1\"", "42368"),
            "2019-12-31"),
        new Value(
            "an ISO date", one(new Xlsx(), "t=\"d\"", "2024-03-18T09:30:00"), "2024-03-18T09:30"),
        new Value("a time", one(new Xlsx().builtIn(20), "s=\"1\"", "0.75"), "18:00:00"),
        new Value(
            "a duration", one(new Xlsx().builtIn(46), "s=\"1\"", "1.10416666666667"), "26:30:00"),
        new Value(
            "digits with zeros", one(new Xlsx().format(164, "00000"), "s=\"1\"", "1067"), "01067"),
        new Value("a percentage", one(new Xlsx().builtIn(9), "s=\"1\"", "0.1234"), "12.34%"),
        new Value("seventeen digits", one(new Xlsx(), "", "0.57999999999999996"), "0.58"),
        new Value(
            "a rounded format", one(new Xlsx().builtIn(4), "s=\"1\"", "1234.5678"), "1234.5678"),
        new Value("an escape", one(new Xlsx(), "t=\"str\"", "a_x0041_"), "aA"),
        new Value("a boolean", one(new Xlsx(), "t=\"b\"", "1"), "TRUE"),
        new Value("an error", one(new Xlsx(), "t=\"e\"", "#N/A"), "#N/A"),
        new Value("a strict file", one(new Xlsx().strict(), "", "7"), "7"));
  }

  private static Xlsx one(Xlsx book, String attributes, String value) {
    return book.sheet(
        "S", "<row r=\"1\"><c r=\"A1\" %s><v>%s</v></c></row>".formatted(attributes, value));
  }

  private static byte[] large() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(bytes, "Reckon", "1.0")) {
      Worksheet sheet = workbook.newWorksheet("Data");
      for (int row = 0; row < 120_000; row++) {
        sheet.value(row, 0, row);
        sheet.value(row, 1, "name " + row % 1000);
        sheet.value(row, 2, row * 0.37);
        sheet.value(row, 3, row % 2 == 0);
        sheet.value(row, 4, "free text number " + row);
      }
    }
    return bytes.toByteArray();
  }

  private static String ours(byte[] content) throws Exception {
    try (ZipContent zip = ZipContent.open("x.xlsx", content, 1000)) {
      WorkbookTables workbook = new XlsxReader(ReadLimits.DEFAULT, zip::open, "x.xlsx").read();
      return workbook.tables().getFirst().csv().lines().findFirst().orElse("nothing");
    }
  }

  private static String fastexcel(byte[] content) throws IOException {
    List<String> lines = new ArrayList<>();
    try (ReadableWorkbook workbook =
            new ReadableWorkbook(
                new ByteArrayInputStream(content), new ReadingOptions(true, true));
        Stream<Row> rows = workbook.getFirstSheet().openStream()) {
      for (Iterator<Row> each = rows.iterator(); each.hasNext(); ) {
        StringBuilder line = new StringBuilder();
        for (Cell cell : each.next()) {
          line.append(line.isEmpty() ? "" : ",").append(cell == null ? "" : cell.getText());
        }
        lines.add(line.toString());
      }
    }
    return lines.isEmpty() ? "nothing" : lines.getFirst();
  }

  private static String poi(byte[] content) throws Exception {
    List<String> lines = new ArrayList<>();
    try (OPCPackage opc = OPCPackage.open(new ByteArrayInputStream(content))) {
      XSSFReader reader = new XSSFReader(opc);
      SAXParserFactory factory = SAXParserFactory.newInstance();
      factory.setNamespaceAware(true);
      XMLReader parser = factory.newSAXParser().getXMLReader();
      parser.setContentHandler(
          new XSSFSheetXMLHandler(
              reader.getStylesTable(),
              new ReadOnlySharedStringsTable(opc),
              new Collector(lines),
              new DataFormatter(),
              false));
      Iterator<InputStream> sheets = reader.getSheetsData();
      try (InputStream sheet = sheets.next()) {
        parser.parse(new InputSource(sheet));
      }
    }
    return lines.isEmpty() ? "nothing" : lines.getFirst();
  }

  private static final class Collector implements XSSFSheetXMLHandler.SheetContentsHandler {
    private final List<String> lines;
    private final StringBuilder line = new StringBuilder();

    Collector(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public void startRow(int row) {
      line.setLength(0);
    }

    @Override
    public void endRow(int row) {
      lines.add(line.toString());
    }

    @Override
    public void cell(
        @Nullable String reference, @Nullable String value, @Nullable XSSFComment comment) {
      line.append(line.isEmpty() ? "" : ",").append(value);
    }
  }
}
