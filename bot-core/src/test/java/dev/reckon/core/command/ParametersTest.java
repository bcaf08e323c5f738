package dev.reckon.core.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.store.SavedComputation.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private static final String CODE =
      """
      import csv
      MONTH = 3
      rate: float = 0.25  # per year
      label = "net"
      strict = True
      total = 0
      for row in csv.reader(open('a.csv')):
          total += 1
      if strict:
          inner = 7
      """;

  private static final List<Parameter> FOUND =
      List.of(
          new Parameter("MONTH", SavedComputation.Type.INTEGER, "3"),
          new Parameter("rate", SavedComputation.Type.NUMBER, "0.25"),
          new Parameter("label", SavedComputation.Type.TEXT, "net"),
          new Parameter("strict", SavedComputation.Type.BOOLEAN, "true"));

  private static String json(Map<String, String> given) {
    return new String(Parameters.values(FOUND, given), StandardCharsets.UTF_8);
  }

  @Test
  void literalsAssignedOnceAtTheTopAreFound() {
    assertEquals(FOUND, Parameters.find(CODE));
  }

  @Test
  void whatTheModelMarkedIsSuggestedAndWithoutMarksWhateverCouldBeOne() {
    String marked = CODE.replace("MONTH = 3", "MONTH = 3  # parameter: 1 to 12");
    assertEquals(FOUND.subList(0, 1), Parameters.suggested(marked));
    assertEquals(FOUND, Parameters.find(marked));
    assertEquals(FOUND, Parameters.suggested(CODE));
    assertEquals(FOUND, Parameters.suggested(CODE + "print('x')  # parameter\n"));
  }

  @Test
  void valuesAreTypedAndDefaultsFillIn() {
    assertEquals(
        "{\"MONTH\":4,\"rate\":0.5,\"label\":\"gross\",\"strict\":false}",
        json(Map.of("MONTH", "4", "rate", "0.5", "label", "gross", "strict", "no")));
    assertEquals("{\"MONTH\":3,\"rate\":0.25,\"label\":\"net\",\"strict\":true}", json(Map.of()));
  }

  @Test
  void aWrongTypeOrNameIsRefusedInWords() {
    assertTrue(problem(Map.of("MONTH", "4.5")).contains("whole number"));
    assertTrue(problem(Map.of("MONTH", "__import__('os')")).contains("whole number"));
    assertTrue(problem(Map.of("strict", "perhaps")).contains("yes or no"));
    assertTrue(problem(Map.of("moon", "1")).contains("MONTH=3"));
  }

  private static String problem(Map<String, String> given) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> json(given)).getMessage());
  }

  @Test
  void noValueBecomesPartOfTheProgram() {
    String evil = "\"; import os; os.system('x') #";
    String bound = Parameters.bind(CODE, FOUND, "p.json");
    assertFalse(bound.contains(evil));
    assertTrue(json(Map.of("label", evil)).contains("\\\"; import os"));
    assertTrue(bound.contains("MONTH = _reckon_parameters[\"MONTH\"]\n"), bound);
    assertTrue(bound.contains("rate: float = _reckon_parameters[\"rate\"]  # per year\n"), bound);
    assertEquals(CODE.lines().count() + 1, bound.lines().count());
  }

  @Test
  void aBoundProgramBecomesOneWithTheValuesForLiterals() {
    String evil = "\"; import os #";
    byte[] values = Parameters.values(FOUND, Map.of("MONTH", "4", "strict", "no", "label", evil));
    String file = ParameterFile.nameOf(values);
    String bound = Parameters.bind(CODE, FOUND, file);
    assertEquals(Optional.of(file), ParameterFile.openedBy(bound));
    assertEquals(
        CODE.replace("MONTH = 3", "MONTH = 4")
            .replace("strict = True", "strict = False")
            .replace("label = \"net\"", "label = \"\\\"; import os #\""),
        Parameters.unbind(bound, file, Parameters.read(values)));
  }

  @Test
  void importsFromTheFutureStayFirst() {
    String bound =
        Parameters.bind(
            "from __future__ import annotations\nn = 1\n",
            List.of(new Parameter("n", SavedComputation.Type.INTEGER, "1")),
            "p.json");
    assertTrue(bound.startsWith("from __future__ import annotations\nimport json"), bound);
  }
}
