package dev.reckon.core.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FileMentionsTest {
  private static List<String> missing(String text, String... there) {
    return FileMentions.missing(text, List.of(there));
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
