package dev.reckon.core.calculate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckon.core.bounds.LinearWork;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2**64 | 2**64
          2^10 = | 2**10
          3 × (4 − 1) ÷ 2 | 3*(4-1)/2
          sqrt(2) + pi | sqrt(2)+pi
          mean([3, 5, 13]) | mean([3,5,13])
          -5 % 3 | -5%3
          1_000 * 1.5e-3 | 1_000*1.5e-3
          round(10 / 3, 2) | round(10/3,2)
          """)
  void arithmeticIsAnExpression(String typed, String python) {
    assertEquals(Optional.of(python), Expression.of(typed).map(Expression::python));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2024",
        "pi",
        "mean of 3, 5 and 13",
        "sum",
        "print(1)",
        "open('x')",
        "__import__('os')",
        "(1).real",
        "[1][0]",
        "sqrt(2)(3)",
        "1 +",
        "(1 + 2",
        "1 + 2)",
        "2 3 + 1",
        "x = 1",
        "1 if 2 else 3",
        "lambda: 1 + 1",
        "'a' * 3",
        "1; 2 + 2",
        "1 +\n__import__",
        "١ + ٢"
      })
  void anythingElseIsNone(String typed) {
    assertEquals(Optional.empty(), Expression.of(typed));
  }

  @Test
  void longTextIsNone() {
    assertEquals(Optional.empty(), Expression.of("1+".repeat(1_000_000)));
    assertEquals(Optional.empty(), Expression.of("(".repeat(Expression.LONGEST)));
    assertEquals(Optional.empty(), Expression.of("1".repeat(199) + "x"));
  }

  @Test
  void workIsLinear() {
    LinearWork.check(
        "Expression",
        List.of("1+", "(", "1", " ", "=", "2**", "sqrt("),
        text -> Expression.of(text.toString()));
  }
}
