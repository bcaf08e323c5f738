package dev.reckon.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FileNamingTest {
  @Test
  void blanksAndAccentsStay() {
    assertEquals("sales 2024.csv", FileNaming.clean("sales 2024.csv"));
    assertEquals("Übersicht März.csv", FileNaming.clean("Übersicht März.csv"));
    assertEquals("a b.csv", FileNaming.clean("a\u00a0b.csv"));
    assertEquals("売上.xlsx", FileNaming.clean("売上.xlsx"));
  }

  @Test
  void decomposedAccentsAreComposed() {
    assertEquals("Übersicht.csv", FileNaming.clean("U\u0308bersicht.csv"));
  }

  @Test
  void pathsAndControlCharactersGo() {
    assertEquals("passwd", FileNaming.clean("../../etc/passwd"));
    assertEquals("x.csv", FileNaming.clean("C:\\data\\x.csv"));
    assertEquals("ab.csv", FileNaming.clean("a\u0000\u001b\u202eb.csv"));
    assertEquals("file", FileNaming.clean(".."));
    assertEquals("file", FileNaming.clean("\ud800"));
  }

  @Test
  void foldersStayVisibleInFlatNames() {
    assertEquals("2023-sales.csv", FileNaming.flat("2023/sales.csv"));
    assertEquals("a-b-c.csv", FileNaming.flat("a\\b\\.\\c.csv"));
  }

  @Test
  void longNamesKeepTheirEnding() {
    String clean = FileNaming.clean("あ".repeat(300) + ".csv");
    assertTrue(clean.endsWith(".csv") && clean.length() <= 100, clean);
    assertTrue(FileNaming.flat("folder/".repeat(100_000) + "x.csv").endsWith(".csv"));
  }

  @Test
  void namesThatDifferInCaseOnlyAreKeptApart() {
    FileNaming names = new FileNaming();
    assertEquals("a.csv", names.unique("a.csv"));
    assertEquals("A-2.csv", names.unique("A.csv"));
    assertEquals("a-3.csv", names.unique("a.csv"));
  }
}
