package dev.reckon.core.store.jdbi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class StoredTextTest {
  @Test
  void ordinaryTextIsLeftAlone() {
    String text = "naïve \uD83D\uDE00 \\u0000";
    assertSame(text, StoredText.clean(text));
  }

  @Test
  void nulAndLoneSurrogatesAreReplaced() {
    assertEquals("a\uFFFDb", StoredText.clean("a\0b"));
    assertEquals("\uFFFDx\uFFFD", StoredText.clean("\uD83Dx\uDE00"));
    assertEquals("\uFFFD\uD83D\uDE00", StoredText.clean("\uD83D\uD83D\uDE00"));
    assertEquals("\uFFFD", StoredText.clean("\uD83D"));
  }

  @Test
  void escapesInJsonAreReplacedAndEscapedBackslashesAreNot() {
    assertEquals("{\"a\":\"\uFFFD\"}", StoredText.cleanJson("{\"a\":\"\\u0000\"}"));
    assertEquals("{\"a\":\"\\\\u0000\"}", StoredText.cleanJson("{\"a\":\"\\\\u0000\"}"));
    assertEquals("{\"a\":\"\\\\\uFFFD\"}", StoredText.cleanJson("{\"a\":\"\\\\\\u0000\"}"));
  }
}
