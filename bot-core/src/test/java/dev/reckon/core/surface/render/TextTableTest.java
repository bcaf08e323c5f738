package dev.reckon.core.surface.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Block;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private static final TextTable PRODUCTS =
      new TextTable(
          List.of("product", "note", "units", "revenue"),
          List.of(
              List.of("A lamp for the desk", "sells best before Christmas", "1,204", "120,400.00"),
              List.of("Desk", "", "12", "-9,800.50")));

  @Test
  void columnsOfNumbersStandToTheRight() {
    assertEquals(
        """
        product              note                         units     revenue
        ───────────────────────────────────────────────────────────────────
        A lamp for the desk  sells best before Christmas  1,204  120,400.00
        Desk                                                 12   -9,800.50\
        """,
        PRODUCTS.fitted(80).text());
    assertTrue(PRODUCTS.fitted(80).complete());
  }

  @Test
  void wideCellsAreCutBeforeColumnsGoAndNumbersStayWhole() {
    TextTable.Fitted narrow = PRODUCTS.fitted(44);
    assertEquals(4, narrow.columns());
    assertFalse(narrow.complete());
    for (int width = 20; width < 70; width++) {
      TextTable.Fitted fitted = PRODUCTS.fitted(width);
      String text = fitted.text();
      int most = width;
      assertTrue(text.lines().allMatch(line -> TerminalCells.width(line) <= most), text);
      assertTrue(text.contains("120,400.00"), text);
      assertEquals(fitted.columns() == 4, text.contains("1,204"), text);
    }
    assertEquals(2, PRODUCTS.fitted(20).columns());
  }

  @Test
  void theNameOfAColumnOfShortNumbersStaysReadable() {
    TextTable usage =
        new TextTable(
            List.of("who", "runs", "answered", "verified", "disputed", "tokens"),
            List.of(List.of("ada", "1", "2", "3", "4", "5+")));
    assertEquals(
        """
        who  runs  answered  disputed  tokens
        ─────────────────────────────────────
        ada     1         2         4      5+\
        """,
        usage.fitted(38).text());
  }

  @Test
  void aTableThatIsReadIsShownWholeInAnyWidth() {
    TextTable policy =
        new TextTable(
            List.of("key", "value", "what it decides"),
            List.of(
                List.of("guests", "false", "whether guests may use it without being listed"),
                List.of("people", "", "people who may use it")));
    assertEquals(
        """
        key     value  what it decides
        ────────────────────────────────────────
        guests  false  whether guests may use it
                       without being listed
        people         people who may use it\
        """,
        String.join("\n", policy.whole(40)));
    assertEquals(
        """
        guests
          value: false
          what it decides: whether
          guests may use it without
          being listed
        people
          what it decides: people who
          may use it\
        """,
        String.join("\n", policy.whole(30)));
  }

  @Test
  void linesAreBrokenByCellsAndItemsOfListsKeepTheirMargin() {
    assertEquals(List.of("東京都 is", "large"), TerminalCells.wrapped("東京都 is large", 10));
    assertEquals(
        List.of("2. total by", "   month", "", "end"),
        TerminalCells.wrapped("2. total by month\n\nend", 11));
    assertEquals(List.of("unbreakable", "a"), TerminalCells.wrapped("unbreakable a", 5));
  }

  @Test
  void aNumberIsShownWholeWhereItIsWiderThanTheScreen() {
    TextTable wide = new TextTable(List.of("n"), List.of(List.of("123,456,789,012,345")));
    assertTrue(wide.fitted(10).text().contains("123,456,789,012,345"));
  }

  @Test
  void wideLettersAndMarksAreMeasuredInCells() {
    assertEquals(4, TerminalCells.width("東京"));
    assertEquals(2, TerminalCells.width("😀"));
    assertEquals(4, TerminalCells.width("Cafe\u0301"));
    TextTable cities =
        new TextTable(List.of("city", "n"), List.of(List.of("東京", "1"), List.of("Oslo", "22")));
    assertEquals("city   n\n────────\n東京   1\nOslo  22", cities.fitted(40).text());
    assertEquals("東…", TerminalCells.cut("東京都", 4));
  }

  @Test
  void numbersAreKnownWithSignsCurrenciesUnitsAndExponents() {
    for (String number :
        List.of(
            "1", "-3.5", "−2", "1,204", "$12.50", "€ 3", "12 %", "3.1e25", "1e-9", "7 km", ".5",
            "0.20+")) {
      assertTrue(TextTable.isNumber(number), number);
    }
    for (String other : List.of("", "-", "abc", "2026-09", "12 months", "e5", "..", "3 a b")) {
      assertFalse(TextTable.isNumber(other), other);
    }
  }

  @Test
  void theFileHasTheCellsAsTheyAre() {
    Block.Table table =
        new Block.Table(List.of("a", "b"), List.of(List.of("x, \"y\"", "1\n2"), List.of("z")));
    assertEquals("a,b\r\n\"x, \"\"y\"\"\",\"1\n2\"\r\nz\r\n", TextTable.csv(table));
  }
}
