package dev.reckon.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small files that cost their reader much, by what is wrong with them. */
public final class FileBombs {
  private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  private static final String RELATIONS =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final int MANY = 10_000_000;

  private FileBombs() {}

  /** All of them, by the name that they are attached under. */
  public static Map<String, byte[]> all() {
    Map<String, byte[]> bombs = new LinkedHashMap<>();
    bombs.put("far-cell.xlsx", sheet("<row r='2'><c r='ZZZZZZ2'><v>1</v></c></row>"));
    bombs.put("exponent.xlsx", sheet("<row r='1'><c r='A1'><v>1E2147483640</v></c></row>"));
    bombs.put("index.xlsx", sheet("<row r='1'><c r='A1' t='s'><v>99999999</v></c></row>"));
    bombs.put("shared.xlsx", shared(50, 400_000));
    bombs.put("inner.zip", zip(Map.of("big.csv", new byte[150 << 20])));
    bombs.put("inner.xlsx", inner(150 << 20));
    bombs.put("brackets.xlsx", brackets(100_000));
    bombs.put("reference.xlsx", sheet("<row r='1'><c r='1A'><v>1</v></c></row>"));
    bombs.put("type.xlsx", sheet("<row r='1'><c r='A1' t='nonsense'><v>1</v></c></row>"));
    bombs.put("style.xlsx", sheet("<row r='1'><c r='A1' s='-7'><v>1</v></c></row>"));
    bombs.put("negative.xlsx", sheet("<row r='1'><c r='A1' t='s'><v>-1</v></c></row>"));
    bombs.put("row.xlsx", sheet("<row r='-5'><c r='A-5'><v>1</v></c></row>"));
    bombs.put("date.xlsx", sheet("<row r='1'><c r='A1' t='d'><v>yesterday</v></c></row>"));
    bombs.put(
        "columns.zip",
        zip(
            Map.of(
                "wide.csv", "a,".repeat(MANY / 2).concat("\n1").getBytes(StandardCharsets.UTF_8))));
    bombs.put("names.zip", names(150_000));
    bombs.put("deep.json", "[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8));
    bombs.put("quotes.csv", ("\"" + "a,\"\"".repeat(2_000_000)).getBytes(StandardCharsets.UTF_8));
    return bombs;
  }

  static byte[] sheet(String rows) {
    return workbook(Map.of("xl/worksheets/sheet1.xml", worksheet(rows)), 1);
  }

  private static byte[] worksheet(String rows) {
    return xml("<worksheet xmlns='" + MAIN + "'><sheetData>" + rows + "</sheetData></worksheet>");
  }

  private static byte[] workbook(Map<String, byte[]> more, int sheets) {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    StringBuilder list = new StringBuilder();
    StringBuilder relations = new StringBuilder();
    for (int i = 1; i <= sheets; i++) {
      list.append("<sheet name='S%d' sheetId='%d' r:id='r%d'/>".formatted(i, i, i));
      relations.append(
          "<Relationship Id='r%d' Target='worksheets/sheet%d.xml' Type='%s/worksheet'/>"
              .formatted(i, i, RELATIONS));
    }
    parts.put(
        "[Content_Types].xml",
        xml("<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"));
    parts.put(
        "xl/workbook.xml",
        xml(
            "<workbook xmlns='%s' xmlns:r='%s'><sheets>%s</sheets></workbook>"
                .formatted(MAIN, RELATIONS, list)));
    parts.put(
        "xl/_rels/workbook.xml.rels",
        xml(
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
                + relations
                + "<Relationship Id='s' Target='sharedStrings.xml' Type='"
                + RELATIONS
                + "/sharedStrings'/><Relationship Id='t' Target='styles.xml' Type='"
                + RELATIONS
                + "/styles'/></Relationships>"));
    parts.putAll(more);
    return zip(parts);
  }

  private static byte[] shared(int sheets, int length) {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put(
        "xl/sharedStrings.xml",
        xml("<sst xmlns='" + MAIN + "'><si><t>" + "x".repeat(length) + "</t></si></sst>"));
    StringBuilder rows = new StringBuilder();
    for (int i = 1; i <= 50; i++) {
      rows.append("<row r='%d'><c r='A%d' t='s'><v>0</v></c></row>".formatted(i, i));
    }
    for (int i = 1; i <= sheets; i++) {
      parts.put("xl/worksheets/sheet" + i + ".xml", worksheet(rows.toString()));
    }
    return workbook(parts, sheets);
  }

  private static byte[] inner(int bytes) {
    return workbook(
        Map.of(
            "xl/worksheets/sheet1.xml",
            worksheet("<row r='1'><c r='A1'><v>1</v></c></row>"),
            "xl/media/image1.png",
            new byte[bytes]),
        1);
  }

  private static byte[] brackets(int count) {
    return workbook(
        Map.of(
            "xl/styles.xml",
            xml(
                "<styleSheet xmlns='"
                    + MAIN
                    + "'><numFmts count='1'><numFmt numFmtId='200' formatCode='"
                    + "[".repeat(count)
                    + "'/></numFmts><cellXfs count='1'><xf"
                    + " numFmtId='200'/></cellXfs></styleSheet>"),
            "xl/worksheets/sheet1.xml",
            worksheet("<row r='1'><c r='A1' s='0'><v>1</v></c></row>".repeat(20))),
        1);
  }

  private static byte[] names(int count) {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      parts.put("../" + i, new byte[0]);
    }
    return zip(parts);
  }

  private static byte[] xml(String text) {
    return ("<?xml version='1.0' encoding='UTF-8'?>" + text).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] zip(Map<String, byte[]> parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
