package dev.reckon.adapters.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private static List<String> lines(int width, List<String> header, List<List<String>> rows) {
    return new TextTable(header, rows, new Ink(false)).lines(width);
  }

  @Test
  void wideCellsAreBrokenIntoLinesAndNothingIsLost() {
    assertEquals(
        List.of(
            " N  request",
            "────────────────",
            " 1  average pay",
            "    by",
            "    department",
            "12  again"),
        lines(
            16,
            List.of("N", "request"),
            List.of(List.of("1", "average pay by department"), List.of("12", "again"))));
  }

  @Test
  void noLineIsWiderThanAskedWhateverTheCells() {
    List<List<String>> rows =
        IntStream.range(0, 40)
            .mapToObj(i -> List.of("x".repeat(i), "word ".repeat(i), "😀".repeat(i)))
            .toList();
    for (int width : new int[] {24, 40, 80}) {
      for (String line : lines(width, List.of("a", "b", "c"), rows)) {
        assertTrue(line.length() <= width, () -> width + ": " + line);
      }
    }
  }
}
