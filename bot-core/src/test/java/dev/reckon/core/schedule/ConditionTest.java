package dev.reckon.core.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "> 80000 | > 80000",
        ">80,000 | > 80000",
        "is above 80k | > 80000",
        "exceeds 1.5 million | > 1500000",
        "falls below -5 | < -5",
        "is at least 12.50 | >= 12.50",
        "<= 3 | <= 3",
        "equals 0 | = 0",
        "is not 7 | != 7",
        "changes | changes",
        "has changed | changes",
        "\"Total revenue\" > 5 | \"Total revenue\" > 5",
        "\u201CTotal\u201D drops below 5 | \"Total\" < 5",
        "\"Total\" changes | \"Total\" changes",
        "> 5% | > 5"
      })
  void conditionsAreReadAndWrittenSoThatTheyAreReadAgain(String said, String words) {
    Condition condition = Condition.parse(said).orElseThrow();
    assertEquals(words, condition.words());
    assertEquals(Optional.of(condition), Condition.parse(words));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "80000", "is nice", "> many", "> 5 and < 7", "rate is > 5"})
  void anythingElseIsNone(String said) {
    assertEquals(Optional.empty(), Condition.parse(said));
  }

  @Test
  void aBoundIsComparedExactly() {
    Condition above = Condition.parse("> 0.3").orElseThrow();
    assertFalse(above.isMetBy(new BigDecimal("0.30")));
    assertTrue(above.isMetBy(new BigDecimal("0.3000001")));
  }

  private static WatchedValue value(String condition, String result, String output) {
    return WatchedValue.of(
        Condition.parse(condition).orElseThrow(),
        result.isEmpty() ? Optional.empty() : Optional.of(result),
        output);
  }

  private static String found(String condition, String result, String output) {
    return value(condition, result, output) instanceof WatchedValue.Found(String text)
        ? text
        : "unclear";
  }

  private static String reason(String condition, String result, String output) {
    return value(condition, result, output) instanceof WatchedValue.Unclear(String text)
        ? text
        : "found";
  }

  @Test
  void theResultLineCountsBeforeWhatIsPrinted() {
    assertEquals("81200", found("> 5", "81200", "Burn: 1"));
    assertEquals("81200.5", found("> 5", "{\"burn\": 81200.5}", ""));
    assertEquals("3", found("\"b\" > 5", "{\"a\": 2, \"B\": 3}", ""));
    assertEquals("[1,2]", found("changes", "[1, 2]", ""));
    assertEquals("north", found("changes", "\"north\"", ""));
  }

  @Test
  void severalValuesAreOfferedByName() {
    assertEquals(
        "its result is not a single number; name the value to watch in quotes: \"a\", \"b\"",
        reason("> 5", "{\"a\": 2, \"b\": 3, \"c\": \"x\"}", ""));
    assertEquals(
        "it prints several numbers; name the value to watch in quotes: \"Total\", \"Mean\"",
        reason("> 5", "", "Total: 1,200\nMean = 3.5\n"));
    assertEquals("it prints no number", reason("> 5", "", "nothing"));
  }

  @Test
  void oneOfThePrintedValuesIsFoundByItsLabel() {
    assertEquals("1200", found("\"total\" > 5", "", "Count: 7\nTotal: 1,200\n"));
    assertEquals("42", found("> 5", "", "the answer is 42\n"));
    assertEquals("Total: 5", found("changes", "", "Total: 5\n"));
  }

  @Test
  void valuesAreTheSameWithinATolerance() {
    WatchedValue.Found value = new WatchedValue.Found("0.30000000000000004");
    assertTrue(value.sameAs("0.3"));
    assertFalse(value.sameAs("0.31"));
    assertTrue(new WatchedValue.Found("{\"a\":1,\"b\":2}").sameAs("{\"b\":2,\"a\":1}"));
  }

  @Test
  void whatRunsPrintIsBounded() {
    assertEquals(
        "its result is too long to be compared", reason("changes", "", "x".repeat(30_000)));
    assertEquals("it prints no number", reason("> 5", "[".repeat(50_000), "x".repeat(100_000)));
    assertEquals("unclear", found("> 5", "", "1".repeat(100_000)));
  }
}
