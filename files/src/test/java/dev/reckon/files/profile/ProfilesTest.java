package dev.reckon.files.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.files.FileReading;
import dev.reckon.files.limit.ReadLimits;
import dev.reckon.files.profile.ContentProfile.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told about files follows what is in them. */
class ProfilesTest {
  private static ContentProfile of(String name, String text) {
    return new FileReading(ReadLimits.DEFAULT)
        .read(name, text.getBytes(StandardCharsets.UTF_8))
        .files()
        .getFirst()
        .profile();
  }

  private static String column(String... values) {
    return of("x.csv", "id;value\n1;" + String.join("\n2;", values) + "\n")
        .columns()
        .getLast()
        .words();
  }

  @Test
  void numbersSayHowTheyAreWritten() {
    assertEquals("integer", column("1", "-20", "+3"));
    assertEquals("number", column("1", "2.5", "1e-3"));
    assertEquals(
        "number with decimal comma, point as thousands mark", column("1.234,50", "2.000.000,00"));
    assertEquals("number with decimal comma, blank as thousands mark", column("1 234,50", "12,5"));
    assertEquals("number with currency €, decimal comma", column("12,50 €", "3,10 €"));
    assertEquals("integer with currency £, comma as thousands mark", column("£1,200", "£3"));
    assertEquals("number with percent sign", column("12.5%", "3 %"));
    assertEquals("integer with comma as thousands mark", column("1,234,567", "12"));
  }

  @Test
  void datesSayTheirOrder() {
    assertEquals("date, DD/MM/YYYY", column("01/02/2024", "25/12/2024"));
    assertEquals("date, MM/DD/YYYY", column("01/02/2024", "12/25/2024"));
    assertTrue(column("01/02/2024", "03/04/2024").endsWith("no value shows which"));
    assertTrue(column("25/12/2024", "12/25/2024").contains("some with the day first"));
    assertEquals("date, DD.MM.YYYY", column("1.2.2024", "3.4.2024"));
    assertEquals("date, YYYY年MM月DD日", column("2024年3月5日", "2024年4月1日"));
    assertEquals(
        "date in several formats: YYYY-MM-DD and month-name day year",
        column("2024-01-02", "2024-01-03", "March 5, 2024"));
  }

  @Test
  void numbersOfAccountingSayHowMinusIsWritten() {
    assertEquals("number with parentheses for minus", column("(12.50)", "30.00"));
    assertEquals("number with the minus sign after the digits", column("12.50-", "30.00"));
    assertEquals("integer; each may be a date, YYYYMMDD", column("20240131", "19991231"));
    assertEquals("integer", column("20240131", "20241331"));
  }

  @Test
  void averagesAtTheEndAreNoRows() {
    for (String last : List.of("Average", "Durchschnitt:", "Gesamtergebnis", "Sub-total")) {
      assertTrue(
          of("x.csv", "dept,pay\nA,1\nB,3\n" + last + ",2\n")
              .facts()
              .contains("the last row is a total: leave out of sums"),
          last);
    }
  }

  @Test
  void sharesOfMixedColumnsAreTold() {
    assertEquals("mixed: 75 % number, 25 % text", column("1", "2", "3", "<5"));
    assertEquals("boolean", column("yes", "no", "NA"));
    assertEquals("empty", column("", "n/a"));
  }

  @Test
  void factsHoldNoValue() {
    ContentProfile profile =
        of("x.csv", "Secret title 4711\n\nname,pay\nAnn,4712\nBob,4713\nTotal,9425\n");
    assertFalse(profile.facts().toString().contains("47"), profile.facts().toString());
    assertTrue(profile.facts().contains("the last row is a total: leave out of sums"));
    assertFalse(of("x.csv", "1,2\n3,4\n").columns().getFirst().named());
  }

  @Test
  void jsonMayHoldWhatPythonWrites() {
    ContentProfile profile =
        of("x.json", "[{\"a\": NaN, \"b\": {\"c\": [1]}}, {\"a\": -Infinity, \"b\": null}]");
    assertEquals(Kind.JSON, profile.kind());
    assertTrue(profile.facts().contains("array of 2 objects"), profile.facts().toString());
    assertEquals(List.of("a", "b"), profile.columns().stream().map(Column::name).toList());
    assertEquals(Column.Type.NESTED, profile.columns().getLast().type());
    ContentProfile lines = of("x.jsonl", "{\"id\": 1}\n{\"id\": 2, \"z\": \"x\"}\n");
    assertEquals(Kind.JSON_LINES, lines.kind());
    assertEquals(1, lines.columns().getLast().nulls());
    assertEquals(Kind.TEXT, of("x.txt", "{not json\n").kind());
    assertEquals(Kind.TABLE, of("x.csv", "[a],b\n1,2\n3,4\n").kind());
  }

  @Test
  void onlyKeysThatObjectsShareAreNames() {
    for (String json :
        List.of(
            "{\"Ann\": 4711, \"Bob\": {\"pay\": 4712}}",
            "[{\"Ann\": 4711}]",
            "[{\"Ann\": 1}, {\"Bob\": 2}, {\"Cem\": 3}]",
            "{\"Ann\": 1}\n{\"Bob\": 2}\n")) {
      assertTrue(of("x.json", json).columns().stream().noneMatch(Column::named), json);
    }
    assertEquals(
        List.of(true, false),
        of("x.json", "[{\"id\": 1}, {\"id\": 2, \"Ann\": 3}, {\"id\": 4}]").columns().stream()
            .map(Column::named)
            .toList());
  }

  @Test
  void aHeaderMayBeginAsABinaryFormatDoes() {
    for (String name : List.of("PAR1", "BZh", "GIF8", "Rar!", "SQLite format 3", "%PDF")) {
      assertEquals(Kind.TABLE, of("x.csv", name + ",b\n1,2\n3,4\n").kind(), name);
    }
    for (String start : List.of("GIF89a", "%PDF-1.7\n", "BZh91AY&SY", "SQLite format 3\0")) {
      assertEquals(Kind.BINARY, of("x", start + "\u0001").kind(), start);
    }
    assertEquals(Kind.BINARY, of("x", "PAR1\u0015\u0004PAR1").kind());
  }

  @Test
  void samplesAndLinesAreNotCutThroughCharacters() {
    String faces = "\uD83D\uDE00".repeat(400);
    for (String text :
        List.of(
            "a,b\n" + faces + ",1\nx" + faces + ",2\n",
            faces + ",b\n1,2\n3,4\n",
            "[{\"a\": \"\\ud83d\", \"" + faces + "\": \"x" + faces + "\"}]",
            "x" + faces + "\n")) {
      ContentProfile profile = of("x.csv", text);
      String shown = profile.columns().toString() + profile.preview();
      assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(shown), shown);
    }
  }

  @Test
  void pagesAndXmlAreNamedForWhatTheyAreWhateverTheirNameSays() {
    assertEquals(
        "HTML page; html.parser can read it",
        of("export.xls", "<html><table><tr><td>a,b</td></tr>\n<tr><td>1,2</td></tr></table></html>")
            .label());
    assertEquals("XML; xml.etree can read it", of("a.xml", "<?xml version='1.0'?><a/>").label());
    assertEquals(
        List.of(
            "old.xml is a workbook in XML, as Excel 2003 wrote it. Save it as .xlsx or CSV, and"
                + " send that."),
        new FileReading(ReadLimits.DEFAULT)
            .read(
                "old.xml",
                "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook/>"
                    .getBytes(StandardCharsets.UTF_8))
            .notices());
  }

  @Test
  void proseIsNoTable() {
    assertEquals(
        Kind.TEXT,
        of("notes.txt", "Dear all,\n\nthe meeting is on Monday, at noon.\nBring cake, please.\n")
            .kind());
    assertEquals(
        Kind.TEXT,
        of(
                "app.log",
                "09:00 start\n09:05 Traceback (most recent call last):\n09:05   ValueError: x\n")
            .kind());
    assertEquals(Kind.EMPTY, of("x.csv", "").kind());
  }
}
