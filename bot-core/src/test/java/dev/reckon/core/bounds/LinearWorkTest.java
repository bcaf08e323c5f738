package dev.reckon.core.bounds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The measure itself: it lets linear functions pass and catches quadratic ones. */
class LinearWorkTest {
  @Test
  void linearFunctionsPass() {
    LinearWork.check(
        "copying",
        List.of("ab"),
        text -> assertEquals(text.length(), text.toString().toUpperCase(Locale.ROOT).length()));
    LinearWork.check(
        "counting", List.of("ab"), text -> assertEquals(text.length(), text.chars().count()));
  }

  @Test
  void readingEverythingFromEachPlaceIsCaught() {
    caught(
        text -> {
          int pairs = 0;
          for (int i = 0; i < text.length(); i++) {
            for (int j = i; j < text.length() && text.charAt(j) == 'a'; j++) {
              pairs++;
            }
          }
          if (pairs < 0) {
            throw new IllegalStateException();
          }
        });
  }

  @Test
  void copyingTheRestForEachCharacterIsCaught() {
    caught(
        text -> {
          String rest = text.toString();
          while (!rest.isEmpty()) {
            rest = rest.substring(1);
          }
        });
  }

  @Test
  void aPatternThatBacktracksIsCaught() {
    caught(text -> java.util.regex.Pattern.compile("a*b").matcher(text).find());
  }

  private static void caught(Consumer<CharSequence> quadratic) {
    assertThrows(AssertionError.class, () -> LinearWork.check("planted", List.of("a"), quadratic));
  }
}
