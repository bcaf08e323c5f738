package dev.reckon.adapters.telegram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.adapters.telegram.Markup.Span;
import dev.reckon.adapters.telegram.Markup.Tag;
import dev.reckon.adapters.telegram.TelegramHtml.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkupTest {
  private static final List<List<Tag>> STYLES =
      List.of(
          List.of(),
          List.of(Tag.BOLD),
          List.of(Tag.ITALIC),
          List.of(Tag.PRE),
          List.of(Tag.BOLD, Tag.ITALIC),
          List.of(Tag.mention(42)),
          List.of(Tag.FOLDED, Tag.PYTHON));

  private static final String[] PIECES = {
    "a",
    " ",
    "\n",
    "<",
    ">",
    "&",
    "&amp;",
    "</pre>",
    "<b>",
    "\"",
    "é",
    "漢字",
    "😀",
    "👩‍💻",
    "word ",
    "a long line with several words\n",
    "0.123456789",
    "\t",
    "x".repeat(50)
  };

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 64, 500, 4096})
  void cutsRandomTextIntoValidPartsInOrderWithNothingLost(int limit) throws Refused {
    Random random = new Random(20_261_124L + limit);
    for (int round = 0; round < 200; round++) {
      List<Span> spans = spans(random, limit);
      StringBuilder joined = new StringBuilder();
      for (List<Span> part : Markup.split(spans, limit)) {
        var parsed = TelegramHtml.parse(Markup.html(part));
        assertTrue(parsed.text().length() <= limit, "too long: " + parsed.text().length());
        assertFalse(parsed.text().isEmpty());
        assertWhole(parsed.text());
        assertEquals(Markup.plain(part), parsed.text());
        joined.append(parsed.text());
      }
      assertEquals(Markup.plain(spans), joined.toString());
    }
  }

  @Test
  void keepsTheMarksOfEveryCharacter() throws Refused {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      List<Span> spans = spans(random, 100);
      List<String> marks = new ArrayList<>();
      for (List<Span> part : Markup.split(spans, 37)) {
        marks.addAll(marks(Markup.html(part)));
      }
      assertEquals(marks(Markup.html(spans)), marks);
    }
  }

  @Test
  void cutsAfterALineRatherThanInsideOne() {
    String lines = ("x".repeat(29) + "\n").repeat(4);
    List<List<Span>> parts = Markup.split(List.of(new Span(List.of(Tag.PRE), lines)), 100);
    assertEquals(2, parts.size());
    assertEquals(90, Markup.plain(parts.getFirst()).length());
  }

  @Test
  void nothingGivesNoParts() {
    assertEquals(List.of(), Markup.split(List.of(), 10));
  }

  /** For each character, the tags around it. */
  private static List<String> marks(String html) throws Refused {
    var parsed = TelegramHtml.parse(html);
    List<String> marks = new ArrayList<>();
    for (int i = 0; i < parsed.text().length(); i++) {
      int at = i;
      marks.add(
          parsed.text().charAt(i)
              + parsed.entities().stream()
                  .filter(entity -> entity.from() <= at && at < entity.to())
                  .map(TelegramHtml.Entity::tag)
                  .sorted()
                  .toList()
                  .toString());
    }
    return marks;
  }

  private static void assertWhole(String text) {
    assertFalse(Character.isLowSurrogate(text.charAt(0)), "begins inside a character");
    assertFalse(
        Character.isHighSurrogate(text.charAt(text.length() - 1)), "ends inside a character");
  }

  private static List<Span> spans(Random random, int limit) {
    List<Span> spans = new ArrayList<>();
    int count = random.nextInt(8);
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder("s");
      int pieces = random.nextInt(Math.max(4, limit / 4));
      for (int j = 0; j < pieces; j++) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      spans.add(new Span(STYLES.get(random.nextInt(STYLES.size())), text.toString()));
    }
    return spans;
  }
}
