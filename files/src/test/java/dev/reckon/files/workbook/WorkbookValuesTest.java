package dev.reckon.files.workbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.files.FileReading;
import dev.reckon.files.ReadResult;
import dev.reckon.files.limit.ReadLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.junit.jupiter.api.Test;

/** Values are written as the sheet shows them, and oddities of workbooks are read or told. */
class WorkbookValuesTest {
  private static String show(String format, String raw) {
    return CellFormat.of(format).show(raw, false);
  }

  private static ReadResult read(String name, byte[] content) {
    return new FileReading(ReadLimits.DEFAULT).read(name, content);
  }

  private static String text(ReadResult result) {
    return new String(result.files().getFirst().content(), StandardCharsets.UTF_8)
        .replace("\r\n", "\n");
  }

  private static String row(String cells) {
    return "<row r=\"1\">" + cells + "</row>";
  }

  @Test
  void datesOfEveryPatternAreDates() {
    for (String format :
        List.of(
            "yyyy-mm-dd",
            "d/m/yy",
            "mmm-yy",
            "[$-409]mmmm d, yyyy;@",
            "dddd",
            "mmmm",
            "d. mmmm yyyy",
            "yyyy\\-mm\\-dd",
            "[Red]dd.mm.yyyy",
            "yyyy年m月d日")) {
      assertEquals("2024-02-29", show(format, "45351"), format);
    }
    assertEquals("2024-02-29T18:00", show("yyyy-mm-dd hh:mm", "45351.75"));
    assertEquals("1900-02-28", show("d.m.yyyy", "59"));
    assertEquals("1900-03-01", show("d.m.yyyy", "61"));
  }

  @Test
  void timesAndDurationsAreNoDates() {
    assertEquals("18:00:00", show("h:mm AM/PM", "0.75"));
    assertEquals("00:03:30", show("mm:ss", "0.00243055555555556"));
    assertEquals("26:30:00", show("[h]:mm:ss", "1.10416666666667"));
    assertEquals("12:00:00", CellFormat.builtIn(20).show("0.5", false));
  }

  @Test
  void numbersWithWordsInTheirFormatAreNumbers() {
    for (String format :
        List.of(
            "#,##0.00", "0.0\"days\"", "[Blue]#,##0", "0.00E+00", "#,##0 \\d", "_-* #,##0.00_-")) {
      assertEquals("1234.5", show(format, "1234.5"), format);
    }
  }

  @Test
  void percentIsPercent() {
    assertEquals("12.34%", show("0%", "0.1234"));
    assertEquals("7%", show("0.00%", "7.0000000000000007E-2"));
  }

  @Test
  void hugeExponentsStayShort() {
    assertTrue(show("0.00", "1E300").length() < 10);
    assertTrue(show("General", "1E-300").length() < 10);
    assertEquals("1E2147483640", show("General", "1E2147483640"));
  }

  @Test
  void booleansErrorsAndEscapesAreText() {
    byte[] book =
        new Xlsx()
            .strings(
                "<si><t>a_x000D_\n"
                    + "b</t></si><si><r><t>rich</t></r><r><t>text</t></r><rPh><t>aid</t></rPh></si><si><t>_x0041_"
                    + " _xZZ</t></si>")
            .sheet(
                "S",
                row(
                    "<c t=\"b\"><v>1</v></c><c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c><c"
                        + " t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c><c"
                        + " t=\"s\"><v>99999999</v></c><c><v>x</v></c>"))
            .bytes();
    assertEquals("TRUE,#DIV/0!,\"a\nb\",richtext,A _xZZ,,x\n", text(read("v.xlsx", book)));
  }

  @Test
  void hiddenSheetsChartsAndMergedCellsAreTold() {
    byte[] book =
        new Xlsx()
            .sheet(
                "Shown",
                "visible",
                "worksheet",
                "<sheetData>"
                    + row("<c><v>1</v></c>")
                    + "</sheetData><mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>")
            .sheet(
                "Secret",
                "hidden",
                "worksheet",
                "<sheetData>" + row("<c><v>2</v></c>") + "</sheetData>")
            .sheet("Picture", "visible", "chartsheet", "")
            .sheet("Empty", "")
            .bytes();
    ReadResult result = read("v.xlsx", book);
    assertEquals(2, result.files().size());
    String notices = String.join("\n", result.notices());
    assertTrue(notices.contains("\"Secret\" of v.xlsx is hidden"), notices);
    assertTrue(notices.contains("\"Picture\" of v.xlsx is a chart"), notices);
    assertTrue(notices.contains("merged cells (1 range)"), notices);
  }

  @Test
  void strictWorkbooksAreRead() {
    byte[] book =
        new Xlsx().strict().builtIn(14).sheet("S", row("<c s=\"1\"><v>45351</v></c>")).bytes();
    assertEquals("2024-02-29\n", text(read("v.xlsx", book)));
  }

  @Test
  void groupedHeadersBecomeNames() {
    byte[] book =
        new Xlsx()
            .sheet(
                "S",
                "<row r=\"1\"><c r=\"B1\" t=\"str\"><v>2023</v></c><c r=\"D1\""
                    + " t=\"str\"><v>2024</v></c></row><row r=\"2\"><c"
                    + " t=\"str\"><v>region</v></c><c t=\"str\"><v>plan</v></c><c"
                    + " t=\"str\"><v>actual</v></c><c t=\"str\"><v>plan</v></c><c"
                    + " t=\"str\"><v>actual</v></c></row><row r=\"3\"><c"
                    + " t=\"str\"><v>North</v></c><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c><c><v>4</v></c></row><row"
                    + " r=\"4\"><c"
                    + " t=\"str\"><v>South</v></c><c><v>5</v></c><c><v>6</v></c><c><v>7</v></c><c><v>8</v></c></row>")
            .bytes();
    assertEquals(
        List.of("region", "2023 / plan", "2023 / actual", "2024 / plan", "2024 / actual"),
        read("v.xlsx", book).files().getFirst().profile().columns().stream()
            .map(c -> c.name())
            .toList());
  }

  @Test
  void theOlderFormatIsRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (HSSFWorkbook workbook = new HSSFWorkbook()) {
      Sheet sheet = workbook.createSheet("Old");
      CellStyle day = workbook.createCellStyle();
      day.setDataFormat(workbook.createDataFormat().getFormat("yyyy-mm-dd"));
      Row row = sheet.createRow(0);
      row.createCell(0).setCellValue("Zoë");
      row.createCell(1).setCellValue(0.58);
      row.createCell(2).setCellValue(45351);
      row.getCell(2).setCellStyle(day);
      row.createCell(3).setCellValue(true);
      row.createCell(5).setCellFormula("1+1");
      workbook.write(bytes);
    }
    assertEquals("Zoë,0.58,2024-02-29,TRUE,,0\n", text(read("old.xls", bytes.toByteArray())));
  }

  @Test
  void otherKindsOfWorkbooksAreNamed() {
    assertTrue(
        read("a.xlsb", new dev.reckon.files.Zip().with("xl/workbook.bin", "x").bytes())
            .notices()
            .getFirst()
            .contains(".xlsb"));
    assertTrue(
        read("a.numbers", new dev.reckon.files.Zip().with("Index/Document.iwa", "x").bytes())
            .notices()
            .getFirst()
            .contains("Numbers"));
    byte[] locked =
        new dev.reckon.files.Zip()
            .with("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            .with("META-INF/manifest.xml", "<manifest:encryption-data/>")
            .with("content.xml", "garbage")
            .bytes();
    assertTrue(read("a.ods", locked).notices().getFirst().contains("password"));
  }
}
