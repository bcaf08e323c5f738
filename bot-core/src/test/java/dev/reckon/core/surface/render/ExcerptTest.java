package dev.reckon.core.surface.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ExcerptTest {
  private static final Excerpt.Limit LIMIT = new Excerpt.Limit(5, 20);

  @Test
  void wholeLinesAreShownAndALongOneIsCut() {
    assertEquals("one\ntwo", Excerpt.of("one\ntwo\n" + "x".repeat(30), LIMIT).shown());
    assertEquals("x".repeat(19) + "…", Excerpt.of("x".repeat(30), LIMIT).shown());
    assertTrue(Excerpt.of("one\ntwo", LIMIT).complete());
  }

  @Test
  void blankLinesBeforeALongOneAreNotAllThatIsShown() {
    Excerpt excerpt = Excerpt.of("\n\n" + "x".repeat(30) + "\nmore", LIMIT);
    assertEquals("x".repeat(19) + "…", excerpt.shown());
    assertEquals(3, excerpt.shownLines());
    assertFalse(excerpt.complete());
  }

  @Test
  void blankLinesAreShownWhereThereIsNothingElse() {
    Excerpt excerpt = Excerpt.of("\n".repeat(16), LIMIT);
    assertEquals("\n".repeat(4), excerpt.shown());
    assertEquals(5, excerpt.shownLines());
    assertEquals(17, excerpt.lines());
    assertFalse(excerpt.complete());

    assertEquals(" ".repeat(19) + "…", Excerpt.of("\n" + " ".repeat(30) + "\n", LIMIT).shown());
    assertEquals(1, Excerpt.of("\n\n\n", new Excerpt.Limit(1, 20)).shownLines());
  }
}
