package dev.reckon.core.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AssignmentsTest {
  @Test
  void whatIsWrittenIsReadAsTheSame() {
    for (String value :
        List.of(
            "4", "-0.5", "a b", "", " a ", "it's", "a \"b\"", "it's \"it\"", "x'\"\u201C", "a=b")) {
      Map<String, String> values = Map.of("name", value);
      assertEquals(Optional.of(values), Assignments.read(Assignments.write(values)), value);
    }
  }

  @Test
  void plainValuesNeedNoQuotationMarks() {
    assertEquals("month=4", Assignments.write(Map.of("month", "4")));
    assertEquals("label=\"a b\"", Assignments.write(Map.of("label", "a b")));
  }

  @Test
  void aValueThatCannotBeTypedIsRefused() {
    IllegalArgumentException problem =
        assertThrows(
            IllegalArgumentException.class,
            () -> Assignments.write(Map.of("label", "it's \"it\" \u201Ctoo\u201D")));
    assertTrue(String.valueOf(problem.getMessage()).contains("label"), problem::toString);
  }
}
