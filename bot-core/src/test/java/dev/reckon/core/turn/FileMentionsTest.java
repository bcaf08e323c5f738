package dev.reckon.core.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FileMentionsTest {
  private static List<String> missing(String text, String... there) {
    return FileMentions.missing(text, Stream.of(there).map(name -> file(name, name)).toList());
  }

  private static AttachedFile file(String name, String attached) {
    return new AttachedFile("id of " + name, name, 1, true, attached);
  }

  @Test
  void whatThePersonAttachedIsThereWhateverItWasTurnedInto() {
    List<AttachedFile> budget = List.of(file("budget.csv", "budget.xlsx"));
    assertEquals(List.of(), FileMentions.missing("Total cost in Budget.xlsx", budget));
    assertEquals(List.of(), FileMentions.missing("Total cost in budget.csv.", budget));
    List<AttachedFile> years =
        List.of(file("2023-sales.csv", "years.zip"), file("2024-sales.csv", "years.zip"));
    assertEquals(
        List.of(), FileMentions.missing("2023/sales.csv and 2024/sales.csv in years.zip", years));
    assertEquals(
        List.of("2022/sales.csv"), FileMentions.missing("what is in 2022/sales.csv?", years));
  }

  @Test
  void namesWithBlanksAccentsAndFoldersAreThere() {
    assertEquals(List.of(), missing("sum \"sales 2024.csv\", please", "sales 2024.csv"));
    assertEquals(List.of(), missing("sum Sales 2024.csv's amounts", "sales 2024.csv"));
    assertEquals(List.of("2025.csv"), missing("sum sales 2025.csv", "sales 2024.csv"));
    assertEquals(List.of(), missing("sum cafe\u0301.csv", "caf\u00e9.csv"));
    assertEquals(List.of(), missing("sum data/pay.csv", "pay.csv"));
  }

  @Test
  void aNameInsideAnotherOneIsNotNamed() {
    assertEquals(List.of("mypay.csv"), missing("sum mypay.csv", "pay.csv"));
    assertTrue(FileMentions.isNamed("Sum Pay.csv.", "pay.csv"));
    assertFalse(FileMentions.isNamed("sum mypay.csv", "pay.csv"));
    assertFalse(FileMentions.isNamed("sum pay.csv.gz", "pay.csv"));
  }

  @Test
  void aFileThatIsNamedAndNotThereIsMissing() {
    assertEquals(List.of("sales.csv"), missing("Average of sales.csv, please"));
    assertEquals(List.of("sales.csv"), missing("What is in \"sales.csv\"?"));
    assertEquals(List.of("sales.csv"), missing("sum sales.csv's revenue"));
    assertEquals(List.of("a.json", "b.csv"), missing("join a.json with b.csv."));
  }

  @Test
  void aFileThatIsThereIsNot() {
    assertEquals(List.of(), missing("Average of Sales.CSV", "sales.csv"));
  }

  @Test
  void aFileToBeWrittenIsNot() {
    assertEquals(List.of(), missing("Convert data.json to out.csv", "data.json"));
    assertEquals(List.of(), missing("save the result as report.csv"));
    assertEquals(List.of(), missing("write a file called report.csv"));
    assertEquals(List.of("data.json"), missing("Convert data.json to out.csv"));
  }

  @Test
  void codeNamesNoFiles() {
    assertEquals(
        List.of(),
        missing("wrong:\n```python\nrows = open(\"pay.csv\")\nname = 'x.csv'\n```\nand ```y.csv"));
    assertEquals(List.of(), missing("why does csv.reader(open(\"pay.csv fail"));
    assertEquals(List.of("a.csv"), missing("`a.csv` ```b.csv``` sum"));
  }

  @Test
  void otherWordsWithDotsAreNoFiles() {
    assertEquals(List.of(), missing("e.g. 3.14 or www.example.com/a.csv.net, and https://x/y.csv"));
  }
}
