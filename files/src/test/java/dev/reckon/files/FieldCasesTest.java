package dev.reckon.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.files.limit.ReadLimits;
import dev.reckon.files.profile.Column;
import dev.reckon.files.profile.ContentProfile;
import dev.reckon.files.workbook.Xlsx;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Inputs of the kinds that people reported as going wrong, each with the right value. */
class FieldCasesTest {
  private final FileReading reading = new FileReading(ReadLimits.DEFAULT);

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(ReadFile file) {
    return new String(file.content(), StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  private String only(String name, byte[] content) {
    ReadResult result = reading.read(name, content);
    assertEquals(1, result.files().size(), result.toString());
    return text(result.files().getFirst());
  }

  private ContentProfile profile(String name, String text) {
    return reading.read(name, utf8(text)).files().getFirst().profile();
  }

  private static List<String> names(ContentProfile profile) {
    return profile.columns().stream().map(Column::name).toList();
  }

  private static String words(ContentProfile profile, String column) {
    return profile.columns().stream()
        .filter(c -> c.name().equals(column))
        .findFirst()
        .orElseThrow()
        .words();
  }

  @Test
  void yearsMayBeNamesOfColumns() {
    ContentProfile profile =
        profile("output.csv", "plant,2021,2022,2023\nNorth,410,455,470\nSouth,388,392,401\n");
    assertTrue(profile.facts().contains("first line is the header"), profile.facts().toString());
    assertEquals(List.of("plant", "2021", "2022", "2023"), names(profile));
  }

  @Test
  void oneRowAndOneColumnAreCountedInTheSingular() {
    List<String> facts = profile("one.csv", "amount\n120\n").facts();
    assertTrue(facts.contains("1 row after the header"), facts.toString());
    assertTrue(facts.contains("1 column"), facts.toString());
  }

  @Test
  void theLineOfTheHeaderIsTold() {
    ContentProfile profile =
        profile(
            "statement.csv",
            """
            Account statement
            Period: May
            Printed today

            Owner: Club

            date,purpose,amount
            2025-01-01,fee,3.50
            2025-01-02,fee,6.50
            """);
    assertTrue(
        profile.facts().contains("the header is line 7: skip the 6 lines before it"),
        profile.facts().toString());
    assertEquals(List.of("date", "purpose", "amount"), names(profile));
    assertEquals(7, profile.preview().getFirst().number());
    assertEquals("date,purpose,amount", profile.preview().getFirst().text());
  }

  @Test
  void oneBadByteGarblesNothingElse() {
    byte[] content = utf8("name,city\nZoë,Kraków\nAda,Kraków\nB?,Kraków\n");
    content[content.length - 10] = (byte) 0xE9;
    ReadResult result = reading.read("players.csv", content);
    String text = text(result.files().getFirst());
    assertTrue(text.contains("Zoë,Kraków\nAda,Kraków\nB\uFFFD,Kraków"), text);
    assertTrue(result.notices().getFirst().startsWith("1 byte of players.csv"), text);
  }

  @Test
  void aFewAccentsInLatin1AreRead() {
    for (String text :
        List.of("ville,n\nOrléans,1\nSète,2\n", "nom;n\nBœuf;1\n", "id,ou\n1,à Évry\n2,ça\n")) {
      byte[] content = text.getBytes(Charset.forName("windows-1252"));
      assertEquals(text, only("x.csv", content));
      List<String> facts = reading.read("x.csv", content).files().getFirst().profile().facts();
      assertTrue(
          facts.contains("Windows-1252, kept as UTF-8 (open it as utf-8)"), facts.toString());
    }
  }

  @Test
  void nulCharactersAreTakenOutAndTold() {
    ReadResult result = reading.read("weather.csv", utf8("day,rain\n1,3.5\0\n2,0\n3,5.5\n"));
    assertEquals("day,rain\n1,3.5\n2,0\n3,5.5\n", text(result.files().getFirst()));
    assertEquals(List.of("1 NUL character was taken out of weather.csv."), result.notices());
    assertEquals(List.of("day", "rain"), names(result.files().getFirst().profile()));
  }

  @Test
  void eastAsianDatesAreDates() {
    byte[] book =
        new Xlsx()
            .format(176, "yyyy\"年\"m\"月\"d\"日\"")
            .builtIn(31)
            .format(177, "[$-411]ggge\"年\"m\"月\"d\"日\"")
            .sheet(
                "O",
                "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>45761</v></c><c r=\"B1\""
                    + " s=\"2\"><v>45762</v></c><c r=\"C1\" s=\"3\"><v>45763</v></c></row>")
            .bytes();
    assertEquals("2025-04-14,2025-04-15,2025-04-16\n", only("orders.xlsx", book));
  }

  @Test
  void aWorkbookWithAPasswordIsNamedForWhatItIs() {
    byte[] content = new byte[5632];
    byte[] magic = {
      (byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, (byte) 0xa1, (byte) 0xb1, 0x1a, (byte) 0xe1
    };
    System.arraycopy(magic, 0, content, 0, magic.length);
    byte[] entry = "EncryptionInfo".getBytes(StandardCharsets.UTF_16LE);
    System.arraycopy(entry, 0, content, 1152, entry.length);
    ReadResult result = reading.read("secret.xlsx", content);
    assertTrue(result.notices().getFirst().contains("protected by a password"), result.toString());
    ReadResult old = reading.read("old.xls", Arrays.copyOf(magic, 5008));
    assertTrue(old.notices().getFirst().contains(".xlsx or CSV"), old.toString());
  }

  @Test
  void leadingZerosAreACode() {
    ContentProfile profile =
        profile("branches.csv", "zip,branch,staff\n01067,Dresden,14\n04109,Leipzig,22\n");
    assertTrue(words(profile, "zip").startsWith("code"), words(profile, "zip"));
    assertEquals("integer", words(profile, "staff"));
  }

  @Test
  void decimalCommasAreNamed() {
    ContentProfile profile =
        profile("preise.csv", "artikel;preis;menge\nA;1,5;10\nB;1,2;20\nC;12,75;3\n");
    assertEquals("number with decimal comma", words(profile, "preis"));
  }

  @Test
  void semicolonsWinOverCommasInDates() {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < 12; i++) {
      text.append("March %d, 2024;50%02d;%d.00;open;%n".formatted(i, i, i));
    }
    ContentProfile profile = profile("payments.csv", text.toString());
    assertTrue(profile.facts().contains("delimiter semicolon"), profile.facts().toString());
    assertEquals("integer", profile.columns().get(1).words());
  }

  @Test
  void everyNameOfAWideTableIsThere() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      names.add("item_%03d_score".formatted(i));
    }
    String row = "1,".repeat(299) + "1\n";
    ContentProfile profile = profile("survey.csv", String.join(",", names) + "\n" + row + row);
    assertEquals(names, names(profile));
  }

  @Test
  void isoCellsAndFormulasAreTheirValues() {
    byte[] book =
        new Xlsx()
            .builtIn(14)
            .sheet(
                "I",
                "<row r=\"1\"><c r=\"A1\" t=\"d\"><v>2024-03-17T00:00:00</v></c><c r=\"B1\""
                    + " s=\"1\"><f>A1+30</f><v>45398</v></c></row><row r=\"2\"><c r=\"A2\""
                    + " t=\"d\"><v>2024-03-18T09:30:00.000Z</v></c><c r=\"B2\""
                    + " t=\"str\"><f>\"a\"</f><v>ok</v></c></row>")
            .bytes();
    assertEquals("2024-03-17,2024-04-16\n2024-03-18T09:30,ok\n", only("iso.xlsx", book));
  }

  @Test
  void formulasWithoutAValueAreTold() {
    byte[] book =
        new Xlsx()
            .sheet(
                "Sum", "<row r=\"1\"><c r=\"A1\"><v>100</v></c><c r=\"B1\"><f>A1*1.2</f></c></row>")
            .bytes();
    ReadResult result = reading.read("made.xlsx", book);
    assertEquals("100,=A1*1.2\n", text(result.files().getFirst()));
    assertTrue(result.notices().getFirst().contains("1 formula without a stored value"));
  }

  @Test
  void daysOfOldMacsCountFrom1904() {
    byte[] book =
        new Xlsx()
            .from1904()
            .builtIn(14)
            .sheet("L", "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>42368</v></c></row>")
            .bytes();
    assertEquals("2019-12-31\n", only("mac.xlsx", book));
  }

  @Test
  void zerosOfAFormatAreKept() {
    byte[] book =
        new Xlsx()
            .format(164, "00000")
            .format(165, "\"INV-\"0000")
            .format(166, "000-00-0000")
            .sheet(
                "C",
                "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>1067</v></c><c r=\"B1\""
                    + " s=\"2\"><v>42</v></c><c r=\"C1\" s=\"3\"><v>78051120</v></c></row>")
            .bytes();
    assertEquals("01067,INV-0042,078-05-1120\n", only("codes.xlsx", book));
  }

  @Test
  void everyRowHasAsManyCellsAsTheWidest() {
    byte[] book =
        new Xlsx()
            .sheet(
                "T",
                "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>id</t></is></c><c r=\"D1\""
                    + " t=\"inlineStr\"><is><t>note</t></is></c></row><row r=\"2\"><c"
                    + " r=\"A2\"><v>1</v></c></row><row r=\"4\"><c r=\"B4\"><v>2</v></c></row>")
            .bytes();
    assertEquals("id,,,note\n1,,,\n,,,\n,2,,\n", only("tasks.xlsx", book));
  }

  @Test
  void seventeenDigitsAreNoiseOfBinaryFractions() {
    byte[] book =
        new Xlsx()
            .sheet(
                "R",
                "<row r=\"1\"><c r=\"A1\"><v>0.57999999999999996</v></c><c"
                    + " r=\"B1\"><v>18374.150000000001</v></c><c r=\"C1\"><v>1.2E+3</v></c><c"
                    + " r=\"D1\"><v>1234567890123456789</v></c></row>")
            .bytes();
    assertEquals("0.58,18374.15,1200,1234567890123456789\n", only("rates.xlsx", book));
  }

  @Test
  void openDocumentSpreadsheetsAreRead() {
    byte[] book =
        new Zip()
            .with("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            .with(
                "content.xml",
                "<d xmlns:t=\"t\" xmlns:o=\"o\" xmlns:x=\"x\"><t:table"
                    + " t:name=\"B\"><t:table-row><t:table-cell"
                    + " o:value-type=\"string\"><x:p>item</x:p></t:table-cell><t:table-cell"
                    + " o:value-type=\"string\"><x:p>cost</x:p></t:table-cell></t:table-row><t:table-row"
                    + " t:number-rows-repeated=\"2\"><t:table-cell"
                    + " o:value-type=\"string\"><x:p>rent</x:p></t:table-cell><t:table-cell"
                    + " o:value-type=\"float\" o:value=\"900\"><x:p>900,00"
                    + " €</x:p></t:table-cell></t:table-row><t:table-row"
                    + " t:number-rows-repeated=\"1048000\"><t:table-cell"
                    + " t:number-columns-repeated=\"16384\"/></t:table-row></t:table></d>")
            .bytes();
    assertEquals("item,cost\nrent,900\nrent,900\n", only("budget.ods", book));
  }

  @Test
  void namesInOldCodePagesAreRead() {
    byte[] zip =
        new Zip().with("Übersicht März.csv", "a,b\n1,2\n").bytes(Charset.forName("IBM437"));
    assertEquals("Übersicht März.csv", reading.read("win.zip", zip).files().getFirst().name());
    byte[] russian = new Zip().with("отчет.csv", "a,b\n1,2\n").bytes(Charset.forName("IBM866"));
    assertEquals("отчет.csv", reading.read("win.zip", russian).files().getFirst().name());
  }

  @Test
  void foldersOfAnArchiveStayVisible() {
    byte[] zip =
        new Zip()
            .with("2023/sales.csv", "m,v\n1,10\n")
            .with("2024/sales.csv", "m,v\n1,90\n")
            .bytes();
    ReadResult result = reading.read("years.zip", zip);
    assertEquals(
        List.of("2023-sales.csv", "2024-sales.csv"),
        result.files().stream().map(ReadFile::name).toList());
    assertEquals("2023/sales.csv", result.files().getFirst().part());
  }

  @Test
  void theAttachedNameSurvives() {
    byte[] book =
        new Xlsx()
            .sheet("S", "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")
            .sheet("A/B", "<row r=\"1\"><c r=\"A1\"><v>2</v></c></row>")
            .bytes();
    ReadResult result = reading.read("Budget 2024.xlsx", book);
    assertEquals(
        List.of("Budget 2024-S.csv", "Budget 2024-A-B.csv"),
        result.files().stream().map(ReadFile::name).toList());
    assertTrue(
        result.files().stream().allMatch(file -> file.attached().equals("Budget 2024.xlsx")));
    assertEquals("sheet A/B", result.files().getLast().part());
  }

  @Test
  void workbooksInArchivesAreReadAndNothingIsOverwritten() {
    byte[] book = new Xlsx().sheet("S", "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>").bytes();
    byte[] zip =
        new Zip()
            .with("report.xlsx", book)
            .with("report.csv", "who,n\ntext,2\n")
            .with("x.csv.gz", Zip.gzip(utf8("a\n1\n")))
            .bytes();
    assertEquals(
        List.of("report.csv", "report-2.csv", "x.csv"),
        reading.read("all.zip", zip).files().stream().map(ReadFile::name).toList());
  }
}
