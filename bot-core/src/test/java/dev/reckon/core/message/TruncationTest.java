package dev.reckon.core.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TruncationTest {
  /** Half of a surrogate pair turns into a question mark when it is encoded. */
  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7, 8, 9})
  void cutsNoCharacterInTwoInTheMiddleOfAText(int most) {
    String cut = Truncation.middle("😀".repeat(20), most);
    String encoded = new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    assertEquals(cut, encoded);
    assertFalse(encoded.contains("?"), encoded);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "abcdefghi"})
  void keepsTextsThatFit(String text) {
    assertEquals(text, Truncation.middle(text, 9));
  }
}
