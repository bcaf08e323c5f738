package dev.reckon.adapters.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PagesTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
  private final Console console =
      new Console(InputStream.nullInputStream(), stream, stream, true, true, true, 80, false);
  private final Pages pages = new Pages();

  private static void lines(Console to, int count) {
    IntStream.rangeClosed(1, count).forEach(i -> to.out().println("line " + i));
  }

  private List<String> shown() {
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    out.reset();
    return lines;
  }

  @Test
  void whatFitsIsShownWhole() {
    pages.show(console, 24, to -> lines(to, 20));
    assertEquals("line 20", shown().getLast());
    assertFalse(pages.more(console, 24));
  }

  @Test
  void theRestComesPageByPageUntilTheEnd() {
    pages.show(console, 24, to -> lines(to, 50));
    List<String> first = shown();
    assertEquals(21, first.size());
    assertEquals("… 30 more lines: /more", first.getLast());
    assertTrue(pages.more(console, 24));
    assertEquals("… 10 more lines: /more", shown().getLast());
    assertTrue(pages.more(console, 24));
    assertEquals("line 50", shown().getLast());
    assertFalse(pages.more(console, 24));
  }

  @Test
  void aSingleLastLineStandsInPlaceOfTheHintAtIt() {
    pages.show(console, 24, to -> lines(to, 21));
    assertEquals("line 21", shown().getLast());
    assertFalse(pages.more(console, 24));
  }

  @Test
  void aNewAnswerEndsTheOldOne() {
    pages.show(console, 24, to -> lines(to, 50));
    pages.show(console, 24, to -> lines(to, 1));
    shown();
    assertFalse(pages.more(console, 24));
  }

  @Test
  void withoutAWindowEverythingComesAtOnce() {
    pages.show(console, 0, to -> lines(to, 500));
    assertEquals(500, shown().size());
  }
}
