package dev.reckon.files.child;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.files.FileReading;
import dev.reckon.files.ReadResult;
import dev.reckon.files.Zip;
import dev.reckon.files.limit.ReadLimits;
import dev.reckon.files.workbook.Xlsx;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What the parent sets is what is read, and what is said names the key. */
class ChildLimitsTest {
  private static ReadResult read(String property, int value, String name, byte[] content) {
    Properties properties = new Properties();
    properties.setProperty("reckon.files." + property, "" + value);
    return new FileReading(ChildLimits.of(properties)).read(name, content);
  }

  private static void assertSaid(String expected, ReadResult result) {
    assertTrue(result.notices().getFirst().contains(expected), result.notices().toString());
  }

  @Test
  void whatIsNotSetHasItsDefault() {
    assertEquals(ReadLimits.DEFAULT, ChildLimits.of(new Properties()));
  }

  @Test
  void entriesOfAnArchiveAreBounded() {
    byte[] zip = new Zip().with("a.csv", "a,b\n").with("b.csv", "a,b\n").bytes();
    assertEquals(2, read("entries", 2, "two.zip", zip).files().size());
    assertSaid("more than 1 file (files.archive_entries)", read("entries", 1, "two.zip", zip));
  }

  @Test
  void columnsAreBounded() {
    byte[] book =
        new Xlsx().sheet("S", "<row r=\"1\"><c><v>1</v></c><c><v>2</v></c></row>").bytes();
    assertEquals("1,2\r\n", text(read("columns", 2, "wide.xlsx", book)));
    assertSaid("beyond column 1 (files.columns)", read("columns", 1, "wide.xlsx", book));
    byte[] csv = "a,b,c\n1,2,3\n".getBytes(StandardCharsets.UTF_8);
    assertTrue(
        read("columns", 2, "wide.csv", csv)
            .files()
            .getFirst()
            .profile()
            .facts()
            .contains("only the first 2 columns are described (files.columns)"));
  }

  @Test
  void cellsOfASheetAreBounded() {
    byte[] book =
        new Xlsx()
            .sheet("S", "<row r=\"1\"><c><v>1</v></c></row><row r=\"2\"><c><v>2</v></c></row>")
            .bytes();
    assertEquals("1\r\n2\r\n", text(read("cells", 2, "long.xlsx", book)));
    assertSaid("more than 1 cell (files.cells)", read("cells", 1, "long.xlsx", book));
  }

  @Test
  void nestingOfJsonIsBounded() {
    byte[] json = "[[[[1]]]]".getBytes(StandardCharsets.UTF_8);
    String facts = read("nesting", 3, "deep.json", json).files().getFirst().profile().toString();
    assertTrue(facts.contains("nested deeper than 3 levels (files.nesting)"), facts);
    String deep = read("nesting", 4, "deep.json", json).files().getFirst().profile().toString();
    assertTrue(!deep.contains("files.nesting"), deep);
  }

  private static String text(ReadResult result) {
    return new String(result.files().getFirst().content(), StandardCharsets.UTF_8);
  }
}
