package dev.reckon.adapters.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypedTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          primes below 100 ~ primes below 100
          if a &lt; b &amp;&amp; c &gt; d ~ if a < b && c > d
          &amp;lt; stays an entity ~ &lt; stays an entity
          sum of \u201camount\u201d and \u2018fee\u2019 ~ sum of \u201camount\u201d and \u2018fee\u2019
          <@UBOT> average of 1, 2 ~ average of 1, 2
          <@UBOT|reckon> hello ~ hello
          average in <http://sales.csv|sales.csv> ~ average in sales.csv
          read <https://example.org/a?b=1&amp;c=2> ~ read https://example.org/a?b=1&c=2
          <https://example.org/a|the site> ~ https://example.org/a
          mail <mailto:a@example.org|a@example.org> ~ mail a@example.org
          ask <@U2|anna> and <@U3> in <#C1|general> ~ ask @anna and @U3 in #general
          <!here> and <!subteam^S1|@team> ~ @here and @team
          """)
  void undoesSlacksEscaping(String raw, String typed) {
    assertEquals(typed, TypedText.typed(raw, "UBOT"));
  }

  @Test
  void keepsCodeAsItWasTyped() {
    String raw = "run\n```python\nfor i in range(3):\n    print(i &lt; 2, \u201cx\u201d)\n```";
    assertEquals(
        "run\n```python\nfor i in range(3):\n    print(i < 2, \u201cx\u201d)\n```",
        TypedText.typed(raw, "UBOT"));
  }

  @Test
  void findsTheCodeInAMessage() {
    assertEquals("print(1)", TypedText.code("look at this: ```print(1)``` what does it say?"));
    assertEquals("x = 1\nprint(x)", TypedText.code("```python\nx = 1\nprint(x)\n```"));
    assertEquals("x = 1\nprint(x)", TypedText.code("first ```x = 1``` and then\n```print(x)```"));
    assertEquals("print(1)", TypedText.code("`print(1)`"));
    assertEquals("print('`', 1)", TypedText.code("print('`', 1)"));
  }

  @Test
  void knowsWhomAMessageIsFor() {
    assertTrue(TypedText.addressesAnother("<@U2> what do you think?", "UBOT"));
    assertTrue(TypedText.addressesAnother("Hi <@U2>, what do you think?", "UBOT"));
    assertFalse(TypedText.addressesAnother("<@UBOT> and for <@U2>?", "UBOT"));
    assertFalse(TypedText.addressesAnother("compare with what <@U2> said", "UBOT"));
    assertTrue(TypedText.mentions("hey <@UBOT|reckon>", "UBOT"));
    assertFalse(TypedText.mentions("hey <@UBOTTLE>", "UBOT"));
  }
}
