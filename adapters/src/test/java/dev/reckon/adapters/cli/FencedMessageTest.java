package dev.reckon.adapters.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class FencedMessageTest {
  private static FencedMessage.Lines lines(String... lines) {
    Iterator<String> left = List.of(lines).iterator();
    return inside -> left.hasNext() ? left.next() : null;
  }

  @Test
  void aLineIsAMessageAndAFenceHoldsItsLinesTogether() throws IOException {
    FencedMessage.Lines lines =
        lines("hello", "/run ```", "x = 1", "print(x)", "```", "in `one` line ```a``` done");
    assertEquals("hello", FencedMessage.read(lines, 100));
    assertEquals("/run ```\nx = 1\nprint(x)\n```", FencedMessage.read(lines, 100));
    assertEquals("in `one` line ```a``` done", FencedMessage.read(lines, 100));
    assertNull(FencedMessage.read(lines, 100));
  }

  @Test
  void anOpenFenceEndsWithTheInputOrAtTheLimit() throws IOException {
    assertEquals("```\na", FencedMessage.read(lines("```", "a"), 100));
    assertEquals("```\naaaa", FencedMessage.read(lines("```", "aaaa", "bbbb"), 6));
  }
}
