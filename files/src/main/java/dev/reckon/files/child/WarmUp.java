package dev.reckon.files.child;

import dev.reckon.files.FileReading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Reads small samples of our own before the process is locked, so that what ordinary files need is
 * loaded and the first person does not wait for it. It trains the AOT cache as well.
 */
final class WarmUp {
  private static final int ROWS = 300;

  private WarmUp() {}

  static void run(FileReading reading) throws IOException {
    byte[] table = table();
    byte[] workbook = workbook();
    for (int i = 0; i < 3; i++) {
      var _ = reading.read("sample.csv", table);
      var _ = reading.read("sample.xlsx", workbook);
    }
    byte[] json = "[{\"name\": \"a\", \"pay\": 1.5}]".getBytes(StandardCharsets.UTF_8);
    var _ = reading.read("sample.json", json);
    var _ = reading.read("sample.zip", zip(Map.of("a/sample.csv", table, "b.json", json)));
    var _ =
        reading.read("latin.txt", "caf\u00e9, \u00fcber\n".getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] table() {
    StringBuilder text = new StringBuilder("id;name;pay;day;paid\n");
    for (int i = 0; i < ROWS; i++) {
      text.append(
          "%05d;\"n%d\";%d,50;%02d.01.2024;%s\n".formatted(i, i % 7, i, i % 28 + 1, i % 2 == 0));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] workbook() throws IOException {
    Map<String, byte[]> parts = new TreeMap<>();
    parts.put(
        "[Content_Types].xml",
        xml("<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"));
    parts.put(
        "xl/workbook.xml",
        xml(
            "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
                + " xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>"
                + "<sheets><sheet name='S' sheetId='1' r:id='r1'/></sheets></workbook>"));
    parts.put(
        "xl/_rels/workbook.xml.rels",
        xml(
            "<Relationships"
                + " xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship"
                + " Id='r1' Target='worksheets/sheet1.xml'"
                + " Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet'/>"
                + "</Relationships>"));
    StringBuilder sheet =
        new StringBuilder(
            "<worksheet"
                + " xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData><row"
                + " r='1'><c r='A1' t='inlineStr'><is><t>name</t></is></c><c r='B1'"
                + " t='inlineStr'><is><t>pay</t></is></c></row>");
    for (int i = 2; i < ROWS; i++) {
      sheet.append(
          "<row r='%d'><c r='A%d' t='inlineStr'><is><t>n%d</t></is></c><c r='B%d'><v>%d.5</v></c></row>"
              .formatted(i, i, i, i, i));
    }
    parts.put("xl/worksheets/sheet1.xml", xml(sheet.append("</sheetData></worksheet>").toString()));
    return zip(parts);
  }

  private static byte[] xml(String text) {
    return ("<?xml version='1.0' encoding='UTF-8'?>" + text).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] zip(Map<String, byte[]> parts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue());
      }
    }
    return bytes.toByteArray();
  }
}
