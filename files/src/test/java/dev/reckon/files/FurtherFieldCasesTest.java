package dev.reckon.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.files.limit.ReadLimits;
import dev.reckon.files.profile.Column;
import dev.reckon.files.profile.ContentProfile;
import dev.reckon.files.workbook.Xlsx;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** More inputs as people attach them, each with what a person sees in it. */
class FurtherFieldCasesTest {
  private final FileReading reading = new FileReading(ReadLimits.DEFAULT);

  private ReadFile only(String name, byte[] content) {
    ReadResult result = reading.read(name, content);
    assertEquals(1, result.files().size(), result.toString());
    return result.files().getFirst();
  }

  private ContentProfile profile(String name, String text) {
    return only(name, text.getBytes(StandardCharsets.UTF_8)).profile();
  }

  private static List<String> names(ContentProfile profile) {
    return profile.columns().stream().map(Column::name).toList();
  }

  private static void assertFact(ContentProfile profile, String start) {
    assertTrue(
        profile.facts().stream().anyMatch(fact -> fact.startsWith(start)),
        profile.facts().toString());
  }

  @Test
  void unitsMayStandBelowNamesBelowGroups() {
    ContentProfile profile =
        profile(
            "sales.csv",
            """
            Regional sales,,,,
            ,2023,,2024,
            region,units,revenue,units,revenue
            ,pcs,EUR,pcs,EUR
            North,10,100.5,12,130
            South,8,88,9,97.25
            East,7,70,6,61
            """);
    assertEquals(
        List.of(
            "region",
            "2023 / units / pcs",
            "2023 / revenue / EUR",
            "2024 / units / pcs",
            "2024 / revenue / EUR"),
        names(profile));
    assertFact(profile, "3 rows");
  }

  @Test
  void rowNamesMayHaveNoName() {
    ContentProfile profile =
        profile(
            "cars.csv", "mpg,cyl,disp\nMazda RX4,21,6,160\nDatsun,22.8,4,108\nHornet,21.4,6,258\n");
    assertEquals(List.of("1", "mpg", "cyl", "disp"), names(profile));
    assertFact(profile, "the header has one name less");
    ContentProfile trailing = profile("t.csv", "a,b\n1,2,\n3,4,\n5,6,\n");
    assertEquals(List.of("a", "b", "3"), names(trailing));
  }

  @Test
  void linesQuotedAsAWholeAreTold() {
    ContentProfile profile =
        profile("w.csv", "\"id,name\"\n\"1,\"\"Tea, green\"\"\"\n\"2,Cocoa\"\n");
    assertFact(profile, "each line is quoted as a whole");
  }

  @Test
  void aRuleOfDashesTellsWhereColumnsBegin() {
    ContentProfile profile =
        profile("p.txt", "Name      Age  City\n--------  ---  --------\nAnn        31  New York\n");
    assertFact(
        profile,
        "columns of fixed width: line 2 is a rule of dashes; they begin at characters 1, 11, 16");
  }

  @Test
  void aLegendAfterABlankLineIsNoRow() {
    ContentProfile profile =
        profile(
            "c.csv",
            """
            code;label;value
            A1;Alpha;10
            A2;Beta;20

            Legend:
            A = active; B = blocked
            (c) Office
            """);
    assertFact(profile, "2 rows");
    assertFact(profile, "from line 5 on there are notes, no rows (3 lines)");
  }

  @Test
  void aLogIsNoTableOfItsMilliseconds() {
    String log =
        """
        2024-05-01 10:00:01,123 INFO [main] Started
        2024-05-01 10:00:02,456 WARN [p] Slow: a, b
        2024-05-01 10:00:03,789 ERROR [p] Failed, retrying
        """;
    assertEquals(ContentProfile.Kind.TEXT, profile("app.log", log).kind());
  }

  @Test
  void aTotalMayStandFirst() {
    assertFact(
        profile("t.csv", "category,amount\nTotal,600\nA,100\nB,200\nC,300\n"),
        "the first row is a total");
    ContentProfile all = profile("a.csv", "category,amount\nTotal rent,6\nTotal fees,1\nOther,2\n");
    assertFalse(all.facts().toString().contains("the first row is a total"));
  }

  @Test
  void whatIsOnlyCalledJsonIsTold() {
    for (String text : List.of("[{\"k\":1,},]", "{\"a\":1}{\"a\":2}", "// x\n{\"a\":1}")) {
      assertFact(profile("x.json", text), "named as JSON, but");
    }
  }

  @Test
  void rarerEncodingsAreRead() {
    for (String[] each :
        new String[][] {
          {"品名,ﾈﾀﾞﾝ\nﾘﾝｺﾞ,100\nバナナ,200\n", "Shift_JIS"},
          {"город,население\nМосква,10\nКазань,7\n", "ISO-8859-5"},
          {"prix,oeuvre\n10 €,cœur\n20 €,Œdipe\n", "ISO-8859-15"}
        }) {
      byte[] stored = each[0].getBytes(Charset.forName(each[1]));
      String read = new String(only("x.csv", stored).content(), StandardCharsets.UTF_8);
      assertEquals(each[0], read, each[1]);
    }
  }

  @Test
  void packedFilesAreNamedForWhatTheyAre() {
    byte[] zstandard = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 4, 0, 'a', 'a', 'a', 'a', 'a', 'a'};
    assertTrue(only("x.csv.zst", zstandard).profile().label().contains("Zstandard"));
    byte[] tar = new byte[1024];
    System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
    assertTrue(only("x.tar", tar).profile().label().contains("tarfile"));
    assertTrue(only("x.tar.gz", Zip.gzip(tar)).profile().label().contains("tarfile"));
  }

  @Test
  void aColonInANameLeadsNowhere() {
    byte[] zip = new Zip().with("a: b.csv", "x\n1\n").with("C:/Users/me/c.csv", "x\n1\n").bytes();
    ReadResult result = reading.read("odd.zip", zip);
    assertEquals(1, result.files().size(), result.toString());
    assertTrue(result.notices().getFirst().startsWith("1 file in odd.zip"), result.toString());
  }

  @Test
  void sectionsWithConditionsShowTheNumberWhereTheyDiffer() {
    byte[] book =
        new Xlsx()
            .format(164, "[&lt;1]0%;0.0")
            .format(165, "[&lt;1]0%;0.0%")
            .sheet(
                "S",
                "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>3</v></c><c r=\"B1\""
                    + " s=\"2\"><v>0.5</v></c></row>")
            .bytes();
    assertEquals("3,50%\r\n", new String(only("c.xlsx", book).content(), StandardCharsets.UTF_8));
  }

  @Test
  void mergedCellsOfOpenDocumentsAreTold() {
    byte[] book =
        new Zip()
            .with("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            .with(
                "content.xml",
                "<d xmlns:t=\"t\" xmlns:o=\"o\" xmlns:x=\"x\"><t:table"
                    + " t:name=\"B\"><t:table-row><t:table-cell t:number-columns-spanned=\"2\""
                    + " o:value-type=\"string\"><x:p>2023</x:p></t:table-cell>"
                    + "<t:covered-table-cell/></t:table-row></t:table></d>")
            .bytes();
    ReadResult result = reading.read("m.ods", book);
    assertTrue(result.notices().toString().contains("merged cells (1 range)"), result.toString());
  }
}
