package dev.reckon.core.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.message.Attachment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PastedTablesTest {
  private static final String MARK = "(The table that stood here is in the file pasted.csv.)";

  private static List<String> tables(String text) {
    return PastedTables.in(text).tables().stream()
        .map(file -> new String(((Attachment.Inline) file).content(), StandardCharsets.UTF_8))
        .toList();
  }

  private static void assertTable(String csv, String pasted) {
    PastedTables.Found found = PastedTables.in("Total by town:\n" + pasted + "\nRound it, please.");
    assertEquals(List.of(csv), tables(pasted));
    assertEquals("Total by town:\n" + MARK + "\nRound it, please.", found.text());
  }

  @Test
  void aTableOfTabsBecomesAFile() {
    assertTable("town,pay\nBonn,\"1,5\"\nUlm,2\n", "town\tpay\nBonn\t1,5\nUlm\t2");
  }

  @Test
  void aTableOfCommasOrSemicolonsBecomesAFile() {
    assertTable("town,pay\nBonn,1\nUlm,2\n", "town,pay\nBonn,1\nUlm,2");
    assertTable("town,pay\nBonn,1\nUlm,2\n", "town, pay\nBonn, 1\nUlm, 2");
    assertTable("town,pay\nBonn,\"1,5\"\nUlm,2\n", "town;pay\nBonn;1,5\nUlm;2");
    assertTable("who,pay\n\"Lee, A\",1\nUlm,2\n", "who,pay\n\"Lee, A\",1\nUlm,2");
  }

  @Test
  void aTableOfMarkdownBecomesAFile() {
    assertTable(
        "town,pay\nBonn,1\nA|B,2\n", "| town | pay |\n|---|---:|\n| Bonn | 1 |\n| A\\|B | 2 |");
  }

  @Test
  void barsAndDrawnFramesBecomeAFile() {
    assertTable("town,pay\nBonn,1\nUlm,2\n", "town | pay\nBonn | 1\nUlm | 2");
    assertTable("town,pay\nBonn,1\nUlm,2\n", "│ town │ pay │\n├──┼──┤\n│ Bonn │ 1 │\n│ Ulm │ 2 │");
    assertTable("town,pay\nBonn,1\nUlm,2\n", "║ town ║ pay ║\n╟──╫──╢\n║ Bonn ║ 1 ║\n║ Ulm ║ 2 ║");
  }

  @Test
  void alignedColumnsBecomeAFile() {
    assertTable(
        "town,pay\nNew York,1\nUlm,2\n",
        "town       pay\n--------   ---\nNew York     1\nUlm          2");
  }

  @Test
  void aFenceThatATableFillsGoesWithIt() {
    assertTable("a,b\n1,2\n3,4\n", "```\na,b\n1,2\n3,4\n```");
    assertTable("a,b\n1,2\n3,4\n", "```csv\na,b\n1,2\n3,4\n```");
  }

  @Test
  void aSentenceAfterTheTableIsNoneOfItsRows() {
    assertEquals(
        "(The table that stood here is in the file pasted.csv.)\nround it, please",
        PastedTables.in("a,b\nBonn,1\nUlm,2\nround it, please").text());
  }

  @Test
  void severalTablesAreSeveralFiles() {
    PastedTables.Found found = PastedTables.in("a,b\n1,2\n3,4\nand\nc,d\n1,2\n3,4");
    assertEquals(2, found.tables().size());
    assertTrue(found.text().endsWith("in the file pasted-2.csv.)"), found.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mean of 1, 2, 3",
        "a,b\n1,2",
        "Dear all,\nas you know, we met\nand we talked, too",
        "First, add the numbers\nSecond, sort them\nThird, print them",
        "why does this fail?\n```python\nx = f(1, 2)\ny = f(3, 4)\nz = f(5, 6)\n```",
        "x = f(1, 2)\ny = f(3, 4)\nz = f(5, 6)",
        "\tx = 1\n\ty = 2\n\tz = 3",
        "rows = [\n  [1, 2],\n  [3, 4],\n  [5, 6],\n]",
        "```python\na,b\n1,2\n3,4\n```",
      })
  void proseAndCodeStayAsTheyAre(String text) {
    assertEquals(new PastedTables.Found(text, List.of()), PastedTables.in(text));
  }

  @Test
  void theWorkIsLinear() {
    // Each line could begin a table that turns out to be none: 200,000 of them end at once.
    String text = "well, yes\n".repeat(200_000) + "a;b\n".repeat(200_000);
    assertEquals(text, PastedTables.in(text).text());
    String quotes = "x,y" + "\"".repeat(2_000_000);
    assertEquals(quotes, PastedTables.in(quotes).text());
  }
}
