package dev.reckon.adapters.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedNamesTest {
  @Test
  void namesAreKnownInAnyCase() {
    assertEquals("Dense_Rank", AllowedNames.function("Dense_Rank"));
    assertEquals("CURRENT_DATE", AllowedNames.time("CURRENT_DATE"));
  }

  /** The Kelvin sign is a small k in lower case; the long s a capital S in upper case. */
  @ParameterizedTest
  @ValueSource(strings = {"ran\u212A", "\u017Fum", "d\u0456v", "pg_sleep", "sum "})
  void noOtherLetterStandsForAKnownOne(String name) {
    assertThrows(RefusedQueryException.class, () -> AllowedNames.function(name));
    assertThrows(RefusedQueryException.class, () -> AllowedNames.time(name));
    assertThrows(RefusedQueryException.class, () -> AllowedNames.type(name));
  }
}
