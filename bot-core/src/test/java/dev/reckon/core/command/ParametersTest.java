package dev.reckon.core.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckon.core.bounds.LinearWork;
import dev.reckon.core.form.FormField;
import dev.reckon.core.source.QueryHead;
import dev.reckon.core.store.SavedComputation;
import dev.reckon.core.store.SavedComputation.Parameter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

  private static String bound(Map<String, String> given) {
    return Parameters.bind(CODE, FOUND, given);
  }

  @Test
  void literalsAssignedOnceAtTheTopAreFound() {
    assertEquals(FOUND, Parameters.find(CODE));
  }

  @Test
  void aConditionOfAQueryIsNoAssignment() {
    String code =
        """
        # /// query shop -> x.csv
        # SELECT name FROM customers WHERE country = :country
        # ///
        country = "DE"  # parameter
        """;
    List<Parameter> found = Parameters.suggested(code);
    assertEquals(List.of(new Parameter("country", SavedComputation.Type.TEXT, "DE")), found);
    String bound = Parameters.bind(code, found, Map.of("country", "F\" or 'R"));
    assertEquals("F\" or 'R", QueryHead.of(bound).queries().getFirst().values().getFirst().text());
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
  void whatGetsAnotherValueAnywhereIsNoParameter() {
    for (String more :
        List.of(
            "MONTH = 4",
            "if x:\n    MONTH=4",
            "f(1, MONTH=4)",
            "x = 1; MONTH //= 2",
            "MONTH **= 2",
            "for MONTH in y: pass",
            "def f():\n  global MONTH",
            "import x as MONTH")) {
      assertEquals(FOUND.subList(1, 4), Parameters.find(CODE + more + "\n"), more);
    }
    for (String other : List.of("MONTH == 4", "print(MONTHS=4)", "x.MONTH = 4", "# MONTH = 4")) {
      assertEquals(FOUND, Parameters.find(CODE + other + "\n"), other);
    }
  }

  @Test
  void aLongProgramTakesWorkInProportionToItsLength() {
    LinearWork.check(
        "names that differ",
        length ->
            IntStream.range(0, length / 8)
                .mapToObj(i -> "a" + i + "=1\n")
                .collect(Collectors.joining()),
        Parameters::find);
    LinearWork.check(
        "blanks after a name", length -> "a" + " ".repeat(length) + "x", Parameters::find);
    LinearWork.check(
        "programs",
        List.of("a=1", "a ", "for ", "as\n", "a: b", "a\t=\t'b", "a = 1 #", "# x", ";a //=", "1."),
        Parameters::find);
  }

  @Test
  void valuesTakeThePlaceOfTheLiteralsAndDefaultsFillIn() {
    assertEquals(CODE, bound(Map.of()));
    assertEquals(
        CODE.replace("MONTH = 3", "MONTH = 4")
            .replace("0.25  # per year", "0.5  # per year")
            .replace("\"net\"", "\"gross\"")
            .replace("strict = True", "strict = False"),
        bound(Map.of("MONTH", "4", "rate", "0.5", "label", "gross", "strict", "no")));
  }

  @Test
  void aWrongTypeOrNameIsRefusedInWords() {
    assertTrue(problem(Map.of("MONTH", "4.5")).contains("whole number"));
    assertTrue(problem(Map.of("MONTH", "__import__('os')")).contains("whole number"));
    assertTrue(problem(Map.of("strict", "perhaps")).contains("yes or no"));
    assertTrue(problem(Map.of("moon", "1")).contains("MONTH=3"));
    assertTrue(problem(Map.of("rate", "1e999999999")).contains("too large"));
    assertTrue(problem(Map.of("MONTH", "9".repeat(5_000))).contains("digits"));
  }

  private static String problem(Map<String, String> given) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> bound(given)).getMessage());
  }

  @Test
  void aTextStaysOneTextWhateverItHolds() {
    Map<String, String> literals =
        Map.of(
            "\"; import os #", "\"\\\"; import os #\"",
            "\\\"; import os #", "\"\\\\\\\"; import os #\"",
            "a\nimport os\r", "\"a\\nimport os\\r\"",
            "\u0000 {x} %s '''", "\"\\u0000 {x} %s '''\"",
            "日本 🙂", "\"日本 🙂\"");
    literals.forEach(
        (text, literal) ->
            assertEquals(CODE.replace("\"net\"", literal), bound(Map.of("label", text))));
  }

  @Test
  void programsThatDifferInValuesAreTheSameProgram() {
    String one = "rate = 0.5\nname = 'tea'\nprint(rate, name)";
    String other = "rate = 12\nname = 'a cup'\nprint(rate, name)";
    assertTrue(ProgramInputs.isSameProgram(one, other));
    assertFalse(ProgramInputs.isSameProgram(one, other + "  # changed"));
    assertEquals(Map.of("rate", "12", "name", "a cup"), ProgramInputs.differences(one, other));
    assertEquals(Map.of(), ProgramInputs.differences(one, one));
    assertEquals(Map.of("rate", "7"), ProgramInputs.differences(one, one.replace("0.5", "7")));
  }

  @Test
  void theFormShowsEachParameterWithWhatItsCommentSays() {
    String code = "month = 3  # parameter: 1 to 12\ntax_rate = 0.2  # parameter\n";
    assertEquals(
        List.of(
            new FormField("month", "month", FormField.Type.INTEGER, "3", "1 to 12", true),
            new FormField("tax_rate", "tax rate", FormField.Type.NUMBER, "0.2", "", true)),
        ValueForms.of(ProgramInputs.of(code, List.of())).fields());
  }
}
