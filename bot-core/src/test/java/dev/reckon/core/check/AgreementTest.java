package dev.reckon.core.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgreementTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "4 | 4.0",
        "34.65 | 34.6511",
        "1000000.4 | 1000000.5",
        "\"34.65\" | 34.65",
        "\"Ann\" | \"ann \"",
        "true | true",
        "[1, 2] | [1, 2.0000001]",
        "{\"average\": 3.5} | 3.5",
        "{\"a\": 1, \"b\": 2} | {\"b\": 2, \"a\": 1}",
        "{\"mean\": 1, \"max\": 2} | {\"average\": 1, \"highest\": 2}",
        "[[\"x\", 1], [\"y\", 2]] | [[\"y\", 2], [\"x\", 1]]",
        "[{\"d\": \"x\", \"n\": 1}, {\"d\": \"y\", \"n\": 2}] | [[\"x\", 1], [\"y\", 2]]"
      })
  void theseAgree(String first, String second) {
    assertEquals(Optional.of(true), Agreement.of(first, second));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "4 | 5",
        "34.65 | 34.66",
        "3 | 3.4",
        "[1, 2] | [2, 1]",
        "[1, 2] | [1, 2, 3]",
        "{\"a\": 1, \"b\": 2} | {\"a\": 2, \"b\": 1}",
        "\"Ann\" | \"Bo\"",
        "null | 0",
        "[[\"x\", 1], [\"y\", 2]] | [[\"y\", 1], [\"x\", 2]]"
      })
  void theseDoNot(String first, String second) {
    assertEquals(Optional.of(false), Agreement.of(first, second));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "not json | 1",
        "1 | ",
        "\"a sentence that is far too long to be compared with another one by code\" | \"b\""
      })
  void theseCannotBeCompared(String first, @Nullable String second) {
    assertEquals(Optional.empty(), Agreement.of(first, second == null ? "" : second));
  }
}
