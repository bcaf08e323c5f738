package dev.reckon.adapters.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CodeLinesTest {
  @Test
  void aLineThatFitsStaysWhole() {
    assertEquals(List.of(""), CodeLines.of("", 4));
    assertEquals(List.of("abcd"), CodeLines.of("abcd", 4));
  }

  @Test
  void aLongLineIsBrokenWithoutLosingACharacter() {
    assertEquals(List.of("abcd", "efgh", "i"), CodeLines.of("abcdefghi", 4));
    assertEquals(List.of("数数", "数x"), CodeLines.of("数数数x", 4));
  }

  @Test
  void aColourEndsWithItsPieceAndGoesOnInTheNext() {
    String green = "\u001b[32m";
    String reset = "\u001b[0m";
    assertEquals(
        List.of("a" + green + "'bc" + reset, green + "d'" + reset + "ef", "g"),
        CodeLines.of("a" + green + "'bcd'" + reset + "efg", 4));
  }
}
