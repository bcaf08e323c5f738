package dev.reckon.core.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypedCodeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "print(\u201Ca\u201D) ~ print(\"a\")",
        "print(\u2018a\u2019 + \u2019b\u2019) ~ print('a' + 'b')",
        "print(\u201Eab\u201C) ~ print(\"ab\")",
        "print(\u201Cit\u2019s\u201D) ~ print(\"it\u2019s\")",
        "print(\"she said \u201Chi\u201D\") ~ print(\"she said \u201Chi\u201D\")",
        "print('\u201C', \"\\\"\u2019\") ~ print('\u201C', \"\\\"\u2019\")",
        "print(\"a\u201D) ~ print(\"a\")",
        "print(\u201Ca\") ~ print(\"a\")",
        "x = 1 # \u201Cone\u201D ~ x = 1 # \u201Cone\u201D",
        "x\u00A0=\u00A0'a\u00A0b' ~ x = 'a\u00A0b'",
        "f\u201C{n:.2f}\u201D ~ f\"{n:.2f}\"",
        "print(2) ~ print(2)"
      })
  void straightensDelimitersOnly(String typed, String code) {
    assertEquals(code, TypedCode.straightened(typed));
  }

  @Test
  void stringsOverSeveralLines() {
    assertEquals(
        """
        x = \"""one \u201Ctwo\u201D
        'three\"""
        print("x")
        """,
        TypedCode.straightened(
            """
            x = \u201C\u201D\u201Done \u201Ctwo\u201D
            'three\u201C\u201D\u201D
            print(\u201Cx\u201D)
            """));
  }

  @Test
  void whatIsNeverClosedEndsWithItsLineOrTheCode() {
    assertEquals(
        "x = \"\"\"never closed \u201D", TypedCode.straightened("x = \"\"\"never closed \u201D"));
    assertEquals(
        """
        x = 'open
        y = "a"
        """,
        TypedCode.straightened(
            """
            x = \u2018open
            y = \u201Ca\u201D
            """));
  }
}
