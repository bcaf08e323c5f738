package dev.reckon.files.workbook;

import dev.reckon.files.Zip;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds XLSX workbooks for tests as plain XML, so that they may be as odd as real ones are. */
public final class Xlsx {
  private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  private static final String DOCUMENT =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

  private static final String RELATIONS =
      "<Relationships"
          + " xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">%s</Relationships>";

  private final List<String> names = new ArrayList<>();
  private final List<String> states = new ArrayList<>();
  private final List<String> sheets = new ArrayList<>();
  private final List<String> kinds = new ArrayList<>();
  private final StringBuilder formats = new StringBuilder();
  private final StringBuilder styles = new StringBuilder("<xf numFmtId=\"0\"/>");
  private @Nullable String strings;
  private boolean from1904;
  private boolean strict;

  /** A sheet; its rows are the XML in {@code sheetData}. */
  public Xlsx sheet(String name, String rows) {
    return sheet(name, "visible", "worksheet", "<sheetData>" + rows + "</sheetData>");
  }

  public Xlsx sheet(String name, String state, String kind, String body) {
    names.add(name);
    states.add(state);
    kinds.add(kind);
    sheets.add(body);
    return this;
  }

  /** Adds a cell style, which cells name by its number from 1, with a built-in format. */
  public Xlsx builtIn(int format) {
    styles.append("<xf numFmtId=\"%d\"/>".formatted(format));
    return this;
  }

  /** Adds a cell style with a format of its own. */
  public Xlsx format(int id, String code) {
    formats.append(
        "<numFmt numFmtId=\"%d\" formatCode=\"%s\"/>".formatted(id, code.replace("\"", "&quot;")));
    return builtIn(id);
  }

  public Xlsx strings(String items) {
    strings = items;
    return this;
  }

  public Xlsx from1904() {
    from1904 = true;
    return this;
  }

  /** Other namespaces, as Excel's "Strict Open XML Spreadsheet" has them. */
  public Xlsx strict() {
    strict = true;
    return this;
  }

  public byte[] bytes() {
    return zip().bytes();
  }

  public Zip zip() {
    String main = strict ? "http://purl.oclc.org/ooxml/spreadsheetml/main" : MAIN;
    String document = strict ? "http://purl.oclc.org/ooxml/officeDocument/relationships" : DOCUMENT;
    StringBuilder list = new StringBuilder();
    StringBuilder relations = new StringBuilder();
    StringBuilder types = new StringBuilder();
    Zip zip = new Zip();
    for (int i = 0; i < names.size(); i++) {
      list.append(
          "<sheet name=\"%s\" sheetId=\"%d\" state=\"%s\" r:id=\"r%d\"/>"
              .formatted(names.get(i), i + 1, states.get(i), i));
      relations.append(relation(document, i, kinds.get(i), kinds.get(i) + "s/s" + i + ".xml"));
      types.append(type("/xl/%ss/s%d.xml".formatted(kinds.get(i), i), kinds.get(i)));
      zip.with(
          "xl/" + kinds.get(i) + "s/s" + i + ".xml",
          "<worksheet xmlns=\"%s\">%s</worksheet>".formatted(main, sheets.get(i)));
    }
    relations.append(relation(document, 900, "styles", "styles.xml"));
    if (strings != null) {
      relations.append(relation(document, 901, "sharedStrings", "sharedStrings.xml"));
      types.append(type("/xl/sharedStrings.xml", "sharedStrings"));
      zip.with("xl/sharedStrings.xml", "<sst xmlns=\"%s\">%s</sst>".formatted(main, strings));
    }
    types.append(type("/xl/workbook.xml", "sheet.main")).append(type("/xl/styles.xml", "styles"));
    return zip.with(
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>%s</Types>"
                .formatted(types))
        .with(
            "_rels/.rels",
            RELATIONS.formatted(relation(document, 0, "officeDocument", "xl/workbook.xml")))
        .with("xl/_rels/workbook.xml.rels", RELATIONS.formatted(relations))
        .with(
            "xl/workbook.xml",
            "<workbook xmlns=\"%s\" xmlns:r=\"%s\"><workbookPr date1904=\"%s\"/><sheets>%s</sheets></workbook>"
                .formatted(main, document, from1904 ? "1" : "0", list))
        .with(
            "xl/styles.xml",
            "<styleSheet xmlns=\"%s\"><numFmts>%s</numFmts><cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs><cellXfs>%s</cellXfs></styleSheet>"
                .formatted(main, formats, styles));
  }

  private static String type(String part, String kind) {
    return "<Override PartName=\"%s\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.%s+xml\"/>"
        .formatted(part, kind);
  }

  private static String relation(String document, int id, String type, String target) {
    return "<Relationship Id=\"r%d\" Type=\"%s/%s\" Target=\"%s\"/>"
        .formatted(id, document, type, target);
  }
}
