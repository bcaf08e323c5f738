package dev.reckon.core.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckon.core.bounds.LinearWork;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What hostile requests and results may cost our own checks. */
@Timeout(120)
class CheckBoundsTest {
  @Test
  void towersOfPowersAreLeftToOthers() {
    for (String request :
        List.of(
            "((9^2000)^2000)^100",
            "(0.1^2000)^2000 + 1",
            "9^9^9",
            "(1/3)^2000^2",
            "2^2000 * 2^2000 * 2^2000 * 2^2000 * 2^2000 * 2^2000 * 2^2000 * 2^2000 * 2^2000")) {
      assertEquals(Optional.empty(), Arithmetic.valueOf(request), request);
    }
    assertEquals(Optional.of(BigDecimal.TWO.pow(1_000)), Arithmetic.valueOf("2^1000"));
  }

  @Test
  void calculationsAreLinear() {
    LinearWork.check(
        "Arithmetic",
        List.of("1+", "(", "-", "^", "?", "9", "9^9", "."),
        text -> Arithmetic.valueOf(text.toString()));
  }

  @Test
  void hugeExponentsAreComparedAsText() {
    assertEquals(Optional.of(true), Agreement.of("\"1E-500000000\"", "\"1E-500000000\""));
    assertEquals(Optional.of(false), Agreement.of("\"1E-500000000\"", "\"1E-400000000\""));
    assertEquals(Optional.of(false), Agreement.of("\"1E-500000000\"", "3.25"));
  }

  @Test
  void deepListsAreNotComparedAndWideOnesWithinBounds() {
    String deep = "[".repeat(60) + "1,2" + "],3".repeat(59) + "]";
    String other = "[".repeat(60) + "1,4" + "],3".repeat(59) + "]";
    assertEquals(Optional.empty(), Agreement.of(deep, other));
    String nested = "[[".repeat(12) + "1" + "],[2]]".repeat(12);
    String unequal = "[[".repeat(12) + "3" + "],[2]]".repeat(12);
    assertEquals(Optional.of(false), Agreement.of(nested, unequal));
    StringBuilder rows = new StringBuilder("[");
    StringBuilder reversed = new StringBuilder("[");
    for (int i = 0; i < 5_000; i++) {
      rows.append(i == 0 ? "" : ",").append("[").append(i).append(",\"a\"]");
      reversed.append(i == 0 ? "" : ",").append("[").append(4_999 - i).append(",\"a\"]");
    }
    assertEquals(Optional.empty(), Agreement.of(rows + "]", reversed + "]"));
  }

  @Test
  void aMillionNamesAreNotAllCompared() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 1_000_000; i++) {
      names.add("q".repeat(60) + i);
    }
    assertEquals(5, NearMiss.of("q".repeat(3_900), names).size());
    assertEquals(List.of("Pay"), NearMiss.of("pay", List.of("Pay", "department")));
  }

  @Test
  void anInterruptEndsAComparison() {
    Thread.currentThread().interrupt();
    try {
      assertEquals(Optional.empty(), Agreement.of("[1, 2]", "[1, 2]"));
      assertEquals(Optional.empty(), Arithmetic.valueOf("1 + 2"));
      assertEquals(List.of(), NearMiss.of("pay", List.of("Pay")));
    } finally {
      Thread.interrupted();
    }
  }
}
